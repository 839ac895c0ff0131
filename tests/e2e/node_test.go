// SPDX-License-Identifier: Apache-2.0

package e2e_test

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// node is a chain of one validator, without evaluators, driven by its command line alone.
type node struct {
	cli
	rpc   string
	run   *exec.Cmd
	ended chan error
}

// newNode makes the home of a chain whose proposals are voted on for ten seconds.
func newNode(t *testing.T, binary string) *node {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	n := &node{cli: cli{t: t, home: filepath.Join(t.TempDir(), "home"), binary: binary}, rpc: "tcp://" + listener.Addr().String()}
	n.node, n.chain, n.await = []string{"--node", n.rpc}, []string{"--chain-id", "weal-drill-1"}, n.until
	require.NoError(t, listener.Close())
	n.must("init", "drill", "--chain-id", "weal-drill-1")
	n.must("keys", "add", "operator")
	n.must("genesis", "add-genesis-account", "operator", "1000000000000uweal")
	n.must("genesis", "admit-validator", "operator")
	n.must("genesis", "gentx", "operator", "1000000000uweal", "--chain-id", "weal-drill-1")
	n.must("genesis", "collect-gentxs")
	n.editGenesis(func(gov map[string]any) {
		params := gov["params"].(map[string]any)
		params["voting_period"], params["expedited_voting_period"] = "10s", "5s"
	})
	n.must("config", "set", "config", "consensus.timeout_commit", "300ms")
	n.must("config", "set", "config", "consensus.double_sign_check_height", "0")
	t.Cleanup(func() {
		if n.run != nil {
			_ = n.run.Process.Kill()
			t.Log("the node was killed:", <-n.ended)
		}
	})
	return n
}

// editGenesis changes gov's genesis.
func (n *node) editGenesis(edit func(gov map[string]any)) {
	n.t.Helper()
	path := filepath.Join(n.home, "config", "genesis.json")
	bz, err := os.ReadFile(path)
	require.NoError(n.t, err)
	var genesis map[string]any
	require.NoError(n.t, json.Unmarshal(bz, &genesis))
	edit(genesis["app_state"].(map[string]any)["gov"].(map[string]any))
	bz, err = json.Marshal(genesis)
	require.NoError(n.t, err)
	require.NoError(n.t, os.WriteFile(path, bz, 0o600))
}

// start runs a binary on the home.
func (n *node) start(binary string, args ...string) {
	n.t.Helper()
	require.Nil(n.t, n.run)
	log, err := os.OpenFile(n.logPath(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(n.t, err)
	n.binary = binary
	n.run = exec.Command(binary, append([]string{
		"start", "--home", n.home, "--rpc.laddr", n.rpc, "--p2p.laddr", "tcp://127.0.0.1:0", "--grpc.enable=false", "--api.enable=false", "--minimum-gas-prices", "0uweal",
	}, args...)...)
	n.run.Stdout, n.run.Stderr = log, log
	require.NoError(n.t, n.run.Start())
	n.ended = make(chan error, 1)
	go func(run *exec.Cmd, ended chan<- error) {
		defer log.Close()
		ended <- run.Wait()
	}(n.run, n.ended)
}

func (n *node) logPath() string { return filepath.Join(filepath.Dir(n.home), "node.log") }

// log is what the node said.
func (n *node) log() string {
	bz, _ := os.ReadFile(n.logPath())
	return string(bz[max(0, len(bz)-4000):])
}

// stop ends the node as an operator does.
func (n *node) stop() {
	n.t.Helper()
	require.NoError(n.t, n.run.Process.Signal(syscall.SIGTERM))
	n.awaitEnd()
}

// awaitEnd waits until the process is gone.
func (n *node) awaitEnd() {
	n.t.Helper()
	select {
	case end := <-n.ended:
		n.t.Log("the node ended:", end)
		n.run = nil
	case <-time.After(time.Minute):
		require.FailNow(n.t, "the node does not end", n.log())
	}
}

// until tries until there is no error.
func (n *node) until(what string, try func() error) {
	n.t.Helper()
	deadline, tick := time.After(2*time.Minute), time.NewTicker(200*time.Millisecond)
	defer tick.Stop()
	for {
		err := try()
		if err == nil {
			return
		}
		select {
		case <-deadline:
			require.FailNow(n.t, what, "%v\n%s", err, n.log())
		case <-tick.C:
		}
	}
}

// height is that of the last block.
func (n *node) height() (int64, error) {
	out, err := n.try("status", "--node", n.rpc)
	if err != nil {
		return 0, err
	}
	var status struct {
		SyncInfo struct {
			LatestBlockHeight string `json:"latest_block_height"`
		} `json:"sync_info"`
	}
	if err := json.Unmarshal(out, &status); err != nil {
		return 0, err
	}
	return strconv.ParseInt(status.SyncInfo.LatestBlockHeight, 10, 64)
}

// awaitHeight waits for a block.
func (n *node) awaitHeight(height int64) {
	n.t.Helper()
	n.until(fmt.Sprint("height ", height), func() error {
		now, err := n.height()
		if err == nil && now < height {
			err = fmt.Errorf("height %d", now)
		}
		return err
	})
}
