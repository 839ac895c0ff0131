// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// The block whose cost is measured: an epoch begins with this many places, all
// taken, as many of them pruned as wait, and as many commits expire.
const (
	costActive  = 64
	costWaiting = 8
)

// withStored returns the module with n contributions stored that compete no more,
// committed to an IAVL tree, right before the end of the block to measure.
func withStored(tb testing.TB, n int) *fixture {
	tb.Helper()
	f := newFixture(tb)
	f.topics[openID].Schedule.MaxActive = costActive
	g := types.DefaultGenesisState()
	set := types.ActiveSet{TopicId: openID}
	add := func(status types.Status) uint64 {
		id := g.NextContributionId
		g.NextContributionId++
		g.Contributions = append(g.Contributions, stored(id, status))
		return id
	}
	for range n {
		add(types.STATUS_WITHDRAWN)
	}
	for range costActive {
		set.Entries = append(set.Entries, types.ActiveEntry{Id: add(types.STATUS_ACTIVE), ActivatedEpoch: 1, ScoredEpochs: 9})
	}
	for range costWaiting {
		add(types.STATUS_REVEALED)
		add(types.STATUS_COMMITTED)
	}
	g.ActiveSets = []types.ActiveSet{set}
	g.TopicStates = []types.TopicState{{TopicId: openID, Epoch: 1, Places: costActive, ScoredEpochs: 9}}
	require.NoError(tb, f.keeper.InitGenesis(f.ctx, g))
	f.cms.Commit()
	return f.atHeight(20)
}

func stored(id uint64, status types.Status) types.Contribution {
	who := fmt.Sprint(id % 100)
	c := types.Contribution{
		Id: id, TopicId: openID, Contributor: account(who).String(), Payout: account(who).String(), Hash: make([]byte, 32),
		CommittedHeight: 1, RevealDeadline: 20, Status: status,
	}
	if status != types.STATUS_COMMITTED {
		m := revealMsg(who, fmt.Sprint(id), id)
		c = c.Revealed(m, 2)
		c.Status = status
	}
	return c
}

// block is what the end of a block does when an epoch begins in it.
func (f *fixture) block(ctx sdk.Context) {
	ids, err := f.keeper.BeginEpoch(ctx, *f.topics[openID], 2, 0)
	require.NoError(f.t, err)
	require.Len(f.t, ids, costActive)
	require.NoError(f.t, f.keeper.EndBlock(ctx))
}

// TestTheCostOfABlockDoesNotGrowWithWhatIsStored counts gas, which stands for
// keys and bytes read and written: unlike time it is the same on every machine.
func TestTheCostOfABlockDoesNotGrowWithWhatIsStored(t *testing.T) {
	cost := func(n int) storetypes.Gas {
		f := withStored(t, n)
		ctx, _ := f.ctx.WithGasMeter(storetypes.NewInfiniteGasMeter()).CacheContext()
		f.block(ctx)
		require.Equal(t, types.STATUS_ACTIVE, f.statusIn(ctx, uint64(n+costActive+1)))
		return ctx.GasMeter().GasConsumed()
	}
	few, many := cost(100), cost(10_000)
	// The same keys, whose ids take a byte more each in some values.
	require.InEpsilon(t, few, many, 0.01)
}

func (f *fixture) statusIn(ctx sdk.Context, id uint64) types.Status {
	c, err := f.keeper.GetContribution(ctx, id)
	require.NoError(f.t, err)
	return c.Status
}

// BenchmarkBlockWithStored measures a block in which an epoch begins, with ever
// more contributions stored that compete no more.
func BenchmarkBlockWithStored(b *testing.B) {
	for _, exponent := range []int{2, 4, 5} {
		n := 1
		for range exponent {
			n *= 10
		}
		b.Run(fmt.Sprintf("10^%d", exponent), func(b *testing.B) {
			f := withStored(b, n)
			b.ReportAllocs()
			for b.Loop() {
				ctx, _ := f.ctx.CacheContext()
				f.block(ctx)
			}
		})
	}
}
