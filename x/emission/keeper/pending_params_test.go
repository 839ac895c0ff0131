// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/emission/types"
)

// decide lets the authority decide about parameters.
func (f *fixture) decide(change func(*types.Params)) types.Params {
	f.t.Helper()
	coming, err := f.k.ParamsToCome(f.ctx)
	require.NoError(f.t, err)
	change(&coming.Params)
	_, err = f.msg.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority, Params: coming.Params})
	require.NoError(f.t, err)
	return coming.Params
}

// params are those that hold, and those that wait.
func (f *fixture) params() (types.Params, *types.PendingParams) {
	f.t.Helper()
	now, err := f.query.Params(f.ctx, &types.QueryParamsRequest{})
	require.NoError(f.t, err)
	waiting, err := f.query.PendingParams(f.ctx, &types.QueryPendingParamsRequest{})
	require.NoError(f.t, err)
	return now.Params, waiting.Pending
}

func TestParametersAreDecidedAboutByTheAuthorityOnly(t *testing.T) {
	f := newFixture(t)
	f.refused(sdkerrors.ErrUnauthorized, func() error {
		_, err := f.msg.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: text(account("alice")), Params: types.DefaultParams()})
		return err
	})
	f.refused(types.ErrInvalidParams, func() error {
		_, err := f.msg.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority})
		return err
	})
}

func TestParametersWaitForAsLongAsThoseThatHoldSay(t *testing.T) {
	f := newFixture(t)
	before, pending := f.params()
	require.Nil(t, pending)
	after := f.decide(func(p *types.Params) { p.ContributorsBp, p.ParamsDelaySeconds = 5_000, types.MinParamsDelaySeconds })
	holdsFrom := start.Add(24 * time.Hour)
	expected := types.PendingParams{Params: after, HoldsFrom: &holdsFrom}
	require.Equal(t, []*types.EventParamsScheduled{{Authority: authority, Pending: expected}}, said[*types.EventParamsScheduled](f))

	f.block(24*time.Hour - time.Millisecond)
	now, pending := f.params()
	require.Equal(t, before, now)
	require.Equal(t, &expected, pending)

	f.block(time.Millisecond)
	now, pending = f.params()
	require.Equal(t, after, now)
	require.Nil(t, pending)
	require.Equal(t, []*types.EventParamsUpdated{{Params: after}}, said[*types.EventParamsUpdated](f))

	// Only now is the wait shorter.
	f.decide(func(p *types.Params) { p.ContributorsBp = 6_000 })
	f.block(time.Minute)
	now, _ = f.params()
	require.Equal(t, uint32(6_000), now.ContributorsBp)
}

func TestParametersThatWaitAreReplacedByThoseDecidedLater(t *testing.T) {
	f := newFixture(t)
	before, _ := f.params()
	first := f.decide(func(p *types.Params) { p.ContributorsBp = 5_000 })
	_, replaced := f.params()
	f.block(23 * time.Hour)
	second := f.decide(func(p *types.Params) { p.StreamFee = 7 })
	require.Equal(t, []*types.EventParamsReplaced{{Replaced: *replaced}}, said[*types.EventParamsReplaced](f))
	require.Equal(t, first.ContributorsBp, second.ContributorsBp, "what comes after begins with what was to come")

	f.block(23 * time.Hour)
	now, _ := f.params()
	require.Equal(t, before, now)
	f.block(time.Hour)
	now, _ = f.params()
	require.Equal(t, second, now)
}

func TestParametersThatHoldWithdrawThoseThatWait(t *testing.T) {
	f := newFixture(t)
	before, _ := f.params()
	f.decide(func(p *types.Params) { p.ContributorsBp = 5_000 })
	f.decide(func(p *types.Params) { *p = before })
	require.Len(t, said[*types.EventParamsReplaced](f), 1)
	_, pending := f.params()
	require.Nil(t, pending)
	f.block(48 * time.Hour)
	now, _ := f.params()
	require.Equal(t, before, now)
}

func TestParametersBeyondBoundsThatBecameNarrowerAreDropped(t *testing.T) {
	f := newFixture(t)
	before, _ := f.params()
	invalid := before
	invalid.ContributorsBp = types.MaxContributorsBp + 1
	dropped := before.After(invalid, f.ctx.BlockTime())
	require.NoError(t, f.k.PendingParams.Set(f.ctx, dropped))
	f.block(24 * time.Hour)
	now, pending := f.params()
	require.Equal(t, before, now)
	require.Nil(t, pending)
	told := said[*types.EventParamsDropped](f)
	require.Len(t, told, 1)
	require.Equal(t, dropped, told[0].Dropped)
	require.Contains(t, told[0].Reason, "contributors_bp is 9001: choose 1000 to 9000")
}

func TestAnEpochIsPaidByTheParametersThatStoodWhenItBegan(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.issue(10)
	require.NoError(t, f.k.ScoringHooks().AfterEpochOpened(f.ctx, 1, 1))
	before, _ := f.params()
	after := f.decide(func(p *types.Params) { p.ContributorsBp, p.MaturityEpochs, p.CarryEpochs = 9_000, 0, 1 })
	f.block(24 * time.Hour)
	now, _ := f.params()
	require.Equal(t, after, now)

	f.pay(scored(1, 1, []uint64{id}, one))
	first := f.payment(1, 1)
	require.Equal(t, types.NewBudget(first.Budget, before.ContributorsBp, 0).Contributors, first.ContributorsPart)
	require.False(t, first.Matured, "it waits for as many epochs as when it began")
	matures := func() uint64 {
		x, err := f.query.Explain(f.ctx, &types.QueryExplainRequest{ContributionId: id, Epoch: 1})
		require.NoError(t, err)
		return x.MaturesEpoch
	}
	require.EqualValues(t, 2, matures(), "the next epoch begins with what holds now")

	f.issue(1)
	require.NoError(t, f.k.ScoringHooks().AfterEpochOpened(f.ctx, 1, 2))
	f.pay(scored(1, 2, []uint64{id}, one))
	second := f.payment(1, 2)
	require.Equal(t, types.NewBudget(second.Budget, after.ContributorsBp, 0).Contributors, second.ContributorsPart)
	require.True(t, second.Matured)
	f.audit()
}

