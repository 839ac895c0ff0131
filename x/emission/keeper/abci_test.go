// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/x/emission/types"
)

func (f *fixture) issuance() types.Issuance {
	f.t.Helper()
	issuance, err := f.k.Issuance.Get(f.ctx)
	require.NoError(f.t, err)
	return issuance
}

func TestTheFirstBlockIssuesNothingAndRemembersItsTime(t *testing.T) {
	f := newFixture(t)
	f.block(time.Hour)
	require.Equal(t, genesisSupply, f.bank.supply)
	require.Equal(t, f.ctx.BlockTime().UnixMilli(), f.issuance().LastTimeMs)
	f.audit()
}

func TestABlockIssuesForTheTimeSinceTheLastOne(t *testing.T) {
	f := newFixture(t)
	f.issue(2)
	// By hand: 2e13 uweal * ln 2 * 60,000 ms / 126,230,400,000 ms = 6589352.4.
	require.Equal(t, uint64(6_589_352), expected(20_000_000_000_000, time.Minute))
	parts := [3]uint64{f.bank.ofModule(authtypes.FeeCollectorName), f.bank.ofModule(types.ModuleName), f.distribution.community}
	require.Equal(t, [3]uint64{988_403, 4_744_333, 329_467}, parts)
	require.Equal(t, genesisSupply+988_403+4_744_333+329_467, f.bank.supply)
	f.audit()
}

// expected is the provision in float64, good to the unit for one small block.
func expected(left float64, dt time.Duration) uint64 {
	return uint64(left * 0.69314718055994530942 / float64(types.HalfLifeMs) * float64(dt.Milliseconds()))
}

func TestAnOutageIssuesForMaxGapOnly(t *testing.T) {
	for _, outage := range []time.Duration{61 * time.Second, 30 * time.Minute, 48 * time.Hour} {
		t.Run(outage.String(), func(t *testing.T) {
			short, long := newFixture(t), newFixture(t)
			short.issue(1)
			long.issue(1)
			short.block(time.Minute)
			long.block(outage)
			require.Equal(t, short.bank.supply, long.bank.supply)
			long.audit()
			// Nor is what was not issued made up for later.
			short.block(time.Second)
			long.block(time.Second)
			require.Equal(t, short.bank.supply, long.bank.supply)
		})
	}
}

func TestATimeThatSkewsBackAndForthIssuesForTheTimeThatPassed(t *testing.T) {
	straight, skewed := newFixture(t), newFixture(t)
	straight.issue(1)
	skewed.issue(1)
	for range 10 {
		straight.block(3 * time.Second)
		skewed.block(5 * time.Second)
		skewed.block(-2 * time.Second)
		skewed.audit()
	}
	straight.block(2 * time.Second)
	skewed.block(2 * time.Second)
	// Each of the ten steps rounds its shares of the provision once.
	require.InDelta(t, straight.bank.supply, skewed.bank.supply, 10)
	require.LessOrEqual(t, skewed.issuance().LastTimeMs, skewed.ctx.BlockTime().UnixMilli())
}

func TestTimeThatGoesBackwardsIsNeverIssuedForTwice(t *testing.T) {
	f := newFixture(t)
	f.issue(2)
	supply := f.bank.supply
	f.block(-30 * time.Second)
	f.block(30 * time.Second)
	f.block(0)
	require.Equal(t, supply, f.bank.supply)
	f.block(time.Second)
	require.Greater(t, f.bank.supply, supply)
	f.audit()
}

func TestWhatOthersBurnIsObservedAndCanBeIssuedAgain(t *testing.T) {
	f := newFixture(t)
	f.issue(2)
	f.bank.burn(holder, 500_000_000_000)
	f.audit()
	require.Zero(t, f.issuance().Burnt)
	f.block(time.Minute)
	require.Equal(t, uint64(500_000_000_000), f.issuance().Burnt)
	f.audit()
	// The provision is of 20,500,000 WEAL now, less the few that were issued since.
	require.Contains(t, events(f), "weal.emission.v1.EventBurnObserved")
	total := f.issuance().Minted
	f.block(time.Minute)
	require.InDelta(t, 6_754_086*0.92, float64(f.issuance().Minted-total), 10)
}

func events(f *fixture) []string {
	var names []string
	for _, e := range f.ctx.EventManager().Events() {
		names = append(names, e.Type)
	}
	return names
}

// said are the block's events of a type.
func said[T proto.Message](f *fixture) []T {
	f.t.Helper()
	var all []T
	for _, event := range f.ctx.EventManager().ABCIEvents() {
		if message, err := sdk.ParseTypedEvent(event); err == nil {
			if typed, ok := message.(T); ok {
				all = append(all, typed)
			}
		}
	}
	return all
}

func TestSharesThatNoTopicHoldsAreNotMinted(t *testing.T) {
	f := newFixture(t)
	f.issue(2)
	whole := expected(20_000_000_000_000, time.Minute)
	minted := f.issuance().Minted
	// A tenth of the four fifths belongs to nobody.
	require.InDelta(t, float64(whole)*0.92, float64(minted), 1)
	index := f.issuance().TopicIndex.Uint64()
	require.Equal(t, index*9/10, f.bank.ofModule(types.ModuleName))
}

func TestNothingIsIssuedAtTheCap(t *testing.T) {
	f := bare(t)
	f.bank.fund(holder, types.CapUweal)
	require.NoError(t, f.k.InitGenesis(f.ctx, *types.DefaultGenesis()))
	f.issue(3)
	require.Equal(t, types.CapUweal, f.bank.supply)
	require.NotContains(t, events(f), "weal.emission.v1.EventIssued")
	f.audit()
}

func TestTheCostOfABlockDoesNotGrowWithTopics(t *testing.T) {
	gas := func(topics uint64) uint64 {
		f := newFixture(t)
		f.issue(2)
		for id := uint64(4); id < 4+topics; id++ {
			f.topics[id] = f.topics[1]
			_, err := f.msg.SetTopicShares(f.ctx, &types.MsgSetTopicShares{Authority: authority, Shares: []types.TopicShare{{TopicId: id, ShareBp: 1}}})
			require.NoError(t, err)
		}
		before := f.ctx.GasMeter().GasConsumed()
		f.block(time.Minute)
		return f.ctx.GasMeter().GasConsumed() - before
	}
	require.InDelta(t, gas(1), gas(500), 200)
}
