// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand"
	"sync/atomic"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	simtypes "github.com/cosmos/cosmos-sdk/types/simulation"
	"github.com/cosmos/cosmos-sdk/x/simulation/client/cli"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// What CI runs by default; a flag makes more of it.
var (
	firstSeed = flag.Int64("first", 7, "first seed: of those that CI runs one must come to epochs that pay, and few of so few blocks do")
	seeds     = flag.Int("seeds", 3, "how many seeds to run")
	blocks    = flag.Int("blocks", 40, "blocks a run")
	blockSize = flag.Int("size", 100, "mean number of messages a block: with fewer no epoch is scored")
	accounts  = flag.Int("accounts", 60, "accounts a run, at most: few meet often, many outlast the evidence that the simulator invents")
)

const (
	chainID = "weal-sim-1"

	// genesisTime is fixed, or two runs of a seed would differ.
	genesisTime = 1_800_000_000
)

func config(seed int64) simtypes.Config {
	cli.FlagSigverifyTxValue = true
	return simtypes.Config{
		Seed:               seed,
		ParamsFile:         "testdata/params.json",
		InitialBlockHeight: 1,
		GenesisTime:        genesisTime,
		NumBlocks:          *blocks,
		BlockSize:          *blockSize,
		ChainID:            chainID,
		Lean:               true,
		Commit:             true,
		DBBackend:          "memdb",
	}
}

// run simulates a seed and hands what came of it to then.
func run(t *testing.T, seed int64, then ...func(testing.TB, simsx.TestInstance[*simApp], []simtypes.Account)) {
	t.Helper()
	simsx.RunWithSeedAndRandAcc(t, config(seed), newSimApp, state, seed, nil, people, then...)
}

func people(r *rand.Rand, n int) []simtypes.Account {
	return simtypes.RandomAccounts(r, min(n, *accounts))
}

func state(a *simApp) simsx.SimStateFactory {
	return simsx.SimStateFactory{
		Codec:         a.AppCodec(),
		AppStateFn:    simtestutil.AppStateFn(a.AppCodec(), a.SimulationManager(), a.DefaultGenesis()),
		BlockedAddr:   a.Bank.GetBlockedAddresses(),
		AccountSource: a.Account,
		BalanceSource: a.Bank,
	}
}

// each runs do for every seed.
func each(t *testing.T, do func(*testing.T, int64)) {
	t.Helper()
	for i := range *seeds {
		seed := *firstSeed + int64(i)
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			do(t, seed)
		})
	}
}

func TestEveryModuleOfOursIsSimulated(t *testing.T) {
	a := newSimApp(log.NewNopLogger(), dbm.NewMemDB(), true, simtestutil.AppOptionsMap{})
	simulated := map[string]bool{}
	for _, m := range a.manager.Modules {
		if named, ok := m.(interface{ Name() string }); ok {
			simulated[named.Name()] = true
		}
	}
	for _, name := range []string{
		admissiontypes.ModuleName, topictypes.ModuleName, contributiontypes.ModuleName, scoringtypes.ModuleName, emissiontypes.ModuleName, merittypes.ModuleName,
	} {
		require.True(t, simulated[name], "x/%s lacks a method of module.AppModuleSimulation", name)
	}
}

func TestFullSimulation(t *testing.T) {
	var paid atomic.Int64
	t.Cleanup(func() { require.Positive(t, paid.Load(), "no seed came to an epoch that paid a contribution") })
	each(t, func(t *testing.T, seed int64) {
		run(t, seed, func(tb testing.TB, ran simsx.TestInstance[*simApp], _ []simtypes.Account) {
			paid.Add(int64(epochsPaid(tb, ran.App)))
		})
	})
}

// epochsPaid is how many epochs paid any contribution, and says so.
func epochsPaid(tb testing.TB, a *simApp) int {
	tb.Helper()
	genesis, err := a.Emission.ExportGenesis(a.NewContext(true))
	require.NoError(tb, err)
	paid := 0
	for _, p := range genesis.Payments {
		if p.ContributorsSpent > 0 {
			paid++
		}
	}
	tb.Logf("%d epochs were scored, of which %d paid contributions; %d rewards were claimed from", len(genesis.Payments), paid, len(genesis.SettledAccounts))
	return paid
}

func TestASeedGivesTheSameChainAgain(t *testing.T) {
	each(t, func(t *testing.T, seed int64) {
		var first []string
		for range 2 {
			run(t, seed, func(tb testing.TB, ran simsx.TestInstance[*simApp], _ []simtypes.Account) {
				hashes := make([]string, 0, len(ran.App.hashes)+1)
				for _, hash := range append(ran.App.hashes, ran.App.LastCommitID().Hash) {
					hashes = append(hashes, hex.EncodeToString(hash))
				}
				if first == nil {
					first = hashes
				}
				require.Equal(tb, first, hashes)
			})
		}
	})
}

func TestASimulatedChainIsExportedAndImported(t *testing.T) {
	each(t, func(t *testing.T, seed int64) { run(t, seed, requireSameAfterImport) })
}

// requireSameAfterImport exports a chain, begins another from it, and compares what that
// one exports, and every key of every store.
func requireSameAfterImport(tb testing.TB, ran simsx.TestInstance[*simApp], _ []simtypes.Account) {
	exported, err := ran.App.ExportAppStateAndValidators(false, nil, nil)
	require.NoError(tb, err)
	copied := newSimApp(log.NewNopLogger(), dbm.NewMemDB(), true, simtestutil.AppOptionsMap{}, baseapp.SetChainID(chainID))
	defer func() { require.NoError(tb, copied.Close()) }()
	// The set is left to the state: the simulator's last transactions came behind the end of
	// the block, so that the powers in the file are ahead of those of the set.
	_, err = copied.InitChain(&abci.RequestInitChain{
		Time:            ran.App.last,
		ChainId:         chainID,
		ConsensusParams: &exported.ConsensusParams,
		AppStateBytes:   exported.AppState,
		InitialHeight:   exported.Height,
	})
	require.NoError(tb, err)
	ctx := copied.NewContext(false)
	again, err := copied.ExportState(ctx, nil)
	require.NoError(tb, err)
	require.Equal(tb, pretty(tb, exported.AppState), pretty(tb, again))
}

func pretty(tb testing.TB, raw json.RawMessage) string {
	tb.Helper()
	var any map[string]any
	require.NoError(tb, json.Unmarshal(raw, &any))
	out, err := json.MarshalIndent(any, "", " ")
	require.NoError(tb, err)
	return string(out)
}
