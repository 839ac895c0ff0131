// SPDX-License-Identifier: Apache-2.0

package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/localnet"
)

// network is a running `weald localnet`.
type network struct {
	t    *testing.T
	dir  string
	home string
	cmd  *exec.Cmd
	log  string
	done chan error
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	require.NoError(t, err)
	return dir
}

func weald(t *testing.T) string {
	t.Helper()
	binary := os.Getenv("WEALD")
	if binary == "" {
		binary = filepath.Join(root(t), "build", "weald")
	}
	require.FileExists(t, binary, "run `make build` first, or `make test-e2e`, which does")
	return binary
}

// start runs a network in dir/.localnet; a second start in the same dir resumes it.
func start(t *testing.T, dir, config string, args ...string) *network {
	t.Helper()
	n := &network{t: t, dir: dir, home: filepath.Join(dir, ".localnet"), log: filepath.Join(dir, "localnet.log"), done: make(chan error, 1)}
	out, err := os.OpenFile(n.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	n.cmd = exec.Command(weald(t), append([]string{"localnet", "--home", n.home, "--config", config}, args...)...)
	n.cmd.Stdout, n.cmd.Stderr = out, out
	require.NoError(t, n.cmd.Start())
	go func() {
		defer out.Close()
		n.done <- n.cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = n.cmd.Process.Signal(syscall.SIGTERM)
		if t.Failed() {
			t.Log(n.tails())
		}
	})
	return n
}

// ends waits until the network has stopped by itself or was told to, and returns how.
func (n *network) ends(limit time.Duration) error {
	n.t.Helper()
	select {
	case err := <-n.done:
		return err
	case <-time.After(limit):
		require.FailNow(n.t, "the network has not stopped", n.tails())
		return nil
	}
}

// tails is the end of every log.
func (n *network) tails() string {
	var sb strings.Builder
	logs, _ := filepath.Glob(filepath.Join(n.home, "logs", "*.log"))
	for _, path := range append(logs, n.log) {
		bz, _ := os.ReadFile(path)
		fmt.Fprintf(&sb, "== %s\n%s\n", filepath.Base(path), bz[max(0, len(bz)-2500):])
	}
	return sb.String()
}

// state is what localnet.json tells of nodes and processes.
type state struct {
	Ready bool `json:"ready"`
	Nodes []struct {
		Name     string `json:"name"`
		Operator string `json:"operator"`
		Ports    struct {
			RPC       int `json:"rpc"`
			GRPC      int `json:"grpc"`
			REST      int `json:"rest"`
			Evaluator int `json:"evaluator"`
		} `json:"ports"`
		PIDs struct {
			Node      int `json:"node"`
			Evaluator int `json:"evaluator"`
		} `json:"pids"`
	} `json:"nodes"`
	Models []struct {
		Name    string `json:"name"`
		ID      uint64 `json:"id"`
		Refused string `json:"refused"`
	} `json:"models"`
}

func (n *network) state() (st state, err error) {
	bz, err := os.ReadFile(filepath.Join(n.home, "localnet.json"))
	if err != nil {
		return st, err
	}
	return st, json.Unmarshal(bz, &st)
}

// eventually tries until there is no error, and fails at once when the network has stopped.
func (n *network) eventually(limit time.Duration, what string, try func() error) {
	n.t.Helper()
	deadline := time.After(limit)
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		err := try()
		if err == nil {
			return
		}
		select {
		case end := <-n.done:
			n.done <- end
			require.FailNow(n.t, what+": the network has stopped", "%v\n%s", end, n.tails())
		case <-deadline:
			require.FailNow(n.t, what, "%v\n%s", err, n.tails())
		case <-ticker.C:
		}
	}
}

// metagraph is the part of the query that the tests look at.
type metagraph struct {
	Height int64 `json:"height,string"`
	Epoch  struct {
		Number       uint64 `json:"number,string"`
		RevealHeight int64  `json:"reveal_height,string"`
		EndHeight    int64  `json:"end_height,string"`
	} `json:"epoch"`
	Contributions []struct {
		ID uint64 `json:"id,string"`
	} `json:"contributions"`
	Validators []struct {
		Operator  string `json:"operator"`
		Committed bool   `json:"committed"`
		Revealed  bool   `json:"revealed"`
	} `json:"validators"`
}

// get asks a node over REST.
func get(ctx context.Context, port int, path string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d%s", port, path), nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", path, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

func readReport(t *testing.T, path string) localnet.Report {
	t.Helper()
	bz, err := os.ReadFile(path)
	require.NoError(t, err)
	var r localnet.Report
	require.NoError(t, json.Unmarshal(bz, &r))
	return r
}
