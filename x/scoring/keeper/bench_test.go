// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/cpu"

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

// BenchmarkState256x64 reads, and writes and commits, a tile of 256 contributions by 64 validators: packed as it is
// stored, and with a key for each pair, on a tree of the same kind.
func BenchmarkState256x64(b *testing.B) {
	const validators, contributions = 64, 256
	ids := make([]uint64, contributions)
	for j := range ids {
		ids[j] = uint64(j + 1)
	}
	operators := make([][]byte, validators)
	for i := range operators {
		operators[i] = account(fmt.Sprint("validator-", i))
	}
	rowOf := func(i, round int) []uint16 {
		values := make([]uint16, contributions)
		for j := range values {
			values[j] = uint16(j*251 + i*17 + round + 1)
		}
		return values
	}
	pairs := func(i, j int) []byte {
		return binary.BigEndian.AppendUint64(append(binary.BigEndian.AppendUint64([]byte{99}, 1), operators[i]...), ids[j])
	}
	packed := func(w *world, round int) {
		for i, operator := range operators {
			data, err := row.Encode(row.Sparse(ids, rowOf(i, round)))
			require.NoError(b, err)
			require.NoError(b, w.k.Rows.Set(w.ctx, collections.Join4(uint64(1), uint64(1), uint32(0), operator), data))
		}
	}
	pairwise := func(w *world, round int) {
		store := w.ctx.KVStore(w.key)
		for i := range operators {
			for j, value := range rowOf(i, round) {
				store.Set(pairs(i, j), binary.BigEndian.AppendUint16(nil, value))
			}
		}
	}
	commit := func(w *world) { w.ctx.MultiStore().(storetypes.CommitMultiStore).Commit() }
	for _, layout := range []struct {
		name  string
		write func(w *world, round int)
		read  func(w *world, sheet *types.Sheet) int
	}{
		{"packed", packed, func(w *world, sheet *types.Sheet) int {
			n := 0
			of := collections.NewSuperPrefixedQuadRange3[uint64, uint64, uint32, []byte](1, 1, 0)
			err := w.k.Rows.Walk(w.ctx, of, func(_ collections.Quad[uint64, uint64, uint32, []byte], data []byte) (bool, error) {
				_, err := sheet.Put(n, data)
				n++
				return false, err
			})
			require.NoError(b, err)
			return n * contributions
		}},
		{"a key a pair", pairwise, func(w *world, _ *types.Sheet) int {
			values := make([]uint16, 0, validators*contributions)
			iterator := storetypes.KVStorePrefixIterator(w.ctx.KVStore(w.key), []byte{99})
			defer iterator.Close()
			for ; iterator.Valid(); iterator.Next() {
				values = append(values, binary.BigEndian.Uint16(iterator.Value()))
			}
			return len(values)
		}},
	} {
		b.Run("write and commit, "+layout.name, func(b *testing.B) {
			w, round := newWorld(b), 0
			defer reportCPU(b)()
			for b.Loop() {
				round++
				layout.write(w, round)
				commit(w)
			}
		})
		b.Run("read, "+layout.name, func(b *testing.B) {
			w := newWorld(b)
			layout.write(w, 0)
			commit(w)
			var sheet types.Sheet
			defer reportCPU(b)()
			for b.Loop() {
				sheet.Reset(validators, ids)
				require.Equal(b, validators*contributions, layout.read(w, &sheet))
			}
		})
	}
}

// reportCPU reports how much of the processors' time an operation took, which other work on the machine does not change.
// What it returns is called at the end.
func reportCPU(b *testing.B) func() {
	b.Helper()
	before := cpu.Used()
	return func() { b.ReportMetric(float64((cpu.Used()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op") }
}

// BenchmarkSteps times the steps of a close, for the weights of cost.go.
func BenchmarkSteps(b *testing.B) {
	w, names := newWorld(b), make([]string, 64)
	for id := range uint64(256) {
		w.contributions.sets[1] = append(w.contributions.sets[1], id+1)
	}
	for i := range names {
		names[i] = fmt.Sprintf("validator-%d", i)
		w.staking.bond(sdk.ValAddress(account(names[i])), uint64(1000+i))
	}
	w.topic(1, 10, 3)
	w.to(3)
	entries := make([]row.Entry, 256)
	for j := range entries {
		entries[j] = row.Entry{ID: uint64(j + 1), Score: uint16(j*251 + 1)}
	}
	packed, err := row.Encode(entries)
	require.NoError(b, err)
	for _, name := range names {
		w.commit(name, 1, 1, packed)
	}
	w.to(10)
	for _, name := range names {
		w.reveal(name, 1, 1, packed)
	}
	w.to(12)
	w.params(func(p *types.Params) { p.MaxCellsPerBlock = 1 })
	for _, step := range []string{"tally", "sum", "agree", "bond", "share", "reward", "seal", "settle", "open"} {
		b.Run(step, func(b *testing.B) {
			defer reportCPU(b)()
			for b.Loop() {
				ctx, _ := w.ctx.CacheContext()
				if err := w.k.EndBlock(ctx); err != nil {
					b.Fatal(err)
				}
			}
		})
		w.to(w.ctx.BlockHeight() + 1)
	}
}
