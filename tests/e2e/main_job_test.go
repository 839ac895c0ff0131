// SPDX-License-Identifier: Apache-2.0

package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/localnet"
	"github.com/weal-network/weal/tests/docs/blocks"
)

// victim is the validator that is killed: neither the first, which the table asks, nor the last.
const victim = 2

// TestANetworkScoresRealModelsPaysForThemAndResumes runs the main job once, as it takes minutes: three scored epochs with a
// validator killed in a reveal window; then the same network again, on which the documents' commands run.
func TestANetworkScoresRealModelsPaysForThemAndResumes(t *testing.T) {
	dir := t.TempDir()
	// A killed validator can come back in the reveal window on a slow machine.
	config := configured(t, dir, map[string]string{"epoch_blocks: 24": "epoch_blocks: 40", "reveal_blocks: 6": "reveal_blocks: 22"})
	report := filepath.Join(dir, "report.json")

	n := start(t, dir, config, "--epochs", "3", "--report", report)
	epoch := killInTheRevealWindow(t, n)
	require.NoError(t, n.ends(10*time.Minute), n.log)
	first := readReport(t, report)
	t.Run("better models earn more, copies nothing", func(t *testing.T) { requireFairPay(t, first) })
	t.Run("the money adds up", func(t *testing.T) { requireSoundMoney(t, first) })
	t.Run("a validator killed in the reveal window misses nothing", func(t *testing.T) {
		for _, v := range first.Validators {
			require.Zero(t, v.Misses, "%s missed a reveal, though it had time left in epoch %d", v.Name, epoch)
			require.Positive(t, v.DividendsUweal, v.Name)
			require.Positive(t, v.Trust, v.Name)
		}
	})
	t.Run("no process is left behind", func(t *testing.T) {
		st, err := n.state()
		require.NoError(t, err)
		for _, nd := range st.Nodes {
			require.ErrorIs(t, syscall.Kill(nd.PIDs.Node, 0), syscall.ESRCH, nd.Name)
			require.ErrorIs(t, syscall.Kill(nd.PIDs.Evaluator, 0), syscall.ESRCH, nd.Name)
		}
	})

	again := start(t, dir, config)
	st := again.awaitHeight(first.Height + 2)
	t.Run("the documents' commands run on a network", func(t *testing.T) { runDocuments(t, dir, st) })
	require.NoError(t, again.cmd.Process.Signal(os.Interrupt))
	require.NoError(t, again.ends(time.Minute), "Ctrl-C ends a network cleanly")
}

