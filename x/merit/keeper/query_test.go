// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/x/merit/types"
)

func TestTheTopIsInPagesAndStaysSorted(t *testing.T) {
	f := newFixture(t)
	var rewards []reward
	for id := uint64(1); id <= 9; id++ {
		f.contribution(id, fmt.Sprint("builder ", id))
		rewards = append(rewards, reward{id, id * 100})
	}
	f.pay(1, rewards[:5]...)
	f.wait(halfLife)
	f.pay(2, rewards[5:]...)
	f.wait(10 * halfLife / 7)
	var got []string
	page := &query.PageRequest{Limit: 4}
	for {
		response, err := f.query.Top(f.ctx, &types.QueryTopRequest{Pagination: page})
		require.NoError(t, err)
		require.LessOrEqual(t, len(response.Accounts), 4)
		for _, merit := range response.Accounts {
			got = append(got, merit.Address)
		}
		if response.Pagination.NextKey == nil {
			break
		}
		page = &query.PageRequest{Limit: 4, Key: response.Pagination.NextKey}
	}
	var want []string
	for id := 9; id >= 1; id-- {
		want = append(want, text(fmt.Sprint("builder ", id)))
	}
	require.Equal(t, want, got)
	for _, page := range []*query.PageRequest{{Limit: 1_001}, {Offset: 1}, {CountTotal: true}, {Reverse: true}} {
		_, err := f.query.Top(f.ctx, &types.QueryTopRequest{Pagination: page})
		require.ErrorIs(t, err, types.ErrInvalidRequest)
		_, err = f.query.Contribution(f.ctx, &types.QueryContributionRequest{ContributionId: 1, Pagination: page})
		require.ErrorIs(t, err, types.ErrInvalidRequest)
	}
}

func TestQueriesSayWhatMeritIsWorthAndWeighs(t *testing.T) {
	f := newFixture(t)
	f.staking.validator("val", stakingtypes.Bonded, 3_000)
	f.staking.delegate("val", 0, math.LegacyOneDec())
	f.contribution(1, "alice", "bob")
	f.contribution(2, "alice")
	f.pay(1, reward{1, 1_000}, reward{2, 500})
	alice, err := f.query.Account(f.ctx, &types.QueryAccountRequest{Address: text("alice")})
	require.NoError(t, err)
	require.Equal(t, uint64(2), alice.Sources)
	require.Equal(t, "0.666666666666666666", alice.Merit.Share.String())
	require.Equal(t, "666.666666666666666666", alice.VotingPower.String())
	carol, err := f.query.Account(f.ctx, &types.QueryAccountRequest{Address: text("carol")})
	require.NoError(t, err)
	require.True(t, carol.Merit.Amount.IsZero() && carol.Merit.Share.IsZero() && carol.VotingPower.IsZero())
	of, err := f.query.Contribution(f.ctx, &types.QueryContributionRequest{ContributionId: 1})
	require.NoError(t, err)
	require.Len(t, of.Accounts, 2)
	require.Equal(t, []int64{500, 500}, []int64{of.Accounts[0].Amount.Int64(), of.Accounts[1].Amount.Int64()})
	total := f.total()
	require.Equal(t, []int64{1_500, 1_000, 3_000}, []int64{total.Amount.Int64(), total.VotingPower.Int64(), total.Bonded.Int64()})
	params, err := f.query.Params(f.ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, types.DefaultParams(), params.Params)
	_, err = f.query.Account(f.ctx, &types.QueryAccountRequest{Address: "alice"})
	require.ErrorIs(t, err, types.ErrInvalidRequest)
	_, err = f.query.Contribution(f.ctx, &types.QueryContributionRequest{})
	require.ErrorIs(t, err, types.ErrInvalidRequest)
}

func TestTheTopIsOfThoseWhoHaveMostAndSaysWhatAllHave(t *testing.T) {
	f := newFixture(t)
	amounts, total, err := f.k.TopMerit(f.ctx, 3)
	require.NoError(t, err)
	require.Empty(t, amounts)
	require.True(t, total.IsZero())
	var rewards []reward
	for id := uint64(1); id <= 5; id++ {
		f.contribution(id, fmt.Sprint("builder ", id))
		rewards = append(rewards, reward{id, id * 1_000})
	}
	f.pay(1, rewards...)
	f.wait(halfLife)
	amounts, total, err = f.k.TopMerit(f.ctx, 3)
	require.NoError(t, err)
	require.Equal(t, []uint64{2_500, 2_000, 1_500}, amounts)
	require.Equal(t, int64(7_500), total.Int64())
	amounts, _, err = f.k.TopMerit(f.ctx, 1_000)
	require.NoError(t, err)
	require.Len(t, amounts, 5)
}
