// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnOverlayMergesMapsAndReplacesEverythingElse(t *testing.T) {
	base := map[string]any{"a": map[string]any{"x": 1, "y": 2}, "list": []any{1, 2}, "kept": true}
	top := map[string]any{"a": map[string]any{"y": 3, "z": 4}, "list": []any{5}, "new": map[string]any{"q": 1}}
	require.Equal(t, map[string]any{
		"a": map[string]any{"x": 1, "y": 3, "z": 4}, "list": []any{5}, "kept": true, "new": map[string]any{"q": 1},
	}, overlay(base, top))
}

func TestAnOverlayOfAFileKeepsWhatItDoesNotName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.toml")
	require.NoError(t, os.WriteFile(path, []byte("name = \"x\"\n[rpc]\nladdr = \"old\"\nmax = 5\n"), 0o600))
	require.NoError(t, overlayTOML(path, map[string]any{"rpc": map[string]any{"max": 6}}, map[string]any{"rpc": map[string]any{"laddr": "new"}}))
	bz, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "name = 'x'\n\n[rpc]\nladdr = 'new'\nmax = 6\n", string(bz))
}

func TestADamagedFileIsNotOverwrittenByAnOverlay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.toml")
	require.NoError(t, os.WriteFile(path, []byte("name = "), 0o600))
	require.ErrorContains(t, overlayTOML(path, map[string]any{"name": "y"}), path)
	bz, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "name = ", string(bz))
}
