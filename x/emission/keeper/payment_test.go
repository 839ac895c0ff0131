// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestAnEpochSpendsWhatItsTopicAccruedAndNoOther(t *testing.T) {
	f := newFixture(t)
	a, b := f.contribution(1, "alice", "alice"), f.contribution(1, "bob", "bob")
	f.issue(11)
	budget, other := f.topicAccount(1).Accrued, f.topicAccount(2).Accrued
	require.Greater(t, budget, uint64(30_000_000))
	require.InDelta(t, float64(budget)/2, float64(other), 1)

	f.pay(scored(1, 1, []uint64{a, b}, one/4*3, one/4))
	p := f.payment(1, 1)
	require.Equal(t, budget, p.Budget)
	require.Zero(t, p.Carried)
	require.InDelta(t, float64(budget)*0.6, float64(p.ContributorsSpent), 1)
	require.InDelta(t, float64(p.ContributorsSpent)*0.75, float64(p.RewardOf(a)), 1)
	require.Equal(t, p.ContributorsSpent, p.RewardOf(a)+p.RewardOf(b))
	require.Equal(t, []types.Dividend{{Operator: operator("val1"), Amount: p.ScoringSpent}}, p.Dividends)
	require.Equal(t, p.ScoringSpent, f.distribution.allocated[operator("val1")])
	require.Equal(t, p.ScoringSpent+f.distribution.community, f.bank.ofModule(distrtypes.ModuleName))
	require.Equal(t, types.RewardAccount{ContributionId: a, Immature: p.RewardOf(a)}, f.reward(a))
	require.Zero(t, f.topicAccount(1).Accrued)
	require.Equal(t, other, f.topicAccount(2).Accrued)
	require.Contains(t, events(f), "weal.emission.v1.EventEpochPaid")
	f.audit()
}

func TestWhatNobodyEarnedStaysInTheTopic(t *testing.T) {
	cases := map[string]struct {
		result      func(id uint64) scoringtypes.EpochResult
		contributed bool
		carriedBp   float64
	}{
		"nobody scored anything": {
			result: func(uint64) scoringtypes.EpochResult {
				return scoringtypes.EpochResult{TopicId: 1, Epoch: 1, RewardRule: topictypes.REWARD_RULE_PROPORTIONAL}
			},
			carriedBp: 10_000,
		},
		"all incentives are 0": {
			result:    func(id uint64) scoringtypes.EpochResult { return scored(1, 1, []uint64{id}, 0) },
			carriedBp: 6_000,
		},
		"dividends are below 1 together": {
			result: func(id uint64) scoringtypes.EpochResult {
				r := scored(1, 1, []uint64{id}, one)
				r.Validators[0].Dividend = one / 4
				return r
			},
			carriedBp: 3_000,
		},
		"the validator was removed": {
			result: func(id uint64) scoringtypes.EpochResult {
				r := scored(1, 1, []uint64{id}, one)
				r.Validators[0].Operator = operator("gone")
				return r
			},
			carriedBp: 4_000,
		},
		"the validator has unbonded": {
			result: func(id uint64) scoringtypes.EpochResult {
				r := scored(1, 1, []uint64{id}, one)
				r.Validators[0].Operator = operator("val3")
				return r
			},
			carriedBp: 4_000,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.staking[operator("val3")] = stakingtypes.Unbonded
			id := f.contribution(1, "alice", "alice")
			f.issue(11)
			budget := f.topicAccount(1).Accrued
			f.pay(c.result(id))
			require.InDelta(t, float64(budget)*c.carriedBp/10_000, float64(f.topicAccount(1).Accrued), 1)
			require.Equal(t, f.payment(1, 1).Carried, f.topicAccount(1).Accrued)
			f.audit()
		})
	}
}