func TestWhenARewardMaturesIsToldByWhatTheRunningEpochBeganWith(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.issue(10)
	f.pay(scored(1, 1, []uint64{id}, one))
	before, _ := f.params()
	require.NoError(t, f.k.ScoringHooks().AfterEpochOpened(f.ctx, 1, 2))
	for _, tc := range []struct {
		epochs uint32
		want   uint64
	}{{before.MaturityEpochs + 5, 1 + uint64(before.MaturityEpochs) + 5}, {3, 4}, {0, 3}} {
		f.decide(func(p *types.Params) { p.MaturityEpochs, p.CarryEpochs = tc.epochs, 1 })
		f.block(24 * time.Hour)
		x, err := f.query.Explain(f.ctx, &types.QueryExplainRequest{ContributionId: id})
		require.NoError(t, err)
		require.Equal(t, tc.want, x.MaturesEpoch, "%d epochs; epoch 2 still waits for %d", tc.epochs, before.MaturityEpochs)
		_, err = f.msg.Claim(f.ctx, &types.MsgClaim{Contributor: text(account("alice"))})
		require.ErrorContains(t, err, fmt.Sprintf("once epoch %d of topic 1 is paid", tc.want))
	}
}

func TestAPaymentInPiecesIsOfOneSetOfParameters(t *testing.T) {
	f := newFixture(t)
	f.k.SetTileSize(1)
	var ids, incentives []uint64
	for range 4 {
		ids, incentives = append(ids, f.contribution(1, "alice", "alice")), append(incentives, one/4)
	}
	f.issue(10)
	hooks, epoch := f.k.ScoringHooks(), scored(1, 1, ids, incentives...).Scored()
	require.NoError(t, hooks.AfterEpochOpened(f.ctx, 1, 1))
	before, _ := f.params()
	f.decide(func(p *types.Params) { p.ContributorsBp, p.MaturityEpochs = 1_000, 0 })
	require.NoError(t, hooks.BeginRewards(f.ctx, epoch))
	_, whole, err := hooks.GoOnRewards(f.ctx, epoch, 1)
	require.NoError(t, err)
	require.False(t, whole)
	f.block(24 * time.Hour)
	for !whole {
		_, whole, err = hooks.GoOnRewards(f.ctx, epoch, 1)
		require.NoError(t, err)
	}
	require.NoError(t, hooks.AfterEpochScored(f.ctx, epoch))
	paid := f.payment(1, 1)
	require.Equal(t, types.NewBudget(paid.Budget, before.ContributorsBp, 0).Contributors, paid.ContributorsSpent)
	require.False(t, paid.Matured)
	f.audit()
}

func TestGenesisHoldsParametersToComeAndThoseOfRunningEpochs(t *testing.T) {
	f := newFixture(t)
	f.issue(1)
	require.NoError(t, f.k.ScoringHooks().AfterEpochOpened(f.ctx, 1, 4))
	before, _ := f.params()
	after := f.decide(func(p *types.Params) { p.ContributorsBp = 5_000 })
	state, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.Equal(t, []types.PinnedParams{{TopicId: 1, Epoch: 4, Params: before}}, state.PinnedParams)

	g := resumed(t, f)
	g.t = t
	again, err := g.k.ExportGenesis(g.ctx)
	require.NoError(t, err)
	require.Equal(t, state, again)
	g.block(24 * time.Hour)
	now, _ := g.params()
	require.Equal(t, after, now)

	for name, tc := range map[string]struct {
		spoil    func(*types.GenesisState)
		expected error
	}{
		"parameters that wait for no time":     {func(s *types.GenesisState) { s.PendingParams.HoldsFrom = nil }, types.ErrInvalidGenesis},
		"parameters that wait out of bounds":   {func(s *types.GenesisState) { s.PendingParams.Params.MaxGapMs = 0 }, types.ErrInvalidParams},
		"parameters of no epoch":               {func(s *types.GenesisState) { s.PinnedParams[0].Epoch = 0 }, types.ErrInvalidGenesis},
		"parameters of no topic":               {func(s *types.GenesisState) { s.PinnedParams[0].TopicId = 0 }, types.ErrInvalidGenesis},
		"parameters of an epoch out of bounds": {func(s *types.GenesisState) { s.PinnedParams[0].Params.MaxGapMs = 0 }, types.ErrInvalidParams},
		"parameters of a topic's epoch, twice": {func(s *types.GenesisState) { s.PinnedParams = append(s.PinnedParams, s.PinnedParams[0]) }, types.ErrInvalidGenesis},
	} {
		t.Run(name, func(t *testing.T) {
			state, err := f.k.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, state.Validate())
			tc.spoil(state)
			require.ErrorIs(t, state.Validate(), tc.expected)
		})
	}
}
