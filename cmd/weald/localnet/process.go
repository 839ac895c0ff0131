// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// stopGrace is how long a process may take to stop by itself before it is killed.
const stopGrace = 15 * time.Second

// process is a child that is started again when it dies, until the network stops.
type process struct {
	name string
	log  string
	args []string

	mu      sync.Mutex
	pid     int
	started int
	died    string
}

// run keeps the process alive until ctx ends, then stops it. It returns an error when the process cannot be kept alive.
func (p *process) run(ctx context.Context, binary string) error {
	backoff := time.Second
	for {
		begun := time.Now()
		err := p.once(ctx, binary)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // it was told to stop, so how it ended is no news
		}
		p.note(err)
		if time.Since(begun) > time.Minute {
			backoff = time.Second
		} else if backoff *= 2; backoff > 16*time.Second {
			return fmt.Errorf("%s dies again and again (%s): its log %s says why; last lines:\n%s", p.name, p.lastDeath(), p.log, tail(p.log, 10))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(backoff / 2):
		}
	}
}

func (p *process) once(ctx context.Context, binary string) error {
	if err := os.MkdirAll(filepath.Dir(p.log), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.CommandContext(ctx, binary, p.args...)
	cmd.Stdout, cmd.Stderr = out, out
	// A group of its own: Ctrl-C in the terminal reaches this process alone, which stops the children in order.
	cmd.SysProcAttr = childAttributes()
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopGrace
	if err := cmd.Start(); err != nil {
		return err
	}
	p.mu.Lock()
	p.pid = cmd.Process.Pid
	p.started++
	p.mu.Unlock()
	err = cmd.Wait()
	p.mu.Lock()
	p.pid = 0
	p.mu.Unlock()
	if err == nil {
		return errors.New("stopped by itself")
	}
	return err
}

func (p *process) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.died = err.Error()
}

func (p *process) lastDeath() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.died
}

func (p *process) currentPID() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pid
}

// tail returns the last n lines of a file, or nothing when it cannot be read.
func tail(path string, n int) string {
	bz, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	end := len(bz)
	for i := end - 1; i >= 0; i-- {
		if bz[i] == '\n' && i != end-1 {
			if n--; n == 0 {
				return string(bz[i+1:])
			}
		}
	}
	return string(bz)
}
