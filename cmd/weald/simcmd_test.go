// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// simulate runs `weald sim` with arguments.
func simulate(args ...string) (string, error) {
	var out bytes.Buffer
	cmd := newSimCmd()
	cmd.SetOut(&out)
	cmd.SetErr(&bytes.Buffer{})
	cmd.SetArgs(args)
	err := cmd.Execute()
	return out.String(), err
}

func TestFlagsTakeThePlaceOfWhatAScenarioSaysOfATopicsChoices(t *testing.T) {
	file := filepath.Join(t.TempDir(), "scenario.yaml")
	require.NoError(t, os.WriteFile(file, []byte("coverage: 12\nsharpness: 2\n"), 0o600))
	out, err := simulate("run", file, "--print")
	require.NoError(t, err)
	require.Contains(t, out, "coverage: 12\nsharpness: 2\n")
	out, err = simulate("run", file, "--print", "--coverage", "8", "--sharpness", "3")
	require.NoError(t, err)
	require.Contains(t, out, "coverage: 8\nsharpness: 3\n")
	_, err = simulate("run", file, "--rules", "yuma3")
	require.ErrorIs(t, err, sim.ErrScenario)
}

func TestLikenessSaysWhichThresholdWouldTell(t *testing.T) {
	out, err := simulate("likeness", "--strategy", "pooled", "--seeds", "2", "--epochs", "40", "--warmup", "20", "--window", "10", "--honest", "6")
	require.NoError(t, err)
	require.Contains(t, out, "pairs that are together       4: least 1.000, median 1.000, most 1.000\n")
	_, err = simulate("likeness", "--window", "0")
	require.ErrorContains(t, err, "window is 0, expected 1 to 240")
}
