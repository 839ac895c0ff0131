// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
)

func TestAWithdrawnCommitIsDropped(t *testing.T) {
	f := newFixture(t)
	id := f.commit("alice", "m")
	f.withdraw("alice", id)
	require.Equal(t, &types.EventContributionEnded{ContributionId: id, TopicId: openID, Status: types.STATUS_WITHDRAWN, Reason: types.END_REASON_CONTRIBUTOR}, f.lastEvent())
	_, err := f.keeper.GetContribution(f.ctx, id)
	require.ErrorIs(t, err, types.ErrContributionNotFound)
	f.nextBlock().refusedReveal(revealMsg("alice", "m", id), types.ErrContributionNotFound)
	require.Equal(t, id+1, f.commit("alice", "m"), "its id is not used again")
}

func TestAWithdrawnRevealKeepsItsRecord(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	f.withdraw("alice", id)
	require.Equal(t, types.STATUS_WITHDRAWN, f.status(id))
	require.Empty(t, f.begin(1))
}

func TestAWithdrawnActiveOneGivesUpItsPlaceAtOnce(t *testing.T) {
	f := newFixture(t)
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	ids := f.begin(1)
	f.withdraw("alice", a)
	require.Equal(t, []uint64{b}, f.set().IDs())

	f.end(1, ids, []uint64{5, 6})
	require.Equal(t, []types.ActiveEntry{{Id: b, ActivatedEpoch: 1, ScoredEpochs: 1, SmoothedIncentive: 6}}, f.set().Entries)
	require.Equal(t, []uint64{b}, f.begin(2))
}

func TestAWithdrawalIsRefused(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	f.refusedWithdraw("bob", id, types.ErrNotContributor, account("alice").String())
	f.refusedWithdraw("alice", 9, types.ErrContributionNotFound, "9")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.WithdrawContribution(ctx, &types.MsgWithdrawContribution{Contributor: "alice", ContributionId: id})
		return err
	}, types.ErrInvalidAddress)

	f.withdraw("alice", id)
	f.refusedWithdraw("alice", id, types.ErrNotWithdrawable, "STATUS_WITHDRAWN")

	first, second := f.commit("carol", "n"), f.commit("bob", "n")
	f.nextBlock().reveal("bob", "n", second)
	f.reveal("carol", "n", first)
	f.refusedWithdraw("bob", second, types.ErrNotWithdrawable, "STATUS_DUPLICATE")
}
