// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
)

func TestAnEpochBeginsWithWhatWasRevealedInTheOrderOfCommits(t *testing.T) {
	f := newFixture(t)
	a, b, c := f.commit("alice", "a"), f.commit("bob", "b"), f.commit("carol", "c")
	f.nextBlock()
	f.reveal("carol", "c", c)
	f.reveal("alice", "a", a)
	require.Equal(t, []uint64{a}, f.begin(1), "b may still be revealed, and could own what c showed")
	require.Equal(t, []types.Status{types.STATUS_ACTIVE, types.STATUS_COMMITTED, types.STATUS_REVEALED},
		[]types.Status{f.status(a), f.status(b), f.status(c)})
	require.Equal(t, &types.EventContributionActivated{ContributionId: a, TopicId: openID, Epoch: 1}, f.lastEvent())

	f.reveal("bob", "b", b)
	require.Equal(t, []uint64{a, b, c}, f.begin(2))
	require.Equal(t, []types.ActiveEntry{{Id: a, ActivatedEpoch: 1}, {Id: b, ActivatedEpoch: 2}, {Id: c, ActivatedEpoch: 2}}, f.set().Entries)
}

func TestACommitPastItsDeadlineHoldsNobodyUpEvenBeforeItIsDropped(t *testing.T) {
	f := newFixture(t).atHeight(10)
	late := f.commit("alice", "a")
	b := f.revealed("bob", "b")
	f.atHeight(29)
	require.Empty(t, f.begin(1), "it can be revealed in block 30")
	f.atHeight(30)
	require.Equal(t, []uint64{b}, f.begin(2), "it cannot be revealed in block 31")
	require.Equal(t, types.STATUS_COMMITTED, f.status(late))
}

func TestAFullSetMakesRoomByTheLowestSmoothedIncentiveThatIsNotImmune(t *testing.T) {
	f := newFixture(t) // three places, immune for two scored epochs
	a, b, c := f.revealed("alice", "a"), f.revealed("bob", "b"), f.revealed("carol", "c")
	for epoch := uint64(1); epoch <= 2; epoch++ {
		f.end(epoch, f.begin(epoch), []uint64{30, 10, 20})
	}
	d := f.revealed("dave", "d")
	f.atHeight(f.ctx.BlockHeight())
	require.Equal(t, []uint64{a, c, d}, f.begin(3))
	require.Equal(t, types.STATUS_PRUNED, f.status(b))
	require.Equal(t, []any{
		&types.EventContributionEnded{ContributionId: b, TopicId: openID, Status: types.STATUS_PRUNED, By: d, Reason: types.END_REASON_LOWEST_INCENTIVE, SmoothedIncentive: 10},
		&types.EventContributionActivated{ContributionId: d, TopicId: openID, Epoch: 3},
	}, f.events())
}

func TestWhoFindsOnlyImmuneOnesWaits(t *testing.T) {
	f := newFixture(t)
	f.topics[openID].Schedule.MaxActive = 1
	a := f.revealed("alice", "a")
	b := f.revealed("bob", "b")
	for epoch := uint64(1); epoch <= 2; epoch++ {
		ids := f.begin(epoch)
		require.Equal(t, []uint64{a}, ids)
		require.Equal(t, types.STATUS_REVEALED, f.status(b))
		f.end(epoch, ids, []uint64{1 << 32})
	}
	require.Equal(t, []uint64{b}, f.begin(3))
	require.Equal(t, types.STATUS_PRUNED, f.status(a))
}

func TestAVoidEpochCountsForNoImmunity(t *testing.T) {
	f := newFixture(t)
	f.topics[openID].Schedule.MaxActive = 1
	a := f.revealed("alice", "a")
	f.revealed("bob", "b")
	for epoch := uint64(1); epoch < 10; epoch++ {
		require.Equal(t, []uint64{a}, f.begin(epoch))
	}
}