func TestTheHookTellsWhatContributionsWerePaid(t *testing.T) {
	f := newFixture(t)
	outside := f.contribution(2, "carol", "carol")
	parent := f.contribution(1, "bob", "bob")
	child := f.contribution(1, "alice", "alice",
		contributiontypes.Parent{Id: outside, ShareBp: 1000}, contributiontypes.Parent{Id: parent, ShareBp: 2000})
	f.issue(11)
	f.pay(scored(1, 1, []uint64{parent, child}, one/4, one/4*3))
	p := f.payment(1, 1)
	told, err := f.k.ScoringHooks().Rewards(f.ctx, 1, 1, []uint64{parent, child, child + 1})
	require.NoError(t, err)
	require.Equal(t, []uint64{p.RewardOf(parent), p.RewardOf(child), 0}, told, "royalties are settled")
	require.Equal(t, p.ContributorsSpent, told[0]+told[1]+p.RewardOf(outside))
	require.Positive(t, p.RewardOf(outside))
}

func TestAnUnbondingValidatorIsStillPaid(t *testing.T) {
	f := newFixture(t)
	f.staking[operator("val1")] = stakingtypes.Unbonding
	id := f.contribution(1, "alice", "alice")
	f.issue(11)
	f.pay(scored(1, 1, []uint64{id}, one))
	require.Zero(t, f.payment(1, 1).Carried)
}

func TestRoyaltiesReachAncestorsOutsideOfTheScoredSetAndOfTheTopic(t *testing.T) {
	f := newFixture(t)
	grand := f.contribution(2, "carol", "carol")
	parent := f.contribution(1, "bob", "bob", contributiontypes.Parent{Id: grand, ShareBp: 5000})
	child := f.contribution(1, "alice", "alice", contributiontypes.Parent{Id: parent, ShareBp: 2000})
	f.issue(11)
	f.pay(scored(1, 1, []uint64{child}, one))
	p := f.payment(1, 1)
	total := p.ContributorsSpent
	reward := func(id, weight, earned, in, out uint64) types.Reward {
		amount := earned + in - out
		return types.Reward{Weight: weight, ContributionId: id, Earned: earned, RoyaltiesIn: in, RoyaltiesOut: out, Amount: amount, Total: amount, EnteredEpoch: 1, RewardedEpoch: 1}
	}
	require.Equal(t, []types.Reward{
		reward(grand, 0, 0, total/5/2, 0), reward(parent, 0, 0, total/5, total/5/2), reward(child, one, total, 0, total/5),
	}, p.Rewards)
	require.Equal(t, total/5/2, f.reward(grand).Immature)
	f.audit()
}

func TestALineageIsFollowedToABound(t *testing.T) {
	f := newFixture(t)
	// A tree in which everybody has eight parents: the youngest is its root, and in breadth
	// first order the n-th from the youngest has the 8n+1st to the 8n+8th as parents.
	const size = 3 * types.MaxAncestors
	for id := uint64(1); id <= size; id++ {
		var parents []contributiontypes.Parent
		for i := uint64(8); i > 0; i-- {
			if n := 8*(size-id) + i; n < size {
				parents = append(parents, contributiontypes.Parent{Id: size - n, ShareBp: 625})
			}
		}
		f.contribution(1, "tree", "tree", parents...)
	}
	for range 10 {
		f.issue(100)
	}
	f.pay(scored(1, 1, []uint64{size}, one))
	require.Equal(t, contributiontypes.LineageTileOf(size-types.MaxAncestors), slices.Min(f.contributions.lookups))
	f.audit()
}

func TestRewardsMatureWhenALaterEpochIsPaid(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.issue(1)
	for epoch := uint64(1); epoch <= 10; epoch++ {
		f.issue(5)
		f.pay(scored(1, epoch, []uint64{id}, one))
		require.Zero(t, f.reward(id).Mature)
	}
	f.issue(5)
	f.pay(scored(1, 11, []uint64{id}, one))
	require.Equal(t, f.payment(1, 1).RewardOf(id), f.reward(id).Mature)
	require.True(t, f.payment(1, 1).Matured)
	require.False(t, f.payment(1, 2).Matured)
	require.Contains(t, events(f), "weal.emission.v1.EventEpochMatured")
	f.audit()
}

