// SPDX-License-Identifier: Apache-2.0

package sandbox

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime/debug"

	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/onnxrun"
)

// Serve is the child: it answers one request. It ends the process when stdin
// closes before the answer is written, which is when the parent is gone.
func Serve(stdin io.Reader, stdout io.Writer) error {
	in := bufio.NewReader(stdin)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, in)
		os.Exit(1)
	}()
	var req request
	if err := json.Unmarshal(line, &req); err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	if err := applyLimits(req.Limits); err != nil {
		return fmt.Errorf("limit the process: %w", err)
	}
	ans, err := run(req)
	if err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(ans)
}

// run measures; the error is of this machine, the model's own is in the answer.
func run(req request) (answer, error) {
	b, _, err := onnxfile.Read(req.Model, req.Limits.File)
	var path *os.PathError
	switch {
	case errors.As(err, &path):
		return answer{}, err
	case err != nil:
		return answer{Error: err.Error()}, nil //nolint:nilerr // the answer carries it
	}
	return measure(b, req), nil
}

// measure turns the model's faults into its answer.
func measure(b []byte, req request) answer {
	ans, err := measured(b, req)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return ans
}

func measured(b []byte, req request) (answer, error) {
	program, err := onnxrun.Load(b, req.Limits.File, req.Limits.MaxContext)
	if err != nil {
		return answer{}, err
	}
	bits, err := program.BitsPerByte(req.Shards)
	if err != nil {
		return answer{}, err
	}
	logProbs, err := program.LogProbs(req.Probes)
	if err != nil {
		return answer{}, err
	}
	ans := answer{MicroBitsPerByte: bits}
	for _, v := range logProbs {
		ans.LogProbs = binary.LittleEndian.AppendUint32(ans.LogProbs, math.Float32bits(v))
	}
	return ans, nil
}

// memoryShare is the part of the memory limit at which Go's collector begins to
// work harder, in percent.
const memoryShare = 80

func applyLimits(l Limits) error {
	if l.MemoryBytes > 0 {
		debug.SetMemoryLimit(int64(min(l.MemoryBytes, math.MaxInt64) / 100 * memoryShare)) //nolint:gosec // bounded by min
	}
	return limitProcess(l)
}
