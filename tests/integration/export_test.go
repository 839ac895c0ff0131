// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// exportHeight is in the reveal window of an epoch of each topic, after several epochs.
const exportHeight = 50

// goesOn is how many blocks an imported chain is compared for.
const goesOn = 50

// leftBehind lists what the export of the SDK's own modules does not carry over.
var leftBehind = []struct {
	store  string
	prefix []byte
	why    string
}{
	{
		stakingtypes.StoreKey, stakingtypes.HistoricalInfoKey,
		"x/staking keeps the headers of past blocks for IBC light clients, exports none, and writes the app hash into each",
	},
}

// TestAnExportedChainGoesOnAlike exports a busy chain in the middle of an epoch, and
// imports it twice. The export of an import is the same to the byte. After that all three
// are given the same blocks: the imports agree on every app hash, and the original agrees
// with them on every key of every store. Its own app hash cannot be theirs, because the
// tree of a store hashes into each leaf the height at which it was written, and an import
// writes everything at one height.
func TestAnExportedChainGoesOnAlike(t *testing.T) {
	original := newWorld(t, quick)
	for original.Height() < exportHeight {
		original.NextBlock(original.busyBlock()...)
	}
	exported := original.Export()
	requireInTheMiddle(t, original, exported.AppState)

	first := chain.Import(t, original.Chain, exported)
	again := first.Export()
	require.Equal(t, string(exported.AppState), string(again.AppState))
	require.Equal(t, exported.ConsensusParams, again.ConsensusParams)
	require.Equal(t, exported.Height, again.Height)
	second := chain.Import(t, original.Chain, again, chain.WithExecutor("block-stm"))

	var count tally
	for range goesOn {
		block := original.busyBlock()
		count.count(original.NextBlock(block...).TxResults)
		first.NextBlock(block...)
		second.NextBlock(block...)
		require.Equal(t, hex.EncodeToString(first.AppHash()), hex.EncodeToString(second.AppHash()), "app hash at height %d", first.Height())
		requireSameStores(t, original.Chain, first)
	}
	require.Greater(t, count.taken, 10*goesOn/2)
	require.Equal(t, string(original.Export().AppState), string(first.Export().AppState))
}

// requireInTheMiddle checks that the export holds what is hardest to carry over: an open
// epoch with commits and rows, bonds, results, rewards of every kind, and contributions in
// every stage.
func requireInTheMiddle(t *testing.T, w *world, state json.RawMessage) {
	t.Helper()
	var (
		modules      app.GenesisState
		scoring      scoringtypes.GenesisState
		contribution contributiontypes.GenesisState
		emission     emissiontypes.GenesisState
		merit        merittypes.GenesisState
	)
	require.NoError(t, json.Unmarshal(state, &modules))
	cdc := w.App.AppCodec()
	cdc.MustUnmarshalJSON(modules[scoringtypes.ModuleName], &scoring)
	cdc.MustUnmarshalJSON(modules[contributiontypes.ModuleName], &contribution)
	cdc.MustUnmarshalJSON(modules[emissiontypes.ModuleName], &emission)
	cdc.MustUnmarshalJSON(modules[merittypes.ModuleName], &merit)

	running := map[uint64]uint64{}
	for _, epoch := range scoring.Epochs {
		if epoch.Status == scoringtypes.EPOCH_STATUS_OPEN && epoch.RevealHeight <= w.Height() {
			running[epoch.TopicId] = epoch.Number
		}
	}
	require.NotEmpty(t, running, "no epoch is in its reveal window")
	for topicID, number := range running {
		require.True(t, slices.ContainsFunc(scoring.Commits, func(c scoringtypes.Commit) bool { return c.TopicId == topicID && c.Epoch == number }))
		require.True(t, slices.ContainsFunc(scoring.Rows, func(r scoringtypes.Row) bool { return r.TopicId == topicID && r.Epoch == number }))
	}
	require.NotEmpty(t, scoring.Bonds)
	require.NotEmpty(t, scoring.Reveals)
	require.NotEmpty(t, scoring.Generations)
	require.NotEmpty(t, scoring.Tallies)
	require.NotEmpty(t, scoring.ResultTiles)
	require.NotEmpty(t, scoring.Outcomes)
	require.NotEmpty(t, scoring.Roots)
	require.NotEmpty(t, scoring.Records)
	require.NotEmpty(t, merit.Holdings)
	require.NotEmpty(t, merit.Sources)
	require.NotEmpty(t, emission.Payments)
	require.NotEmpty(t, emission.RewardTiles)
	require.True(t, slices.ContainsFunc(emission.PaidEpochs, func(p emissiontypes.PaidEpochs) bool { return p.Mature > 0 && p.Mature < p.Last }))
	require.True(t, slices.ContainsFunc(emission.SettledAccounts, func(a emissiontypes.SettledAccount) bool { return a.Claimed > 0 }))
	stages := map[contributiontypes.Status]bool{}
	for _, c := range contribution.Contributions {
		stages[c.Status] = true
	}
	for _, stage := range []contributiontypes.Status{
		contributiontypes.STATUS_COMMITTED, contributiontypes.STATUS_REVEALED, contributiontypes.STATUS_ACTIVE, contributiontypes.STATUS_PRUNED,
	} {
		require.True(t, stages[stage], "no contribution is %s", stage)
	}
}