// configured is the project's own description with some of its lines replaced.
func configured(t *testing.T, dir string, lines map[string]string) string {
	t.Helper()
	bz, err := os.ReadFile(filepath.Join(root(t), "config.yml"))
	require.NoError(t, err)
	text := string(bz)
	for old, line := range lines {
		require.Equal(t, 1, strings.Count(text, old), old)
		text = strings.Replace(text, old, line, 1)
	}
	path := filepath.Join(dir, "config.yml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// killInTheRevealWindow kills the victim's node and evaluator with -9 when it has committed and not yet revealed, and waits
// until it has revealed all the same. It returns the epoch.
func killInTheRevealWindow(t *testing.T, n *network) uint64 {
	t.Helper()
	var st state
	var m metagraph
	n.eventually(8*time.Minute, "no epoch with models came to its reveal window", func() (err error) {
		if st, err = n.state(); err != nil {
			return err
		}
		if err := get(t.Context(), st.Nodes[0].Ports.REST, "/weal/scoring/v1/topics/1/metagraph", &m); err != nil {
			return err
		}
		v := m.validator(st.Nodes[victim].Operator)
		switch {
		case len(m.Contributions) == 0 || !v.committed:
			return errors.New("the victim has committed to nothing")
		case v.revealed || m.Height > m.Epoch.RevealHeight+1:
			return errors.New("the victim was too fast; the next epoch will do")
		case m.Height < m.Epoch.RevealHeight-1:
			return errors.New("the reveal window is not there yet")
		}
		return nil
	})
	for _, pid := range []int{st.Nodes[victim].PIDs.Evaluator, st.Nodes[victim].PIDs.Node} {
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	}
	epoch := m.Epoch.Number
	n.eventually(2*time.Minute, "the killed validator did not reveal", func() error {
		var row struct {
			Revealed bool `json:"revealed"`
		}
		path := fmt.Sprintf("/weal/scoring/v1/topics/1/epochs/%d/rows/%s", epoch, st.Nodes[victim].Operator)
		if err := get(t.Context(), st.Nodes[0].Ports.REST, path, &row); err != nil {
			return err
		}
		if !row.Revealed {
			return errors.New("not revealed")
		}
		return nil
	})
	return epoch
}

type seen struct{ committed, revealed bool }

func (m metagraph) validator(operator string) seen {
	for _, v := range m.Validators {
		if v.Operator == operator {
			return seen{v.Committed, v.Revealed}
		}
	}
	return seen{}
}

func requireFairPay(t *testing.T, r localnet.Report) {
	t.Helper()
	m := func(name string) localnet.ModelRow {
		i := slices.IndexFunc(r.Models, func(m localnet.ModelRow) bool { return m.Name == name })
		require.GreaterOrEqual(t, i, 0, name)
		return r.Models[i]
	}
	require.Greater(t, m("order-2").RewardUweal, m("order-1").RewardUweal)
	require.Greater(t, m("order-1").RewardUweal, m("order-0").RewardUweal)
	require.Positive(t, m("order-0").RewardUweal)
	require.Positive(t, m("neural").RewardUweal)
	require.Less(t, *m("order-2").BitsPerByte, *m("order-1").BitsPerByte)
	require.Less(t, *m("order-1").BitsPerByte, *m("order-0").BitsPerByte)
	require.Contains(t, m("copy").Refused, fmt.Sprintf("these bytes are contribution %d", m("order-2").ID))
	require.Zero(t, m("copy").RewardUweal)
	require.Zero(t, m("near-copy").RewardUweal, "the same outputs as order-2")
	require.Equal(t, m("order-2").ID, m("near-copy").CopyOf)
	require.Less(t, m("random").RewardUweal, m("order-0").RewardUweal/20, "random numbers are worth next to nothing")
	require.Positive(t, m("order-2").ClaimedUweal, "what matured was claimed")
}

func requireSoundMoney(t *testing.T, r localnet.Report) {
	t.Helper()
	require.True(t, r.AuditOK)
	require.Positive(t, r.Issued)
	require.LessOrEqual(t, r.Supply, uint64(21_000_000_000_000))
	require.EqualValues(t, 3, r.ScoredEpochs)
}

// awaitHeight waits until the first node has made the block, and returns where everything listens.
func (n *network) awaitHeight(height int64) (st state) {
	n.t.Helper()
	n.eventually(2*time.Minute, "the network does not go on", func() (err error) {
		if st, err = n.state(); err != nil {
			return err
		}
		var m metagraph
		if err := get(n.t.Context(), st.Nodes[0].Ports.REST, "/weal/scoring/v1/topics/1/metagraph", &m); err != nil {
			return err
		}
		if m.Height < height {
			return fmt.Errorf("height %d, expected %d", m.Height, height)
		}
		return nil
	})
	return st
}

// runDocuments runs every block of a document that wants a network, in the folder that holds .localnet.
func runDocuments(t *testing.T, dir string, st state) {
	t.Helper()
	all, err := blocks.All(root(t))
	require.NoError(t, err)
	first := st.Nodes[0].Ports
	env := []string{
		"HOME=" + dir,
		"PATH=" + filepath.Dir(weald(t)) + string(os.PathListSeparator) + os.Getenv("PATH"),
		fmt.Sprintf("WEAL_STORE=http://127.0.0.1:%d", first.Evaluator),
		fmt.Sprintf("WEAL_GRPC=127.0.0.1:%d", first.GRPC),
	}
	ran := 0
	for _, block := range all {
		if block.Kind != blocks.Net {
			continue
		}
		ran++
		t.Run(block.Name(), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
			defer cancel()
			require.NoError(t, blocks.Exec(ctx, dir, block, env...))
		})
	}
	require.Positive(t, ran, "no document has a block marked net")
}
