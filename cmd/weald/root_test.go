// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/weal-network/weal/app"
)

// weald runs a command line on home and returns what it printed.
func weald(t *testing.T, home string, args ...string) (string, error) {
	t.Helper()
	app.Seal()
	root, err := newRootCmd()
	require.NoError(t, err)
	root.PersistentFlags().String("home", app.DefaultNodeHome(), "")
	for _, name := range []string{"log_level", "log_format", "verbose_log_level"} {
		root.PersistentFlags().String(name, "", "")
	}
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(append(args, "--home", home))
	err = root.ExecuteContext(svrcmd.CreateExecuteContext(context.Background()))
	return out.String(), err
}

func TestTheCommandLineHasTheSDKsCommandsUnderTheirUsualNames(t *testing.T) {
	app.Seal()
	root, err := newRootCmd()
	require.NoError(t, err)
	for _, path := range [][]string{
		{"init"},
		{"genesis", "add-genesis-account"},
		{"genesis", "gentx"},
		{"genesis", "collect-gentxs"},
		{"genesis", "validate"},
		{"start"},
		{"status"},
		{"keys", "add"},
		{"config", "set"},
		{"debug", "addr"},
		{"export"},
		{"snapshots", "list"},
		{"rollback"},
		{"prune"},
		{"comet", "show-node-id"},
		{"comet", "version"},
		{"version"},
		{"module-hash-by-height"},
		{"query", "bank", "balances"},
		{"query", "staking", "validators"},
		{"query", "gov", "proposals"},
		{"query", "tx"},
		{"query", "wait-tx"},
		{"tx", "bank", "send"},
		{"tx", "staking", "create-validator"},
		{"tx", "gov", "submit-proposal"},
		{"tx", "authz", "grant"},
		{"genesis", "admit-validator"},
		{"localnet"},
		{"evaluator", "start"},
		{"submit"},
		{"models", "train"},
		{"query", "admission", "list"},
		{"query", "topic", "list"},
		{"query", "contribution", "show"},
		{"query", "scoring", "metagraph"},
		{"query", "scoring", "proof"},
		{"query", "scoring", "explain"},
		{"verify-epoch"},
		{"verify-proof"},
		{"query", "emission", "audit"},
		{"query", "merit", "tally"},
		{"tx", "contribution", "withdraw"},
		{"tx", "emission", "claim"},
		{"tx", "feegrant", "grant"},
		{"tx", "upgrade", "software-upgrade"},
		{"tx", "sign"},
		{"tx", "broadcast"},
	} {
		cmd, rest, err := root.Find(path)
		require.NoError(t, err, "%v", path)
		require.Empty(t, rest, "%v stops at %s", path, cmd.CommandPath())
	}
}

func TestEveryCommandSaysWhatItDoes(t *testing.T) {
	app.Seal()
	root, err := newRootCmd()
	require.NoError(t, err)
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		require.NotEmpty(t, cmd.Short, cmd.CommandPath())
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
}

func TestInitWritesAGenesisWithBoundedBlocks(t *testing.T) {
	home := t.TempDir()
	_, err := weald(t, home, "init", "node")
	require.NoError(t, err)
	genesis, err := genutiltypes.AppGenesisFromFile(filepath.Join(home, "config", "genesis.json"))
	require.NoError(t, err)
	require.Equal(t, app.LocalChainID, genesis.ChainID)
	require.EqualValues(t, app.MaxBlockBytes, genesis.Consensus.Params.Block.MaxBytes)
	require.EqualValues(t, app.MaxBlockGas, genesis.Consensus.Params.Block.MaxGas)
	var state map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(genesis.AppState, &state))
	require.Contains(t, string(state["staking"]), app.BaseDenom)

	_, err = weald(t, home, "genesis", "validate")
	require.NoError(t, err)
}

func TestInitTakesAChainID(t *testing.T) {
	home := t.TempDir()
	_, err := weald(t, home, "init", "node", "--chain-id", app.ChainID)
	require.NoError(t, err)
	genesis, err := genutiltypes.AppGenesisFromFile(filepath.Join(home, "config", "genesis.json"))
	require.NoError(t, err)
	require.Equal(t, app.ChainID, genesis.ChainID)
}

