// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
)

func TestACommitIsDroppedAtTheEndOfItsDeadlinesBlock(t *testing.T) {
	f := newFixture(t).atHeight(10)
	id := f.commit("alice", "m")
	f.atHeight(29)
	require.NoError(t, f.keeper.EndBlock(f.ctx))
	require.Equal(t, types.STATUS_COMMITTED, f.status(id))

	f.atHeight(30)
	require.NoError(t, f.keeper.EndBlock(f.ctx))
	require.Equal(t, &types.EventContributionExpired{ContributionId: id, TopicId: openID, Contributor: account("alice").String()}, f.lastEvent())
	_, err := f.keeper.GetContribution(f.ctx, id)
	require.ErrorIs(t, err, types.ErrContributionNotFound)
	require.Equal(t, id+1, f.commit("alice", "m"), "its id is not used again")
}

func TestARevealedContributionDoesNotExpire(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "m")
	f.atHeight(1000)
	require.NoError(t, f.keeper.EndBlock(f.ctx))
	require.Equal(t, types.STATUS_REVEALED, f.status(id))
}

func TestABlockDropsABoundedNumberAndTheNextOnesTheRest(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaxExpiriesPerBlock = 2
	f.setParams(params)
	for i := range 5 {
		f.commit("alice", fmt.Sprint(i))
	}
	f.atHeight(21)
	for _, left := range []int{3, 1, 0, 0} {
		f.nextBlock()
		resp, err := f.query.Contributions(f.ctx, &types.QueryContributionsRequest{TopicId: openID})
		require.NoError(t, err)
		require.Len(t, resp.Contributions, left)
	}
}

func TestAnExpiredCommitCannotBeRevealedBeforeItIsDropped(t *testing.T) {
	f := newFixture(t)
	id := f.commit("alice", "m")
	f.atHeight(22)
	f.refusedReveal(revealMsg("alice", "m", id), types.ErrRevealTooLate)
}