func TestALowerMaturityTakesEffectWithTheNextPayment(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.issue(1)
	for epoch := uint64(1); epoch <= 8; epoch++ {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{id}, one))
	}
	params := types.DefaultParams()
	params.MaturityEpochs = 1
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	require.Zero(t, f.reward(id).Mature)
	f.issue(1)
	f.pay(scored(1, 9, []uint64{id}, one))
	require.True(t, f.payment(1, 8).Matured)
	require.Equal(t, f.payment(1, 9).RewardOf(id), f.reward(id).Immature)
	f.audit()

	// What is mature stays so when rewards have to wait longer again.
	mature := f.reward(id).Mature
	params.MaturityEpochs = 10
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	f.issue(1)
	f.pay(scored(1, 10, []uint64{id}, one))
	require.Equal(t, mature, f.reward(id).Mature)
	f.audit()
}

func TestVoidEpochsLeaveGapsThatNeitherPayNorStopMaturity(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.issue(2)
	f.pay(scored(1, 3, []uint64{id}, one))
	f.issue(2)
	f.pay(scored(1, 40, []uint64{id}, one))
	require.True(t, f.payment(1, 3).Matured)
	require.Equal(t, uint64(40), f.payment(1, 0).Epoch)
	f.audit()
}

func TestOldPaymentsAreDeletedButNeverBeforeTheyMature(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	params := types.DefaultParams()
	params.MaturityEpochs, params.KeepEpochs, params.CarryEpochs = 2, 3, 2
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	f.issue(1)
	for epoch := uint64(1); epoch <= 9; epoch++ {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{id}, one))
		f.audit()
	}
	genesis, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Len(t, genesis.Payments, 4)
	require.Equal(t, uint64(6), genesis.Payments[0].Epoch, "those beyond go as the next one begins")
	require.Equal(t, uint64(6), genesis.RewardTiles[0].Epoch)
}

func TestAContributionThatIsNoLongerScoredIsSettledWhenNothingIsImmature(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaturityEpochs = 1
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	old := f.contribution(1, "alice", "alice")
	young := f.contribution(1, "bob", "bob", contributiontypes.Parent{Id: old, ShareBp: 1000})
	loner := f.contribution(1, "carol", "carol")
	f.issue(2)
	f.pay(scored(1, 1, []uint64{old, loner}, one/2, one/2))
	f.issue(1)
	f.pay(scored(1, 2, []uint64{loner}, one))
	require.Equal(t, []uint64{old, loner}, rowOf(f, 1), "it was immature when this payment began")
	f.issue(1)
	f.pay(scored(1, 3, []uint64{loner}, one))
	require.Equal(t, []uint64{loner}, rowOf(f, 1))
	require.Equal(t, []uint64{old}, settledOf(f))
	kept := f.reward(old)
	require.Positive(t, kept.Mature)
	f.audit()

	// A royalty brings it back, with what it had.
	f.issue(1)
	f.pay(scored(1, 4, []uint64{young}, one))
	require.Equal(t, []uint64{old, young, loner}, rowOf(f, 1))
	require.Equal(t, []uint64{old}, settledOf(f))
	require.Equal(t, kept.Mature, f.reward(old).Mature)
	require.Positive(t, f.reward(old).Immature)
	f.audit()
}

// rowOf are those that the last payment of a topic shows and that have not left it.
func rowOf(f *fixture, topicID uint64) []uint64 {
	f.t.Helper()
	var ids []uint64
	for _, r := range f.payment(topicID, 0).Rewards {
		if !r.Settled {
			ids = append(ids, r.ContributionId)
		}
	}
	return ids
}

func settledOf(f *fixture) []uint64 {
	f.t.Helper()
	genesis, err := f.k.ExportGenesis(f.ctx)
	require.NoError(f.t, err)
	var ids []uint64
	for _, a := range genesis.SettledAccounts {
		ids = append(ids, a.ContributionId)
	}
	return ids
}

