// SPDX-License-Identifier: Apache-2.0

package e2e_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// releaseBefore builds the release that does not know an upgrade yet.
func releaseBefore(t *testing.T, upgrade string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "weald")
	build := exec.Command("go", "build", "-o", binary, "-ldflags", "-s -w -X github.com/weal-network/weal/app/upgrades.before="+upgrade, "./cmd/weald")
	build.Dir = root(t)
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	return binary
}

// layOut puts the binaries where cosmovisor looks for them, and returns the link to the one that runs.
func layOut(t *testing.T, n *node, upgrade, before, after string) string {
	t.Helper()
	dir := filepath.Join(n.home, "cosmovisor")
	for at, binary := range map[string]string{"genesis": before, filepath.Join("upgrades", upgrade): after} {
		bin := filepath.Join(dir, at, "bin")
		require.NoError(t, os.MkdirAll(bin, 0o700))
		require.NoError(t, os.Symlink(binary, filepath.Join(bin, "weald")))
	}
	current := filepath.Join(dir, "current")
	require.NoError(t, os.Symlink(filepath.Join(dir, "genesis"), current))
	return current
}

// TestAnUpgradeStopsTheOldReleaseAndTheNewOneGoesOn is the whole way, on a chain of one validator: the proposal, the vote,
// the halt at its height, the note that cosmovisor acts on, the new binary with its migrations, and both ways back.
func TestAnUpgradeStopsTheOldReleaseAndTheNewOneGoesOn(t *testing.T) {
	const upgrade = "v0.2.0"
	before, after := releaseBefore(t, upgrade), weald(t)
	n := newNode(t, before)
	current := layOut(t, n, upgrade, before, after)
	running := filepath.Join(current, "bin", "weald")
	n.start(running)
	n.awaitHeight(2)
	height := propose(t, n, upgrade)

	// It makes no more blocks, and leaves the note for whoever watches it.
	n.until("the old release halts", func() error {
		if strings.Contains(n.log(), fmt.Sprintf("UPGRADE %q NEEDED at height: %d", upgrade, height)) {
			return nil
		}
		return errors.New("it has not halted")
	})
	n.stop()
	var note struct {
		Name   string `json:"name"`
		Height int64  `json:"height"`
	}
	bz, err := os.ReadFile(filepath.Join(n.home, "data", "upgrade-info.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(bz, &note))
	require.Equal(t, upgrade, note.Name)
	require.Equal(t, height, note.Height)

	t.Run("the old release does not go on", func(t *testing.T) {
		n.start(running)
		n.awaitEnd()
	})
	t.Run("told to skip the upgrade, it does", func(t *testing.T) {
		skipped := *n
		skipped.t, skipped.home = t, filepath.Join(t.TempDir(), "home")
		require.NoError(t, os.CopyFS(skipped.home, os.DirFS(filepath.Join(n.home))))
		skipped.start(before, "--unsafe-skip-upgrades", fmt.Sprint(height))
		skipped.awaitHeight(height + 2)
		skipped.stop()
	})

	// What cosmovisor does: the name in the note is the folder of the binary that goes on.
	require.NoError(t, os.Remove(current))
	require.NoError(t, os.Symlink(filepath.Join(n.home, "cosmovisor", "upgrades", note.Name), current))
	n.start(running)
	n.awaitHeight(height + 2)
	t.Run("the new release migrated the modules and says so", func(t *testing.T) {
		var applied struct {
			Height string `json:"height"`
		}
		require.NoError(t, n.ask(&applied, "upgrade", "applied", upgrade))
		require.Equal(t, fmt.Sprint(height), applied.Height)
	})
	t.Run("a block that went wrong is taken back and made again", func(t *testing.T) {
		n.t = t
		last, err := n.height()
		require.NoError(t, err)
		n.stop()
		var back int64
		_, err = fmt.Sscanf(string(n.must("rollback")), "Rolled back state to height %d", &back)
		require.NoError(t, err)
		require.GreaterOrEqual(t, back, last-1)
		n.start(running)
		n.awaitHeight(back + 3)
		n.stop()
	})
}

// propose schedules the upgrade by a proposal that passes, and returns its height.
func propose(t *testing.T, n *node, upgrade string) int64 {
	t.Helper()
	now, err := n.height()
	require.NoError(t, err)
	height := now + 80
	draft := n.must("proposal", "draft", "upgrade", "--name", upgrade, "--at-height", fmt.Sprint(height), "--node", n.rpc)
	file := filepath.Join(t.TempDir(), "upgrade.json")
	require.NoError(t, os.WriteFile(file, draft, 0o600))
	require.Contains(t, string(n.must("proposal", "preview", file, "--node", n.rpc)), "carried out at height")
	n.tx("operator", "gov", "submit-proposal", file)
	n.tx("operator", "gov", "vote", "1", "yes")
	n.until("the proposal passes", func() error { return n.passed("1") })
	return height
}
