// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

// validGenesis has topics 1 and 3, the second paused.
func validGenesis() *types.GenesisState {
	other := validSpec()
	other.Slug = "images"
	paused := types.NewTopic(3, other)
	paused.Status = types.STATUS_PAUSED
	return &types.GenesisState{
		Params:      types.DefaultParams(),
		Topics:      []types.Topic{types.NewTopic(1, validSpec()), paused},
		NextTopicId: 4,
	}
}

func TestAGenesisThatContradictsItselfIsRefused(t *testing.T) {
	cases := map[string]struct {
		change func(*types.GenesisState)
		want   error
	}{
		"params out of bounds":            {func(g *types.GenesisState) { g.Params.MaxTopics = 0 }, types.ErrInvalidParams},
		"ids begin at one":                {func(g *types.GenesisState) { g.Topics[0].Id = 0 }, types.ErrInvalidGenesis},
		"an id stands there twice":        {func(g *types.GenesisState) { g.Topics[1].Id = 1 }, types.ErrInvalidGenesis},
		"ids fall":                        {func(g *types.GenesisState) { g.Topics[0].Id, g.Topics[1].Id = 3, 1 }, types.ErrInvalidGenesis},
		"the next id is an old one":       {func(g *types.GenesisState) { g.NextTopicId = 3 }, types.ErrInvalidGenesis},
		"the next id is missing":          {func(g *types.GenesisState) { g.Topics, g.NextTopicId = nil, 0 }, types.ErrInvalidGenesis},
		"a slug stands there twice":       {func(g *types.GenesisState) { g.Topics[1].Slug = g.Topics[0].Slug }, types.ErrInvalidGenesis},
		"a status is missing":             {func(g *types.GenesisState) { g.Topics[0].Status = types.STATUS_UNSPECIFIED }, types.ErrInvalidGenesis},
		"a status is unknown":             {func(g *types.GenesisState) { g.Topics[0].Status = 9 }, types.ErrInvalidGenesis},
		"more topics than can be":         {func(g *types.GenesisState) { g.Topics = make([]types.Topic, 10_001) }, types.ErrInvalidGenesis},
		"a topic is not well formed":      {func(g *types.GenesisState) { g.Topics[1].Metric.Name = "" }, types.ErrInvalidMetric},
		"a topic below the hard bounds":   {func(g *types.GenesisState) { g.Topics[1].Schedule.EpochBlocks = 3 }, types.ErrInvalidSchedule},
		"a topic's steward is of no kind": {func(g *types.GenesisState) { g.Topics[1].Steward = "alice" }, types.ErrInvalidSteward},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			g := validGenesis()
			c.change(g)
			require.ErrorIs(t, g.Validate(), c.want)
		})
	}
}

func TestATopicOutlivesTheParamsItWasOpenedUnder(t *testing.T) {
	g := validGenesis()
	g.Params = types.Params{MaxTopics: 1, MinEpochBlocks: 100, MaxEpochBlocks: 200, MaxActive: 1, MaxArtifactBytes: 1}
	require.NoError(t, g.Validate())

	wide := validGenesis()
	wide.Topics[0].Schedule = types.Schedule{EpochBlocks: 1_000_000, RevealBlocks: 1, MaxActive: 65_536}
	wide.Topics[1].Schedule = types.Schedule{EpochBlocks: 4, RevealBlocks: 3, MaxActive: 1}
	wide.Topics[1].ArtifactRules.MaxBytes = math.MaxUint64
	require.NoError(t, wide.Validate())
}

func TestTheGenesisOfANewChainIsValid(t *testing.T) {
	require.NoError(t, types.DefaultGenesisState().Validate())
	require.NoError(t, validGenesis().Validate())
}