func TestATopicWithoutShareIsPaidNothingAndKeepsItsRecord(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(3, "alice", "alice")
	f.issue(3)
	f.pay(scored(3, 1, []uint64{id}, one))
	p := f.payment(3, 1).EpochPayment
	require.Positive(t, p.Accrual.Provision)
	require.Zero(t, p.Accrual.Accrued)
	require.Equal(t, types.EpochPayment{TopicId: 3, Epoch: 1, Accrual: p.Accrual, Weights: one}, p)
	f.audit()
}

func TestEveryResultThatCannotBePaidIsRefused(t *testing.T) {
	cases := map[string]struct {
		want    error
		prepare func(f *fixture)
		result  func(r *scoringtypes.EpochResult)
	}{
		"an epoch that was paid":          {want: types.ErrEpochPaid, result: func(r *scoringtypes.EpochResult) { r.Epoch = 5 }},
		"an epoch before the last paid":   {want: types.ErrEpochPaid, result: func(r *scoringtypes.EpochResult) { r.Epoch = 4 }},
		"an unknown topic":                {want: types.ErrUnknownTopic, result: func(r *scoringtypes.EpochResult) { r.TopicId = 77 }},
		"fewer incentives than ids":       {want: types.ErrMalformedResult, result: func(r *scoringtypes.EpochResult) { r.Incentive = nil }},
		"ids that do not rise":            {want: types.ErrMalformedResult, result: func(r *scoringtypes.EpochResult) { r.ContributionIds = []uint64{1, 1} }},
		"an id of 0":                      {want: types.ErrMalformedResult, result: func(r *scoringtypes.EpochResult) { r.ContributionIds = []uint64{0, 1} }},
		"an incentive above 1":            {want: types.ErrMalformedResult, result: func(r *scoringtypes.EpochResult) { r.Incentive[0] = one + 1 }},
		"a dividend above 1":              {want: types.ErrMalformedResult, result: func(r *scoringtypes.EpochResult) { r.Validators[0].Dividend = one + 1 }},
		"an operator that is no address":  {want: types.ErrMalformedResult, result: func(r *scoringtypes.EpochResult) { r.Validators[0].Operator = "val1" }},
		"a reward rule that nobody knows": {want: types.ErrUnknownRewardRule, result: func(r *scoringtypes.EpochResult) { r.RewardRule = 99 }},
		"a lineage that cannot be read":   {want: errBroken, prepare: func(f *fixture) { f.contributions.fail = errBroken }},
		"a bank that does not pay":        {want: errBroken, prepare: func(f *fixture) { f.bank.failSend = true }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			a, b := f.contribution(1, "alice", "alice"), f.contribution(1, "bob", "bob")
			f.issue(5)
			f.pay(scored(1, 5, []uint64{a, b}, one/2, one/2))
			f.issue(5)
			result := scored(1, 6, []uint64{a, b}, one/2, one/2)
			if c.prepare != nil {
				c.prepare(f)
			}
			if c.result != nil {
				c.result(&result)
			}
			f.refused(c.want, func() error { return f.tryPay(result) })
			f.audit()
		})
	}
}

func TestAPaymentWritesNoMoreForMoreContributionsThatAreStored(t *testing.T) {
	gas := func(stored int) uint64 {
		f := newFixture(t)
		var set []uint64
		var incentive []uint64
		for range 8 {
			set, incentive = append(set, f.contribution(1, "alice", "alice")), append(incentive, one/8)
		}
		for i := range stored {
			id := uint64(1000 + i)
			require.NoError(t, f.k.SettledAccounts.Set(f.ctx, id, types.SettledAccount{ContributionId: id, Settled: 1, Claimed: 1}))
		}
		f.issue(3)
		before := f.ctx.GasMeter().GasConsumed()
		f.pay(scored(1, 1, set, incentive...))
		return f.ctx.GasMeter().GasConsumed() - before
	}
	require.Equal(t, gas(0), gas(5000))
}
