// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/contribution/types"
)

// builtOn is revealed, with parents.
func (f *fixture) builtOn(who, model string, parents ...uint64) uint64 {
	id := f.commit(who, model)
	f.nextBlock()
	m := revealMsg(who, model, id)
	for _, p := range parents {
		m.Parents = append(m.Parents, types.Parent{Id: p, ShareBp: 100})
	}
	_, err := f.msg.RevealContribution(f.ctx, m)
	require.NoError(f.t, err)
	return id
}

func TestALineageIsWalkedUpAndDown(t *testing.T) {
	f := newFixture(t)
	f.topics[openID].Schedule.MaxActive = 100
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	c := f.builtOn("carol", "c", a, b)
	d := f.builtOn("dave", "d", a)
	e := f.builtOn("erin", "e", a, c, d)

	up := func(id, below uint64, limit uint32) ([]uint64, uint64) {
		resp, err := f.query.Ancestors(f.ctx, &types.QueryAncestorsRequest{ContributionId: id, Below: below, Limit: limit})
		require.NoError(t, err)
		return ids(resp.Ancestors), resp.Below
	}
	list, next := up(e, 0, 0)
	require.Equal(t, []uint64{d, c, b, a}, list, "each once, the newest first")
	require.Zero(t, next)
	list, next = up(e, 0, 2)
	require.Equal(t, []uint64{d, c}, list)
	list, next = up(e, next, 2)
	require.Equal(t, []uint64{b, a}, list)
	require.Zero(t, next)
	list, _ = up(a, 0, 0)
	require.Empty(t, list)

	down, err := f.query.Children(f.ctx, &types.QueryChildrenRequest{ContributionId: a, Pagination: &query.PageRequest{Limit: 2}})
	require.NoError(t, err)
	require.Equal(t, []uint64{c, d}, ids(down.Children))
	down, err = f.query.Children(f.ctx, &types.QueryChildrenRequest{ContributionId: a, Pagination: &query.PageRequest{Key: down.Pagination.NextKey}})
	require.NoError(t, err)
	require.Equal(t, []uint64{e}, ids(down.Children))

	for _, ask := range []func() error{
		func() error {
			_, err := f.query.Children(f.ctx, &types.QueryChildrenRequest{ContributionId: 99})
			return err
		},
		func() error {
			_, err := f.query.Ancestors(f.ctx, &types.QueryAncestorsRequest{ContributionId: 99})
			return err
		},
	} {
		require.ErrorIs(t, ask(), types.ErrContributionNotFound)
	}
}

func TestARemovedContributionIsNobodysParent(t *testing.T) {
	f := newFixture(t)
	a := f.revealed("alice", "a")
	f.quarantine(a)
	f.remove(a)
	id := f.commit("bob", "b")
	m := revealMsg("bob", "b", id)
	m.Parents = []types.Parent{{Id: a, ShareBp: 100}}
	f.nextBlock().refusedReveal(m, types.ErrInvalidParents, "removed by the people")
}
