// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

func TestARewardIsMeritOfThePayeesAndHalves(t *testing.T) {
	f := newFixture(t)
	f.contribution(1, "alice")
	f.contribution(2, "bob", "carol", "dave")
	f.pay(1, reward{1, 1_000_000}, reward{2, 1_000})
	require.Equal(t, []int64{1_000_000, 334, 333, 333}, []int64{f.merit("alice"), f.merit("bob"), f.merit("carol"), f.merit("dave")})
	require.Equal(t, int64(1_001_000), f.total().Amount.Int64())

	f.wait(halfLife)
	require.Equal(t, []int64{500_000, 167, 166}, []int64{f.merit("alice"), f.merit("bob"), f.merit("carol")})
	require.Equal(t, int64(500_500), f.total().Amount.Int64())
	f.pay(2, reward{1, 1_000_000})
	require.Equal(t, int64(1_500_000), f.merit("alice"))
	f.wait(halfLife / 2)
	require.Equal(t, int64(1_060_660), f.merit("alice"), "1.5 million times the root of a half")
	f.wait(100 * halfLife)
	require.Zero(t, f.merit("alice"))
	require.True(t, f.total().Amount.IsZero())
}

func TestWhatIsLostIsWhatTheRemovedContributionGave(t *testing.T) {
	f := newFixture(t)
	f.contribution(1, "alice")
	f.contribution(2, "alice", "bob")
	f.pay(1, reward{1, 600}, reward{2, 1_000})
	f.wait(halfLife)
	f.pay(2, reward{1, 600}, reward{2, 1_000})
	require.Equal(t, int64(600+300+500+250), f.merit("alice"))
	f.remove(2)
	require.Equal(t, int64(900), f.merit("alice"))
	require.Zero(t, f.merit("bob"))
	require.Equal(t, int64(900), f.total().Amount.Int64())
	has, err := f.k.Holdings.Has(f.ctx, account("bob"))
	require.NoError(t, err)
	require.False(t, has, "with its last source goes the record")

	f.pay(3, reward{1, 100}, reward{2, 1_000})
	require.Equal(t, int64(1_000), f.merit("alice"), "what was paid to it late gives nothing")
	require.Zero(t, f.merit("bob"))
	f.remove(1)
	require.Zero(t, f.merit("alice"))
	left, err := f.k.Totals.Iterate(f.ctx, nil)
	require.NoError(t, err)
	require.False(t, left.Valid(), "nothing is left of the totals")
	require.NoError(t, left.Close())
}

func TestABlockRecordsSoManyRewardsAndNoMore(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.RecordsPerBlock = types.MinRecordsPerBlock
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	var rewards []reward
	for id := uint64(1); id <= 40; id++ {
		f.contribution(id, fmt.Sprint("builder ", id))
		rewards = append(rewards, reward{id, 1_000})
	}
	f.pay(1, rewards...)
	for _, recorded := range []int64{16, 32, 40, 40} {
		require.Equal(t, recorded*1_000, f.total().Amount.Int64())
		f.endBlock()
	}
	require.Zero(t, f.total().Recordings)
}

func TestATeamTakesAsMuchOfABlockAsItHasMembers(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.RecordsPerBlock = types.MinRecordsPerBlock
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	var rewards []reward
	for id := uint64(1); id <= 6; id++ {
		var team []string
		for i := range 10 {
			team = append(team, fmt.Sprint("member ", i, " of ", id))
		}
		f.contribution(id, team...)
		rewards = append(rewards, reward{id, 1_000})
	}
	f.pay(1, rewards...)
	for _, recorded := range []int64{2_000, 4_000, 6_000} {
		require.Equal(t, recorded, f.total().Amount.Int64())
		f.endBlock()
	}
}

func TestMeritOfManyAccountsIsLostOverBlocks(t *testing.T) {
	f := newFixture(t)
	for epoch := uint64(1); epoch <= 10; epoch++ {
		var team []string
		for i := range 16 {
			team = append(team, fmt.Sprintf("%d of epoch %d", i, epoch))
		}
		f.contribution(1, team...)
		f.pay(epoch, reward{1, 16_000})
	}
	require.Equal(t, int64(160_000), f.total().Amount.Int64())
	f.remove(1)
	require.Less(t, f.total().Amount.Int64(), int64(100_000), "64 accounts lose it at once")
	require.Positive(t, f.total().Amount.Int64())
	params := types.DefaultParams()
	params.RecordsPerBlock = 50
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	f.endBlock()
	require.Positive(t, f.total().Amount.Int64())
	f.endBlock()
	require.True(t, f.total().Amount.IsZero())
	g, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Empty(t, g.Losing)
	require.Empty(t, g.Holdings)
}

