// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/stretchr/testify/require"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
)

func TestTheDefaultConfigurationIsSafe(t *testing.T) {
	appCfg, cometCfg := defaultAppConfig(), defaultCometConfig()
	require.NoError(t, appCfg.ValidateBasic())
	require.NoError(t, cometCfg.ValidateBasic())

	require.False(t, appCfg.GetMinGasPrices().IsZero(), "a transaction costs something")
	require.EqualValues(t, 50_000_000, appCfg.QueryGasLimit)
	require.Equal(t, "sequential", appCfg.BlockExecutor)
	require.Equal(t, "pebbledb", appCfg.AppDBBackend)
	require.EqualValues(t, 1000, appCfg.StateSync.SnapshotInterval)
	require.EqualValues(t, 2, appCfg.StateSync.SnapshotKeepRecent)
	require.Negative(t, appCfg.Mempool.MaxTxs, "the application keeps no mempool")

	require.EqualValues(t, 10, cometCfg.Consensus.DoubleSignCheckHeight)
	require.Equal(t, 10, cometCfg.RPC.MaxRequestBatchSize)
	require.Equal(t, "flood", cometCfg.Mempool.Type)
	require.NotEqual(t, cmtcfg.DefaultConfig().Consensus.TimeoutCommit, cometCfg.Consensus.TimeoutCommit,
		"the default value of CometBFT is replaced by five seconds")
	require.Equal(t, 999*time.Millisecond, cometCfg.Consensus.TimeoutCommit)
}

func TestTheFilesOfANewHomeSayWhatTheDefaultsSay(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, writeMissingConfig(home))
	appToml, err := os.ReadFile(filepath.Join(home, "config", "app.toml"))
	require.NoError(t, err)
	for _, line := range []string{
		`minimum-gas-prices = "0.001uweal"`, `query-gas-limit = "50000000"`, `snapshot-interval = 1000`,
		`snapshot-keep-recent = 2`, `app-db-backend = "pebbledb"`, `block-executor = "sequential"`,
	} {
		require.Contains(t, string(appToml), line)
	}
	cometToml, err := os.ReadFile(filepath.Join(home, "config", "config.toml"))
	require.NoError(t, err)
	for _, line := range []string{
		`timeout_commit = "999ms"`, `double_sign_check_height = 10`, `max_request_batch_size = 10`, `type = "flood"`,
	} {
		require.Contains(t, string(cometToml), line)
	}
}

func TestFilesThatExistAreLeftAlone(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, writeMissingConfig(home))
	path := filepath.Join(home, "config", "app.toml")
	require.NoError(t, os.WriteFile(path, []byte("# mine\n"), 0o600))
	require.NoError(t, writeMissingConfig(home))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "# mine\n", string(content))
}

func TestEverySettingOfTheDefaultFilesIsRead(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, writeMissingConfig(home))
	require.NoError(t, checkConfigFile(filepath.Join(home, "config", "app.toml"), serverconfig.Config{}))
	require.NoError(t, checkConfigFile(filepath.Join(home, "config", "config.toml"), cmtcfg.Config{}))
}

func TestAMisspeltSettingIsRefusedWithTheRightName(t *testing.T) {
	cases := map[string]struct {
		from, to, want string
	}{
		"at the top":      {"\nquery-gas-limit =", "\nquery-gaz-limit =", `"query-gaz-limit": did you mean "query-gas-limit"?`},
		"in a section":    {"snapshot-interval =", "snapshot-intervall =", `"state-sync.snapshot-intervall": did you mean "state-sync.snapshot-interval"?`},
		"like no other":   {"\nhalt-height =", "\nxyzzy =", `"xyzzy": remove it`},
		"no TOML at all":  {"\nhalt-height =", "\nhalt-height", "is not valid TOML"},
		"the whole table": {"[state-sync]", "[stat-sync]", `"stat-sync.snapshot-interval": did you mean`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			require.NoError(t, writeMissingConfig(home))
			path := filepath.Join(home, "config", "app.toml")
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Contains(t, string(content), tc.from)
			require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(content), tc.from, tc.to, 1)), 0o600))
			require.ErrorContains(t, checkConfigFile(path, serverconfig.Config{}), tc.want)
		})
	}
}

func TestEditDistance(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"", "ab", 2}, {"abc", "abd", 1}, {"abc", "bc", 1}, {"kitten", "sitting", 3}} {
		require.Equal(t, tc.want, editDistance(tc.a, tc.b), "%s, %s", tc.a, tc.b)
		require.Equal(t, tc.want, editDistance(tc.b, tc.a), "%s, %s", tc.b, tc.a)
	}
}
