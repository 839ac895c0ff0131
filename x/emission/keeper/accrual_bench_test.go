// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/weal-network/weal/x/emission/types"
)

// crowded is a chain on which that many topics have a share, as equal as may be.
func crowded(t testing.TB, topics int) *fixture {
	t.Helper()
	f := bare(t)
	f.bank.fund(holder, genesisSupply)
	state := types.GenesisState{Params: types.DefaultParams()}
	for id := uint64(1); id <= uint64(topics); id++ {
		topic := f.topics[1]
		topic.Id = id
		f.topics[id] = topic
		state.TopicAccounts = append(state.TopicAccounts, types.TopicAccount{TopicId: id, ShareBp: uint32(types.BasisPoints / topics)})
	}
	require.NoError(t, f.k.InitGenesis(f.ctx, state))
	f.issue(2)
	f.commit()
	return f
}

// commit writes the store down, as a chain does behind every block: what is not written is
// sorted anew for each iterator.
func (f *fixture) commit() {
	f.t.Helper()
	store, ok := f.ctx.MultiStore().(storetypes.CommitMultiStore)
	require.True(f.t, ok)
	store.Commit()
}

var crowds = []int{1, 100, 10_000}

// nextBlock begins a block in a branch of the store that is dropped, so that all are alike.
func nextBlock(t testing.TB, f *fixture) {
	cached, _ := f.ctx.WithBlockTime(f.ctx.BlockTime().Add(time.Minute)).CacheContext()
	require.NoError(t, f.k.BeginBlock(cached))
}

func TestABlockAllocatesNoMoreForTenThousandTopicsThanForOne(t *testing.T) {
	allocations := make([]float64, len(crowds))
	for i, topics := range crowds {
		f := crowded(t, topics)
		require.Equal(t, uint64(5_271_482), f.bank.ofModule(types.ModuleName), "all of the topics' part is accrued")
		allocations[i] = testing.AllocsPerRun(20, func() { nextBlock(t, f) })
	}
	require.InDelta(t, allocations[0], allocations[1], allocations[0]/20)
	require.InDelta(t, allocations[0], allocations[2], allocations[0]/20)
}

// BenchmarkAccrual issues for one block with 1, 100 and 10,000 topics. On a chain each block finds what the one before left
// written down, and takes the same time. Where genesis is not written down, an iterator goes over all that waits to be written
// (iavl's NewUnsavedFastIterator): that is what grows with topics there, and none of it is the module's.
func BenchmarkAccrual(b *testing.B) {
	for _, written := range []bool{true, false} {
		for _, topics := range crowds {
			b.Run(fmt.Sprintf("written=%t/topics=%d", written, topics), func(b *testing.B) {
				f := crowded(b, topics)
				if !written {
					for _, a := range f.topicAccounts() {
						require.NoError(b, f.k.TopicAccounts.Set(f.ctx, a.TopicId, a))
					}
				}
				runtime.GC() // What building the fixture left is not the block's to clear up.
				b.ReportAllocs()
				for b.Loop() {
					nextBlock(b, f)
				}
			})
		}
	}
}

// topicAccounts are all, as they are stored.
func (f *fixture) topicAccounts() []types.TopicAccount {
	f.t.Helper()
	genesis, err := f.k.ExportGenesis(f.ctx)
	require.NoError(f.t, err)
	return genesis.TopicAccounts
}
