// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// proofFile is a proof that holds, and the app hash that it holds against.
func proofFile(t *testing.T) (path, appHash string) {
	t.Helper()
	dir := filepath.Join("..", "..", "x", "scoring", "verify", "testdata")
	trusted, err := os.ReadFile(filepath.Join(dir, "apphash.txt"))
	require.NoError(t, err)
	return filepath.Join(dir, "proof.json"), strings.TrimSpace(string(trusted))
}

func TestAProofIsCheckedOffline(t *testing.T) {
	path, appHash := proofFile(t)
	home := filepath.Join(t.TempDir(), "home")
	out, err := weald(t, home, "verify-proof", path, "--app-hash", appHash, "--height", "1", "--chain-id", "weal-test-1")
	require.NoError(t, err)
	require.Contains(t, out, "proved: contribution 13 in epoch 42 of topic 7")
	require.NoDirExists(t, home, "it needs no home")

	out, err = weald(t, home, "verify-proof", path, "--app-hash", strings.ToLower(appHash), "--output", "json")
	require.NoError(t, err)
	require.Contains(t, out, `"contribution_id":13,"quality":3000`)
}

func TestAProofThatDoesNotHoldFails(t *testing.T) {
	path, appHash := proofFile(t)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	changed := filepath.Join(t.TempDir(), "changed.json")
	require.NoError(t, os.WriteFile(changed, []byte(strings.Replace(string(data), `"reward": 3000000`, `"reward": 9000000`, 1)), 0o600))
	large := filepath.Join(t.TempDir(), "large.json")
	require.NoError(t, os.WriteFile(large, make([]byte, maxProofBytes+1), 0o600))
	other := strings.Repeat("00", hashBytes)
	for name, tc := range map[string]struct {
		args []string
		says string
	}{
		"a changed number":        {[]string{changed, "--app-hash", appHash}, "something was changed"},
		"another app hash":        {[]string{path, "--app-hash", other}, "result is not proved"},
		"half an app hash":        {[]string{path, "--app-hash", appHash[:10]}, "expected 32 bytes in hexadecimal"},
		"no app hash":             {[]string{path}, "app-hash"},
		"another height":          {[]string{path, "--app-hash", appHash, "--height", "5"}, "stands in the header of block 2"},
		"another chain":           {[]string{path, "--app-hash", appHash, "--chain-id", "weal-1"}, "of chain weal-test-1"},
		"no file":                 {[]string{path + "x", "--app-hash", appHash}, "no such file"},
		"a file that is too long": {[]string{large, "--app-hash", appHash}, "no proof is longer"},
	} {
		_, err := weald(t, t.TempDir(), append([]string{"verify-proof"}, tc.args...)...)
		require.ErrorContains(t, err, tc.says, name)
	}
}

func TestQueriesThatNameNothingAreRefusedBeforeANodeIsAsked(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		says string
	}{
		"explain neither":     {[]string{"query", "scoring", "explain", "1"}, "--contribution or --validator"},
		"explain both":        {[]string{"query", "scoring", "explain", "1", "--contribution", "1", "--validator", "x"}, "not both"},
		"explain a name":      {[]string{"query", "scoring", "explain", "x", "--contribution", "1"}, "expected a number"},
		"prove a name":        {[]string{"query", "scoring", "proof", "1", "x", "2"}, "expected a number"},
		"prove half":          {[]string{"query", "scoring", "proof", "1"}, "accepts 3 arg"},
		"verify no epoch":     {[]string{"verify-epoch", "--topic", "1"}, "epoch"},
		"verify with a word":  {[]string{"verify-epoch", "x"}, "unknown command"},
		"verify without node": {[]string{"verify-epoch", "--topic", "1", "--epoch", "1", "--node", "tcp://127.0.0.1:1"}, "127.0.0.1:1"},
	} {
		_, err := weald(t, t.TempDir(), tc.args...)
		require.ErrorContains(t, err, tc.says, name)
	}
}
