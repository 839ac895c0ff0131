// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// raised is an epoch in which what holders added to the frontier is paid, and incentives are not.
func raised(topicID, epoch uint64, ids []uint64, shares ...scoringtypes.RewardShare) scoringtypes.EpochResult {
	result := scored(topicID, epoch, ids, make([]uint64, len(ids))...)
	for i := range result.Incentive {
		result.Incentive[i] = one / uint64(len(ids))
	}
	result.RewardRule, result.Shares = topictypes.REWARD_RULE_FRONTIER, shares
	return result
}

func frontierShare(id, stock, depth uint64) scoringtypes.RewardShare {
	return scoringtypes.RewardShare{ContributionId: id, Stock: stock, Depth: depth}
}

func TestWhoRaisedTheFrontierIsPaidAndTheRestIsCarried(t *testing.T) {
	f := newFixture(t)
	a, b, clone := f.contribution(1, "alice", "alice"), f.contribution(1, "bob", "bob"), f.contribution(1, "eve", "eve")
	f.issue(11)
	budget := f.topicAccount(1).Accrued
	f.pay(raised(1, 1, []uint64{b, clone}, frontierShare(a, one/8, one/8), frontierShare(b, one/4, 0)))
	p := f.payment(1, 1)
	part := budget - p.ScoringSpent
	require.InDelta(t, float64(part)/4, float64(p.RewardOf(a)), 1, "it is not scored any more, and holds what it added")
	require.Equal(t, part/2, p.RewardOf(a)+p.RewardOf(b))
	first := p.RewardOf(a)
	require.Zero(t, p.RewardOf(clone), "whatever its incentive is")
	require.Equal(t, part-part/2, p.Carried, "what nobody added is not earned")
	require.Equal(t, budget, p.ContributorsSpent+p.ScoringSpent+p.Carried)
	f.audit()

	// What left the set and the frontier keeps what it was given.
	f.issue(11)
	f.pay(raised(1, 2, []uint64{b, clone}, frontierShare(b, one/2, one/2)))
	p = f.payment(1, 2)
	require.Zero(t, p.RewardOf(a))
	require.InDelta(t, float64(p.Budget)*0.6, float64(p.RewardOf(b)), 2, "all of it")
	require.Equal(t, first, f.reward(a).Immature)
	f.audit()
	for epoch := uint64(3); epoch <= 14; epoch++ {
		f.issue(1)
		f.pay(raised(1, epoch, []uint64{b, clone}))
	}
	require.Equal(t, first, f.reward(a).Mature)
	f.audit()
}

func TestAHolderOfTheFrontierPaysItsRoyalties(t *testing.T) {
	f := newFixture(t)
	a := f.contribution(1, "alice", "alice")
	b := f.contribution(1, "bob", "bob", contributiontypes.Parent{Id: a, ShareBp: 1_000})
	f.issue(11)
	f.pay(raised(1, 1, []uint64{b}, frontierShare(b, one, 0)))
	p := f.payment(1, 1)
	require.InDelta(t, float64(p.RewardOf(b))/9, float64(p.RewardOf(a)), 1)
	f.audit()
}

func TestSponsorsCoinsGoToWhoRaisedTheFrontier(t *testing.T) {
	f := sponsored(t)
	b, clone := uint64(1), uint64(2)
	require.NoError(t, f.fund(1, 1, coin("usd", 10_000)))
	f.pay(raised(1, 1, []uint64{b, clone}))
	require.Len(t, f.streams(1).Streams, 1, "an epoch that pays nobody takes nothing")
	f.pay(raised(1, 2, []uint64{b, clone}, frontierShare(b, one/100, 0)))
	for epoch := uint64(3); epoch <= 5; epoch++ {
		f.pay(raised(1, epoch, []uint64{b, clone}))
		f.issue(2)
	}
	require.Equal(t, "10000usd", f.ofSponsors(b).String())
	require.Empty(t, f.ofSponsors(clone))
	f.audit()
}

func TestSharesThatCannotBeArePaidToNobody(t *testing.T) {
	for name, shares := range map[string][]scoringtypes.RewardShare{
		"more than all":        {frontierShare(1, one, 0), frontierShare(2, 0, 1)},
		"one more than all":    {frontierShare(1, 1, one)},
		"ids that do not rise": {frontierShare(2, 1, 1), frontierShare(2, 1, 1)},
		"no contribution":      {frontierShare(0, 1, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			a := f.contribution(1, "alice", "alice")
			f.contribution(1, "bob", "bob")
			f.issue(5)
			f.refused(types.ErrMalformedResult, func() error { return f.tryPay(raised(1, 1, []uint64{a}, shares...)) })
		})
	}
	f := newFixture(t)
	f.issue(5)
	result := raised(1, 1, []uint64{f.contribution(1, "alice", "alice")}, frontierShare(1, 1, 1))
	result.RewardRule = topictypes.REWARD_RULE_PROPORTIONAL
	f.refused(types.ErrMalformedResult, func() error { return f.tryPay(result) })
}

func TestALedgerIsWhatScoringSays(t *testing.T) {
	f := newFixture(t)
	res, err := f.query.Ledger(f.ctx, &types.QueryLedgerRequest{TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, scoringtypes.Ledger{TopicId: 1, Top: 30_000}, res.Ledger)
	_, err = f.query.Ledger(f.ctx, &types.QueryLedgerRequest{TopicId: 9})
	require.ErrorContains(t, err, "no such topic")
}

// Ledger is a frontier at 30000.
func (f fakeScoring) Ledger(_ context.Context, topicID uint64) (scoringtypes.Ledger, error) {
	if topicID > 3 {
		return scoringtypes.Ledger{}, topictypes.ErrTopicNotFound.Wrap("no such topic")
	}
	return scoringtypes.Ledger{TopicId: topicID, Top: 30_000}, nil
}
