// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// BenchmarkClose256x64 closes an epoch of 256 contributions and 64 validators, of which all revealed.
func BenchmarkClose256x64(b *testing.B) {
	w := newWorld(b)
	entries := make([]row.Entry, 256)
	for j := range entries {
		entries[j] = row.Entry{ID: uint64(j + 1), Score: uint16(j*251 + 1)}
		w.contributions.sets[1] = append(w.contributions.sets[1], uint64(j+1))
	}
	packed, err := row.Encode(entries)
	require.NoError(b, err)
	names := make([]string, 64)
	for i := range names {
		names[i] = fmt.Sprintf("validator-%d", i)
		w.staking.bond(sdk.ValAddress(account(names[i])), uint64(1000+i))
	}
	w.topic(1, 10, 3)
	w.to(3)
	for _, name := range names {
		w.commit(name, 1, 1, packed)
	}
	w.to(10)
	for _, name := range names {
		w.reveal(name, 1, 1, packed)
	}
	w.to(12)
	b.ReportAllocs()
	for b.Loop() {
		ctx, _ := w.ctx.CacheContext()
		if err := w.k.EndBlock(ctx); err != nil {
			b.Fatal(err)
		}
	}
	require.NotEmpty(b, w.hooks.results)
}

// BenchmarkBlock ends a block in which an epoch closes and another one opens, beside many stored results: its
// cost must not depend on how many there are.
func BenchmarkBlock(b *testing.B) {
	for _, stored := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("%d results", stored), func(b *testing.B) {
			w := blockBeside(b, stored)
			for b.Loop() {
				ctx, _ := w.ctx.CacheContext()
				if err := w.k.EndBlock(ctx); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// blockBeside returns a world at the end of an epoch, with results of many other topics stored.
func blockBeside(t testing.TB, stored int) *world {
	t.Helper()
	w := running(t)
	w.scoreEpoch(scoreRow(1, 2, 3))
	for i := range stored {
		topicID, number := uint64(100+i%100), uint64(i/100+1)
		key := collections.Join(topicID, number)
		require.NoError(t, w.k.Results.Set(w.ctx, collections.Join3(topicID, number, uint32(0)), make([]byte, 3*26)))
		require.NoError(t, w.k.Outcomes.Set(w.ctx, key, types.Outcome{TopicId: topicID, Epoch: number}))
		require.NoError(t, w.k.Epochs.Set(w.ctx, key, types.Epoch{TopicId: topicID, Number: number, Status: types.EPOCH_STATUS_SCORED}))
		require.NoError(t, w.k.Rows.Set(w.ctx, collections.Join4(topicID, number, uint32(0), []byte("operator")), scoreRow(1, 2, 3)))
	}
	// As on a chain, what is stored was committed; what a block itself wrote is looked through differently.
	w.ctx.MultiStore().(storetypes.CommitMultiStore).Commit()
	return w
}

// The gas of a block's end counts every read and write of the store, on any machine the same.
func TestABlocksCostDoesNotGrowWithWhatIsStored(t *testing.T) {
	cost := func(stored int) uint64 {
		w := blockBeside(t, stored)
		before := w.ctx.GasMeter().GasConsumed()
		require.NoError(t, w.k.EndBlock(w.ctx))
		return w.ctx.GasMeter().GasConsumed() - before
	}
	few := cost(100)
	require.NotZero(t, few)
	require.Equal(t, few, cost(10_000))
}