func TestWithoutImmunityANewcomerIsStillMeasuredOnce(t *testing.T) {
	f := newFixture(t)
	f.topics[openID].Schedule.MaxActive, f.topics[openID].Schedule.ImmunityEpochs = 1, 0
	a := f.revealed("alice", "a")
	b := f.revealed("bob", "b")
	require.Equal(t, []uint64{a}, f.begin(1), "b does not push a out before anybody measured a")
	f.end(1, []uint64{a}, []uint64{0})
	require.Equal(t, []uint64{b}, f.begin(2))
}

func TestASetShrinksWithMaxActiveAndTheBoundBreaksImmunityLast(t *testing.T) {
	f := newFixture(t)
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	f.end(1, f.begin(1), []uint64{1, 2})
	f.end(2, f.begin(2), []uint64{1, 2})
	c := f.revealed("carol", "c")
	require.Equal(t, []uint64{a, b, c}, f.begin(3))

	f.topics[openID].Schedule.MaxActive = 2
	require.Equal(t, []uint64{b, c}, f.begin(4), "c is immune, a is the worse of the others")
	f.topics[openID].Schedule.MaxActive = 1
	require.Equal(t, []uint64{c}, f.begin(5), "b is not immune")
	require.Contains(t, f.events(), &types.EventContributionEnded{ContributionId: b, TopicId: openID, Status: types.STATUS_PRUNED, Reason: types.END_REASON_FEWER_PLACES, SmoothedIncentive: f.get(b).Ending.SmoothedIncentive})
}

func TestScoringKnowsWhoseContributionsAnOpenEpochMeasures(t *testing.T) {
	f := newFixture(t)
	id := f.commit("alice", "m")
	f.nextBlock()
	m := revealMsg("alice", "m", id)
	m.Payout = account("val").String()
	_, err := f.msg.RevealContribution(f.ctx, m)
	require.NoError(t, err)
	require.Empty(t, f.ownedBy("alice"), "nothing is measured yet")

	f.begin(1)
	require.Equal(t, []uint64{id}, f.ownedBy("alice"))
	require.Equal(t, []uint64{id}, f.ownedBy("val"))
	require.Empty(t, f.ownedBy("bob"))
	f.withdraw("alice", id)
	require.Equal(t, []uint64{id}, f.ownedBy("val"), "epoch 1 still measures it")
	f.begin(2)
	require.Equal(t, []uint64{id}, f.ownedBy("val"), "epoch 1 may not be closed yet")
	f.begin(3)
	require.Empty(t, f.ownedBy("alice"))
	require.Empty(t, f.ownedBy("val"), "nothing grows with what is over")
	require.True(t, f.set().IsEmpty())
}

func TestAnEpochsEndRefusesAResultThatDoesNotFit(t *testing.T) {
	f := newFixture(t)
	ids := []uint64{f.revealed("alice", "a"), f.revealed("bob", "b")}
	require.Equal(t, ids, f.begin(1))
	for name, tc := range map[string]struct{ ids, incentive []uint64 }{
		"an incentive too few":  {ids, []uint64{1}},
		"an incentive too many": {ids, []uint64{1, 2, 3}},
		"ids that fall":         {[]uint64{2, 1}, []uint64{1, 2}},
		"an id twice":           {[]uint64{1, 1}, []uint64{1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			f.refused(func(ctx context.Context) error {
				return f.keeper.EndEpoch(ctx, openID, 1, tc.ids, tc.incentive)
			}, types.ErrInvalidIncentives)
		})
	}
}

func TestTopicsDoNotTouchOneAnother(t *testing.T) {
	f := newFixture(t)
	a := f.revealed("alice", "a")
	f.admitted[fmt.Sprintf("%d/%s", closedID, account("bob"))] = true
	resp, err := f.msg.CommitContribution(f.ctx, commitMsg("bob", "b", closedID))
	require.NoError(t, err)
	require.Equal(t, []uint64{a}, f.begin(1), "a commit of another topic holds nobody up")
	f.nextBlock().reveal("bob", "b", resp.ContributionId)
	ids, err := f.keeper.BeginEpoch(f.ctx, *f.topics[closedID], 1, 0)
	require.NoError(t, err)
	require.Equal(t, []uint64{resp.ContributionId}, ids)
	require.Equal(t, []uint64{a}, f.begin(2))
}