func TestAdmittingAValidatorInGenesis(t *testing.T) {
	const operator = "weal1at4gfcud02xeahy6upu4hdn7sx3v365yqs9wsg"
	home := t.TempDir()
	_, err := weald(t, home, "init", "node")
	require.NoError(t, err)
	_, err = weald(t, home, "genesis", "admit-validator", operator)
	require.NoError(t, err)
	path := filepath.Join(home, "config", "genesis.json")
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(before), operator)
	_, err = weald(t, home, "genesis", "validate")
	require.NoError(t, err)

	for name, tc := range map[string]struct{ arg, want string }{
		"an operator that is on the list": {operator, "name each once"},
		"a key that nobody has":           {"nobody", "neither an address beginning with weal1 nor a key"},
		"an address of another chain":     {"cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh", "neither an address beginning with weal1"},
	} {
		t.Run(name+" is refused and the file left as it is", func(t *testing.T) {
			_, err := weald(t, home, "genesis", "admit-validator", tc.arg, "--keyring-backend", "test")
			require.ErrorContains(t, err, tc.want)
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(before), string(after))
		})
	}
}

func TestInitRefusesAnotherCoin(t *testing.T) {
	home := t.TempDir()
	_, err := weald(t, home, "init", "node", "--default-denom", "stake")
	require.ErrorContains(t, err, "the coin of this chain is uweal")
	_, err = os.Stat(filepath.Join(home, "config", "genesis.json"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestConfigSetAndGet(t *testing.T) {
	home := t.TempDir()
	for _, tc := range []struct{ file, key, value string }{
		{"app", "minimum-gas-prices", "0.5uweal"},
		{"app", "api.enable", "true"},
		{"config", "consensus.timeout_commit", "500ms"},
		{"client", "chain-id", "weal-1"},
	} {
		_, err := weald(t, home, "config", "set", tc.file, tc.key, tc.value)
		require.NoError(t, err)
		out, err := weald(t, home, "config", "get", tc.file, tc.key)
		require.NoError(t, err)
		require.Equal(t, tc.value+"\n", out)
	}
	_, err := weald(t, home, "config", "check")
	require.NoError(t, err)
}

func TestConfigRefusesWhatNothingReads(t *testing.T) {
	home := t.TempDir()
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"an unknown file":     {[]string{"config", "set", "apps", "api.enable", "true"}, "name app, config or client"},
		"an unknown setting":  {[]string{"config", "set", "app", "api.enabled", "true"}, `did you mean "api.enable"?`},
		"an invalid value":    {[]string{"config", "set", "app", "block-executor", "fast"}, "was not written"},
		"an invalid duration": {[]string{"config", "set", "config", "consensus.timeout_commit", "soon"}, "was not written"},
		"an invalid output":   {[]string{"config", "set", "client", "output", "xml"}, "output is text or json"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := weald(t, home, tc.args...)
			require.ErrorContains(t, err, tc.want)
		})
	}
}

func TestStartRefusesAMisspeltSetting(t *testing.T) {
	home := t.TempDir()
	_, err := weald(t, home, "init", "node")
	require.NoError(t, err)
	path := filepath.Join(home, "config", "app.toml")
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, bytes.Replace(content, []byte("\nquery-gas-limit ="), []byte("\nquery-gas ="), 1), 0o600))
	_, err = weald(t, home, "start")
	require.ErrorContains(t, err, "query-gas")
}

func TestTheVersionNamesTheBinaryEvenWithoutLinkerFlags(t *testing.T) {
	setVersion()
	out, err := weald(t, t.TempDir(), "version", "--long", "--output", "json")
	require.NoError(t, err)
	var info struct {
		Name       string `json:"name"`
		ServerName string `json:"server_name"`
		Version    string `json:"version"`
	}
	require.NoError(t, json.Unmarshal([]byte(out), &info))
	require.Equal(t, "weal", info.Name)
	require.Equal(t, "weald", info.ServerName)
	require.NotEmpty(t, info.Version)
}