// requireSameStores compares two chains key by key.
func requireSameStores(t *testing.T, a, b *chain.Chain) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(a.App.StoreKeys())) {
		ours, theirs := contents(a, name), contents(b, name)
		if ours.digest == theirs.digest {
			continue
		}
		t.Fatalf("store %s differs at height %d:\n%s", name, a.Height(), difference(ours.pairs, theirs.pairs))
	}
}

// content is what a store holds, in the order of its keys.
type content struct {
	pairs  [][2][]byte
	digest [sha256.Size]byte
}

func contents(c *chain.Chain, name string) content {
	var out content
	hash := sha256.New()
	iterator := c.Ctx().KVStore(c.App.StoreKeys()[name]).Iterator(nil, nil)
	defer iterator.Close()
	for ; iterator.Valid(); iterator.Next() {
		pair := [2][]byte{iterator.Key(), iterator.Value()}
		if isLeftBehind(name, pair[0]) {
			continue
		}
		fmt.Fprintf(hash, "%d %d ", len(pair[0]), len(pair[1]))
		hash.Write(pair[0])
		hash.Write(pair[1])
		out.pairs = append(out.pairs, pair)
	}
	copy(out.digest[:], hash.Sum(nil))
	return out
}

// isLeftBehind reports whether a key is one that an import lacks.
func isLeftBehind(store string, key []byte) bool {
	for _, left := range leftBehind {
		if left.store == store && bytes.HasPrefix(key, left.prefix) {
			return true
		}
	}
	return false
}

// difference lists the first keys that only one of two stores has, or that have other
// values.
func difference(ours, theirs [][2][]byte) string {
	var out bytes.Buffer
	for i, j, n := 0, 0, 0; (i < len(ours) || j < len(theirs)) && n < 10; {
		switch {
		case j == len(theirs) || i < len(ours) && bytes.Compare(ours[i][0], theirs[j][0]) < 0:
			fmt.Fprintf(&out, "only the original has %X = %X\n", ours[i][0], ours[i][1])
			i, n = i+1, n+1
		case i == len(ours) || bytes.Compare(ours[i][0], theirs[j][0]) > 0:
			fmt.Fprintf(&out, "only the import has %X = %X\n", theirs[j][0], theirs[j][1])
			j, n = j+1, n+1
		default:
			if !bytes.Equal(ours[i][1], theirs[j][1]) {
				fmt.Fprintf(&out, "%X: the original has %X, the import %X\n", ours[i][0], ours[i][1], theirs[j][1])
				n++
			}
			i, j = i+1, j+1
		}
	}
	return out.String()
}
