// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/scoring/types"
)

// raced is a race with a ledger, windows that are open, one that was decided, one that was removed, and one that is
// withdrawn.
func raced(t *testing.T) *race {
	t.Helper()
	r := newRace(t, 4, 100, 30)
	r.enter(1, "ann", 30_000)
	r.play(settle)
	r.enter(2, "bob", 32_000)
	r.enter(3, "eve", 31_000)
	r.play(settle + 1)
	require.NoError(t, r.k.ContributionHooks().AfterContributionRemoved(r.ctx, 3))
	r.leave(3)
	r.enter(4, "cid", 34_000)
	r.play(5)
	require.NoError(t, r.k.ContributionHooks().AfterContributionWithdrawn(r.ctx, 2))
	return r
}

func TestAChainThatBeginsInTheMiddleOfAWindowGoesOnEqually(t *testing.T) {
	r := raced(t)
	gs, err := r.k.ExportGenesis(r.ctx)
	require.NoError(t, err)
	require.NotEmpty(t, gs.Frontiers)
	require.NotEmpty(t, gs.WindowOutcomes)
	require.Equal(t, []types.FrontierEnding{{TopicId: 1, ContributionId: 2}}, gs.FrontierEndings)
	other := *r
	other.world = r.reborn()
	require.Equal(t, r.exported(), other.exported())
	require.Equal(t, string(r.dump()), string(other.dump()))
	for n := range uint64(18) {
		for _, chain := range []*race{r, &other} {
			chain.rng = rand.New(rand.NewPCG(n, 5))
			chain.play(1)
		}
		require.Equal(t, string(r.dump()), string(other.dump()))
	}
	ledger, err := other.k.Ledger(other.ctx, 1)
	require.NoError(t, err)
	require.Len(t, ledger.Segments, 3)
	require.Equal(t, uint64(4), ledger.Segments[2].ContributionId)
	require.True(t, ledger.Segments[1].Withdrawn)
}

func TestGenesisWithAFrontierThatCannotBeIsRefused(t *testing.T) {
	last := func(gs *types.GenesisState) *types.FrontierEpoch { return &gs.Frontiers[len(gs.Frontiers)-1] }
	for name, tc := range map[string]struct {
		spoil func(gs *types.GenesisState)
		says  string
	}{
		"a frontier of no topic":           {func(gs *types.GenesisState) { last(gs).TopicId = 9 }, "topic 9 has no clock"},
		"a frontier of the future":         {func(gs *types.GenesisState) { last(gs).Epoch = 99 }, "epoch is 99 of"},
		"a frontier that starts from none": {func(gs *types.GenesisState) { last(gs).FromEpoch = last(gs).Epoch }, "expected one before it"},
		"frontiers in disorder": {func(gs *types.GenesisState) {
			gs.Frontiers[0], gs.Frontiers[1] = gs.Frontiers[1], gs.Frontiers[0]
		}, "frontiers[1]"},
		"a state that is none":            {func(gs *types.GenesisState) { last(gs).State = []byte{7} }, "version is 7"},
		"a measure cut short":             {func(gs *types.GenesisState) { last(gs).Measure = nil }, "measure is 0 bytes"},
		"shares above all":                {func(gs *types.GenesisState) { last(gs).Shares[0].Stock = 1<<32 + 1 }, "more than all"},
		"shares in disorder":              {func(gs *types.GenesisState) { last(gs).Shares[0].ContributionId = 0 }, "expected them to rise"},
		"withdrawals in disorder":         {func(gs *types.GenesisState) { last(gs).Withdrawn = []uint64{2, 2} }, "rise strictly"},
		"bars in disorder":                {func(gs *types.GenesisState) { last(gs).Barred = []types.Removal{{}} }, "is barred behind"},
		"no frontier to start from":       {func(gs *types.GenesisState) { gs.Clocks[0].FrontierEpoch = 0; gs.Frontiers = nil }, "there is none"},
		"a clock without its frontier":    {func(gs *types.GenesisState) { gs.Clocks[0].FrontierEpoch = 99 }, "frontier_epoch is 99"},
		"an outcome in no epoch":          {func(gs *types.GenesisState) { gs.WindowOutcomes[0].Epoch = 99 }, "epoch 99 of topic 1 is missing"},
		"an outcome of nothing":           {func(gs *types.GenesisState) { gs.WindowOutcomes[0].ContributionId = 0 }, "contribution is 0"},
		"an outcome without verdict":      {func(gs *types.GenesisState) { gs.WindowOutcomes[0].Verdict = 0 }, "VERDICT_UNSPECIFIED"},
		"outcomes twice":                  {func(gs *types.GenesisState) { gs.WindowOutcomes[1] = gs.WindowOutcomes[0] }, "drop doubles"},
		"an ending of no topic":           {func(gs *types.GenesisState) { gs.FrontierEndings[0].TopicId = 9 }, "frontier_endings[0]"},
		"an ending twice":                 {func(gs *types.GenesisState) { gs.FrontierEndings = append(gs.FrontierEndings, gs.FrontierEndings...) }, "frontier_endings[1]"},
		"an epoch of an unknown rule":     {func(gs *types.GenesisState) { gs.Epochs[0].Scoring.RewardRule = 9 }, "expected PROPORTIONAL or FRONTIER"},
		"an epoch with a baseline at top": {func(gs *types.GenesisState) { gs.Epochs[0].Scoring.Baseline = 65_535 }, "at most 65534"},
	} {
		t.Run(name, func(t *testing.T) {
			r := raced(t)
			gs, err := r.k.ExportGenesis(r.ctx)
			require.NoError(t, err)
			tc.spoil(gs)
			r.open()
			r.refuses(types.ErrInvalidGenesis, tc.says, func() error { return r.k.InitGenesis(r.ctx, *gs) })
		})
	}
}