func TestAnEpochThatCannotBeRecordedHoldsUpNone(t *testing.T) {
	f := newFixture(t)
	f.contribution(1, "alice")
	f.pay(1, reward{1, 100}, reward{99, 100})
	require.Zero(t, f.merit("alice"), "nothing is half recorded")
	require.Contains(t, fmt.Sprint(f.ctx.EventManager().ABCIEvents()), "EventMeritRecordingFailed")
	f.emission.fail = true
	f.pay(2, reward{1, 100})
	f.emission.fail = false
	f.pay(3, reward{1, 100})
	require.Equal(t, int64(100), f.merit("alice"))
	require.Zero(t, f.total().Recordings)
}

func TestWhatIsNotPaidIsNoMerit(t *testing.T) {
	f := newFixture(t)
	hooks := f.k.ScoringHooks()
	epoch := scoringtypes.ScoredEpoch{TopicID: 1, Number: 1, IDs: []uint64{1}}
	require.NoError(t, hooks.BeginRewards(f.ctx, epoch))
	done, whole, err := hooks.GoOnRewards(f.ctx, epoch, 5)
	require.NoError(t, err)
	require.True(t, whole)
	require.Zero(t, done)
	rewards, err := hooks.Rewards(f.ctx, 1, 1, []uint64{1, 2})
	require.NoError(t, err)
	require.Equal(t, []uint64{0, 0}, rewards)
	require.NoError(t, hooks.AfterEpochScored(f.ctx, scoringtypes.ScoredEpoch{TopicID: 1, Number: 2}))
	require.Zero(t, f.total().Recordings, "an epoch that scored nothing has nothing to record")
	judged := f.k.ContributionHooks()
	require.NoError(t, judged.AfterContributionQuarantined(f.ctx, 1))
	require.NoError(t, judged.AfterContributionReleased(f.ctx, 1))
}

func TestAnotherHalfLifeHoldsFromNowOn(t *testing.T) {
	f := newFixture(t)
	f.contribution(1, "alice")
	f.pay(1, reward{1, 1_000_000})
	f.wait(halfLife)
	params := types.DefaultParams()
	params.HalfLifeSeconds = types.MinHalfLifeSeconds
	update := &types.MsgUpdateParams{Authority: authority, Params: params}
	_, err := f.msg.UpdateParams(f.ctx, update)
	require.NoError(t, err)
	require.Equal(t, int64(500_000), f.merit("alice"), "the change itself takes nothing")
	f.wait(30 * 24 * time.Hour)
	require.Equal(t, int64(250_000), f.merit("alice"))
	update.Params = types.DefaultParams()
	_, err = f.msg.UpdateParams(f.ctx, update)
	require.NoError(t, err)
	require.Equal(t, int64(250_000), f.merit("alice"), "nor does it give back")
	f.wait(halfLife)
	require.Equal(t, int64(125_000), f.merit("alice"))
	update.Authority = text("mallory")
	_, err = f.msg.UpdateParams(f.ctx, update)
	require.ErrorContains(t, err, "invalid authority")
	update.Params.MeritShareBp = types.MaxMeritShareBp + 1
	_, err = f.msg.UpdateParams(f.ctx, update)
	require.ErrorIs(t, err, types.ErrInvalidParams)
}

// BenchmarkRecord records rewards of accounts that have merit already, without what it costs to commit them.
func BenchmarkRecord(b *testing.B) {
	const n = 512
	f := newFixture(b)
	var rewards []reward
	for id := uint64(1); id <= n; id++ {
		f.contribution(id, fmt.Sprint("builder ", id))
		rewards = append(rewards, reward{id, 1_000 * id})
	}
	f.emission.rewards["1 1"] = rewards
	epoch := scoringtypes.ScoredEpoch{TopicID: 1, Number: 1, IDs: []uint64{1}}
	for b.Loop() {
		require.NoError(b, f.k.ScoringHooks().AfterEpochScored(f.ctx, epoch))
		require.NoError(b, f.k.EndBlock(f.ctx))
		f.wait(halfLife / 100)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/record")
}
