// SPDX-License-Identifier: Apache-2.0

package sandbox

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"strings"

	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/shards"
)

// Runner starts children.
type Runner struct {
	// Command is the program and arguments that end in Serve.
	Command []string
	// Limits bound each run.
	Limits Limits
}

// Measure runs the model at path in a child. Errors that match ErrModel are the
// model's fault: it is malformed, returns no numbers, or exceeds a limit.
func (r Runner) Measure(ctx context.Context, path string, pieces []shards.Shard, probes [][]byte) (Measurement, error) {
	req, err := json.Marshal(request{Model: path, Limits: r.Limits, Shards: pieces, Probes: probes})
	if err != nil {
		return Measurement{}, fmt.Errorf("write the request: %w", err)
	}
	timed, cancel := context.WithTimeout(ctx, r.Limits.Wall)
	defer cancel()
	numbers := len(probes) * onnxfile.Vocabulary
	out, stderr, err := r.child(timed, append(req, '\n'), int64(numbers)*8+1024)
	if ctx.Err() != nil {
		return Measurement{}, ctx.Err()
	}
	if timed.Err() != nil {
		return Measurement{}, modelError("it took longer than %s", r.Limits.Wall)
	}
	if err != nil {
		return Measurement{}, r.explain(err, stderr)
	}
	return decode(out, numbers)
}

// child runs one child and returns its bounded output. Its standard input stays
// open until it has answered: when it closes early, the child ends.
func (r Runner) child(ctx context.Context, req []byte, maxOut int64) (stdout, stderr []byte, err error) {
	cmd := exec.CommandContext(ctx, r.Command[0], r.Command[1:]...) //nolint:gosec // our own binary
	// Nothing of the parent's environment: keys and proxies are not for models.
	cmd.Env = []string{"GOMAXPROCS=1", "GOTRACEBACK=none", "HOME=" + os.TempDir()}
	cmd.Dir = os.TempDir()
	errs := &head{}
	cmd.Stderr = errs
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, fmt.Errorf("start the runner: %w", err)
	}
	_, writeErr := stdin.Write(req)
	out, readErr := io.ReadAll(io.LimitReader(pipe, maxOut))
	stdin.Close() //nolint:errcheck // the child may be gone, and Wait tells
	err = cmd.Wait()
	if err == nil {
		err = errors.Join(writeErr, readErr)
	}
	return out, errs.bytes(), err
}

// explain tells the model's fault from this machine's by how the child ended.
func (r Runner) explain(err error, stderr []byte) error {
	text := string(stderr)
	switch {
	case strings.Contains(text, "out of memory"), strings.Contains(text, "cannot allocate memory"):
		return modelError("it needs more than %d bytes of memory", r.Limits.MemoryBytes)
	case strings.Contains(text, "stack overflow"), strings.Contains(text, "makeslice"), strings.Contains(text, "panic:"):
		return modelError("it crashed the runtime: %s", firstLine(text))
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Exited() {
		return fmt.Errorf("run the model: %w: %s", err, strings.TrimSpace(text))
	}
	if r.usedUp(exit) {
		return modelError("it needs more than %d seconds of processor time", r.Limits.CPUSeconds)
	}
	// Nobody but the system ends a child, and for what the model made it use. To
	// call it this machine's fault would let one model keep all from being scored.
	return modelError("the system ended it (%s), most likely for its memory", exit.ProcessState)
}

// usedUp tells whether the kernel ended the child for its processor time. What
// the kernel reports to the parent may lie a little below what it enforced.
func (r Runner) usedUp(exit *exec.ExitError) bool {
	const nearly = 0.9
	used := (exit.UserTime() + exit.SystemTime()).Seconds()
	return r.Limits.CPUSeconds > 0 && used >= nearly*float64(r.Limits.CPUSeconds)
}

func decode(out []byte, numbers int) (Measurement, error) {
	var ans answer
	if err := json.Unmarshal(out, &ans); err != nil {
		return Measurement{}, fmt.Errorf("read the runner's answer: %w", err)
	}
	if ans.Error != "" {
		return Measurement{}, modelError("%s", ans.Error)
	}
	if len(ans.LogProbs) != 4*numbers {
		return Measurement{}, fmt.Errorf("read the runner's answer: %d bytes of probabilities, expected %d", len(ans.LogProbs), 4*numbers)
	}
	m := Measurement{MicroBitsPerByte: ans.MicroBitsPerByte, LogProbs: make([]float32, numbers)}
	for i := range m.LogProbs {
		m.LogProbs[i] = math.Float32frombits(binary.LittleEndian.Uint32(ans.LogProbs[4*i:]))
	}
	return m, nil
}

func modelError(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrModel, fmt.Sprintf(format, args...))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// head keeps the first bytes of what a child says on its standard error.
type head struct{ buf bytes.Buffer }

const maxStderr = 4096

func (h *head) Write(p []byte) (int, error) {
	if room := maxStderr - h.buf.Len(); room > 0 {
		h.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

func (h *head) bytes() []byte { return h.buf.Bytes() }
