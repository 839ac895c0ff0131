// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestWhatNobodyEarnsForCarryEpochsIsBurnt(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.CarryEpochs = 2
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	id := f.contribution(1, "alice", "alice")
	f.issue(3)
	pay := func(epoch uint64, incentive uint64) (paidEpoch, uint64) {
		supply := f.bank.supply
		result := scored(1, epoch, []uint64{id}, incentive)
		result.Validators = nil
		f.pay(result)
		f.audit()
		return f.payment(1, epoch), supply - f.bank.supply
	}
	first, burnt := pay(1, 0)
	require.Positive(t, first.Carried)
	require.Zero(t, burnt)
	second, burnt := pay(2, 0)
	require.Equal(t, first.Carried, second.Carried)
	require.Zero(t, burnt)

	// What came in later stays.
	f.issue(1)
	third, burnt := pay(3, 0)
	require.Equal(t, first.Carried, burnt)
	require.Equal(t, burnt, third.Burnt)
	require.Positive(t, third.Carried)
	require.Equal(t, third.Carried, f.topicAccount(1).Accrued)
	require.Contains(t, events(f), "weal.emission.v1.EventEpochPaid")

	// What is spent is what was carried longest: nothing of epoch 3 is left to burn in epoch 5.
	f.issue(2)
	fourth, burnt := pay(4, one)
	require.Zero(t, burnt)
	require.Greater(t, fourth.ContributorsSpent, third.Carried)
	fifth, burnt := pay(5, 0)
	require.Zero(t, burnt)
	require.Equal(t, fourth.Carried, fifth.Carried)
	sixth, burnt := pay(6, 0)
	require.Equal(t, fourth.Carried, burnt)
	require.Zero(t, sixth.Carried)

	// The chain observes the burn, so that it can be issued again.
	f.block(0)
	require.Contains(t, events(f), "weal.emission.v1.EventBurnObserved")
	f.audit()
}

func TestACarryIsBurntAfterEpochsThatWereVoid(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaturityEpochs, params.CarryEpochs, params.KeepEpochs = 0, 1, 2
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	f.issue(2)
	nobody := func(epoch uint64) scoringtypes.EpochResult {
		return scoringtypes.EpochResult{TopicId: 1, Epoch: epoch, RewardRule: topictypes.REWARD_RULE_PROPORTIONAL}
	}
	f.pay(nobody(1))
	carried := f.payment(1, 1).Carried
	require.Positive(t, carried)
	// Far beyond keep_epochs: the payment is kept until what it carried is burnt.
	for _, epoch := range []uint64{50, 100} {
		f.issue(1)
		f.pay(nobody(epoch))
		require.Equal(t, carried, f.payment(1, epoch).Burnt)
		carried = f.payment(1, epoch).Carried
		require.Positive(t, carried)
		f.audit()
	}
}
