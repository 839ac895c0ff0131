// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/config"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
)

func runCommand(cmd *cobra.Command, args ...string) (string, error) {
	out := &bytes.Buffer{}
	cmd.SetOut(out)
	cmd.SetErr(out)
	cmd.SetArgs(args)
	err := cmd.Execute()
	return out.String(), err
}

func TestEvaluatorInitWritesAConfigurationThatStartReads(t *testing.T) {
	home := filepath.Join(t.TempDir(), "evaluator")
	args := []string{"--home", home, "--operator", "wealvaloper1abc", "--corpus", "/usr/local/go/src", "--workers", "2"}
	_, err := runCommand(evaluatorInitCmd(), args...)
	require.NoError(t, err)
	cfg, err := config.Load(filepath.Join(home, config.FileName))
	require.NoError(t, err)
	require.NoError(t, cfg.Validate())
	require.Equal(t, []string{"/usr/local/go/src"}, cfg.Corpus.Dirs)
	require.Equal(t, 2, cfg.Limits.Workers)

	_, err = runCommand(evaluatorInitCmd(), args...)
	require.ErrorContains(t, err, "--force")
	_, err = runCommand(evaluatorInitCmd(), append(args, "--force", "--workers", "3")...)
	require.NoError(t, err)
}

func TestEvaluatorInitRefusesWhatStartWouldRefuse(t *testing.T) {
	home := t.TempDir()
	_, err := runCommand(evaluatorInitCmd(), "--home", home)
	require.ErrorIs(t, err, config.ErrInvalid)
	require.ErrorContains(t, err, "operator")
	require.NoFileExists(t, filepath.Join(home, config.FileName))
}

func TestTheHiddenCommandIsKnownByItsExactArguments(t *testing.T) {
	require.True(t, isRunModel([]string{"weald", "evaluator", "run-model"}))
	require.False(t, isRunModel([]string{"weald", "evaluator", "run-model", "--help"}))
	require.False(t, isRunModel([]string{"weald", "evaluator", "start"}))
	require.False(t, isRunModel([]string{"weald"}))
	command, err := runModelCommand()
	require.NoError(t, err)
	require.True(t, isRunModel(command))
}

func TestParentsAreIdsAndShares(t *testing.T) {
	got, err := parseParents([]string{"3:1000", "4:1"})
	require.NoError(t, err)
	require.Equal(t, []contributiontypes.Parent{{Id: 3, ShareBp: 1000}, {Id: 4, ShareBp: 1}}, got)
	for _, bad := range []string{"3", "3:", ":5", "x:5", "3:y", "3:-1", "-3:1", "3:99999999999"} {
		_, err := parseParents([]string{bad})
		require.ErrorContains(t, err, "such as 3:1000", bad)
	}
}

func TestModelsTrainNeedsADirectoryAndGoSource(t *testing.T) {
	_, err := runCommand(trainModelsCmd())
	require.ErrorContains(t, err, "--out")
	empty := t.TempDir()
	_, err = runCommand(trainModelsCmd(), "--out", filepath.Join(empty, "out"), "--corpus", empty)
	require.ErrorContains(t, err, "too little Go source")
	entries, err := os.ReadDir(empty)
	require.NoError(t, err)
	require.Empty(t, entries)
}
