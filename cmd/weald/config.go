// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	cmtcfg "github.com/cometbft/cometbft/config"
	dbm "github.com/cosmos/cosmos-db"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"

	"github.com/weal-network/weal/app"
)

const (
	// envPrefix stands before every setting given by the environment, as in
	// WEALD_MINIMUM_GAS_PRICES. The SDK derives the same prefix from the file name.
	envPrefix = "WEALD"

	// minGasPrice makes a node refuse transactions that pay less for a unit of gas: a
	// plain transfer of 80,000 gas costs 80 uweal.
	minGasPrice = "0.001" + app.BaseDenom

	// queryGasLimit bounds the work that a stranger's query can cause.
	queryGasLimit = 50_000_000

	// timeoutCommit is how long a proposer waits for late votes, and with it the time of
	// a block. A round second would equal CometBFT's own default, which the SDK takes for
	// "not set" and replaces by five.
	timeoutCommit = 999 * time.Millisecond

	// doubleSignCheckHeight is how many blocks back a starting validator looks for its
	// own signature, to stop if another machine is signing with the same key.
	doubleSignCheckHeight = 10

	// maxRequestBatchSize bounds the calls in one JSON-RPC request.
	maxRequestBatchSize = 10

	// snapshotInterval is the distance in blocks between state sync snapshots, and
	// snapshotKeep how many a node keeps.
	snapshotInterval = 1000
	snapshotKeep     = 2
)

// defaultAppConfig is what a new node's app.toml says.
func defaultAppConfig() *serverconfig.Config {
	cfg := serverconfig.DefaultConfig()
	cfg.MinGasPrices = minGasPrice
	cfg.QueryGasLimit = queryGasLimit
	cfg.AppDBBackend = string(dbm.PebbleDBBackend)
	cfg.StateSync.SnapshotInterval = snapshotInterval
	cfg.StateSync.SnapshotKeepRecent = snapshotKeep
	return cfg
}

// defaultCometConfig is what a new node's config.toml says.
func defaultCometConfig() *cmtcfg.Config {
	cfg := cmtcfg.DefaultConfig()
	cfg.Consensus.TimeoutCommit = timeoutCommit
	cfg.Consensus.DoubleSignCheckHeight = doubleSignCheckHeight
	cfg.RPC.MaxRequestBatchSize = maxRequestBatchSize
	// The application keeps no transactions of its own, and flooding was the fastest.
	cfg.Mempool.Type = cmtcfg.MempoolTypeFlood
	return cfg
}

// writeMissingConfig writes app.toml and config.toml into a home directory that has
// none. The server would write them too, but with the defaults of the flags of whatever
// command happens to run first.
func writeMissingConfig(home string) error {
	dir := filepath.Join(home, "config")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	appPath, cometPath := filepath.Join(dir, "app.toml"), filepath.Join(dir, "config.toml")
	if missing(appPath) {
		serverconfig.SetConfigTemplate(serverconfig.DefaultConfigTemplate)
		serverconfig.WriteConfigFile(appPath, defaultAppConfig())
	}
	if missing(cometPath) {
		cmtcfg.EnsureRoot(home)
		cmtcfg.WriteConfigFile(cometPath, defaultCometConfig())
	}
	return nil
}

// missing reports whether there is nothing at path.
func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}
