// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/x/emission/types"
)

func TestConcentrationIsOfStakeOfScoringPowerAndOfWhatContributorsWereGiven(t *testing.T) {
	f := newFixture(t)
	require.NoError(t, f.stake.delegate("alice", "val1", 900))
	require.NoError(t, f.stake.delegate("alice", "val2", 100))
	mine, also, other := f.contribution(1, "alice", "alice"), f.contribution(1, "alice", "safe"), f.contribution(1, "bob", "bob")
	f.issue(2)
	for epoch := uint64(1); epoch <= 9; epoch++ {
		f.pay(scored(1, epoch, []uint64{mine, also, other}, one/2, one/4, one/4))
		f.issue(1)
	}
	response, err := f.query.Concentration(f.ctx, &types.QueryConcentrationRequest{TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, types.Concentration{Holders: 2, Total: 1_000, GiniPpm: 400_000, HerfindahlPpm: 820_000, NakamotoThird: 1, NakamotoHalf: 1}, response.Stake)
	require.Equal(t, response.Stake, response.ScoringPower, "nothing is capped of two")
	require.Equal(t, uint32(8), response.Epochs)
	total := uint64(0)
	for epoch := uint64(2); epoch <= 9; epoch++ {
		total += f.payment(1, epoch).ContributorsSpent
	}
	require.Equal(t, total, response.Rewards.Total)
	require.Equal(t, uint64(2), response.Rewards.Holders, "alice is one, however many contributions she has")
	require.InDelta(t, 250_000, response.Rewards.GiniPpm, 10)
	require.InDelta(t, 625_000, response.Rewards.HerfindahlPpm, 10)

	f.k.SetMerit(fakeMerit{60, 30, 10})
	response, err = f.query.Concentration(f.ctx, &types.QueryConcentrationRequest{})
	require.NoError(t, err)
	require.Equal(t, types.Concentration{Holders: 3, Total: 100, GiniPpm: 333_333, HerfindahlPpm: 460_000, NakamotoThird: 1, NakamotoHalf: 1}, response.Merit)
	require.Equal(t, uint64(500_000), response.MeritPpm, "as much have others")
	f.k.SetMerit(types.NoMerit{})

	none, err := f.query.Concentration(f.ctx, &types.QueryConcentrationRequest{})
	require.NoError(t, err)
	require.Zero(t, none.Rewards)
	require.Zero(t, none.Merit)
	require.Zero(t, none.MeritPpm)
	_, err = f.query.Concentration(f.ctx, &types.QueryConcentrationRequest{TopicId: 9})
	require.Equal(t, codes.NotFound, status.Code(err))
	failAtEveryAccess(t, f, func(f *fixture, ctx context.Context) error {
		_, err := f.query.Concentration(ctx, &types.QueryConcentrationRequest{TopicId: 1})
		return err
	})
}

// fakeMerit is what those have who have most; all others together have as much.
type fakeMerit []uint64

func (f fakeMerit) TopMerit(_ context.Context, limit int) ([]uint64, math.Int, error) {
	total := math.ZeroInt()
	for _, amount := range f {
		total = total.Add(math.NewIntFromUint64(2 * amount))
	}
	return f[:min(limit, len(f))], total, nil
}
