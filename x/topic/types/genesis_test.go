// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

// validGenesis has topics 1 and 3, the second paused, with what waits for each.
func validGenesis() *types.GenesisState {
	other := validSpec()
	other.Slug = "images"
	paused := types.NewTopic(3, steward, 7, other).Paused(types.Pause{Height: 3, Guardian: account("weal"), ReasonUri: "https://example.org/why", UntilMs: 9})
	paused.GuardableFromMs = 10
	return &types.GenesisState{
		Params:      types.DefaultParams(),
		Topics:      []types.Topic{types.NewTopic(1, "", 0, validSpec()), paused},
		NextTopicId: 4,
		PendingUpdates: []types.PendingUpdate{
			{TopicId: 1, Spec: retitled(validSpec()), Height: 5},
			{TopicId: 3, Spec: retitled(other), Height: 4},
		},
		StewardshipOffers: []types.StewardshipOffer{{TopicId: 1, To: account("weal")}, {TopicId: 3, To: account("weal")}},
	}
}

func retitled(s types.TopicSpec) types.TopicSpec {
	s.Title = "Another title"
	return s
}

// retire ends the second topic.
func retire(g *types.GenesisState) {
	g.Topics[1].Status, g.Topics[1].Pause, g.Topics[1].Deposit = types.STATUS_RETIRED, nil, 0
	g.PendingUpdates, g.StewardshipOffers = g.PendingUpdates[:1], g.StewardshipOffers[:1]
}

func TestAGenesisThatContradictsItselfIsRefused(t *testing.T) {
	cases := map[string]struct {
		change func(*types.GenesisState)
		want   error
	}{
		"params out of bounds":                    {func(g *types.GenesisState) { g.Params.MaxTopics = 0 }, types.ErrInvalidParams},
		"ids begin at one":                        {func(g *types.GenesisState) { g.Topics[0].Id = 0 }, types.ErrInvalidGenesis},
		"an id stands there twice":                {func(g *types.GenesisState) { g.Topics[1].Id = 1 }, types.ErrInvalidGenesis},
		"ids fall":                                {func(g *types.GenesisState) { g.Topics[0].Id, g.Topics[1].Id = 3, 1 }, types.ErrInvalidGenesis},
		"the next id is an old one":               {func(g *types.GenesisState) { g.NextTopicId = 3 }, types.ErrInvalidGenesis},
		"the next id is missing":                  {func(g *types.GenesisState) { g.Topics, g.NextTopicId = nil, 0 }, types.ErrInvalidGenesis},
		"a slug stands there twice":               {func(g *types.GenesisState) { g.Topics[1].Slug = g.Topics[0].Slug }, types.ErrInvalidGenesis},
		"a status is missing":                     {func(g *types.GenesisState) { g.Topics[0].Status = types.STATUS_UNSPECIFIED }, types.ErrInvalidGenesis},
		"a status is unknown":                     {func(g *types.GenesisState) { g.Topics[0].Status = 9 }, types.ErrInvalidGenesis},
		"a pause of one that runs":                {func(g *types.GenesisState) { g.Topics[0].Pause = &types.Pause{Height: 1} }, types.ErrInvalidGenesis},
		"a pause is missing":                      {func(g *types.GenesisState) { g.Topics[1].Pause = nil }, types.ErrInvalidGenesis},
		"a pause from before the chain":           {func(g *types.GenesisState) { g.Topics[1].Pause.Height = -1 }, types.ErrInvalidGenesis},
		"a pause until before time":               {func(g *types.GenesisState) { g.Topics[1].Pause.UntilMs = -1 }, types.ErrInvalidGenesis},
		"a pause that ends, by nobody":            {func(g *types.GenesisState) { g.Topics[1].Pause.Guardian, g.Topics[1].Pause.ReasonUri = "", "" }, types.ErrInvalidGenesis},
		"a pause with grounds, by nobody":         {func(g *types.GenesisState) { g.Topics[1].Pause.Guardian, g.Topics[1].Pause.UntilMs = "", 0 }, types.ErrInvalidGenesis},
		"a pause by no account":                   {func(g *types.GenesisState) { g.Topics[1].Pause.Guardian = "gina" }, types.ErrInvalidGenesis},
		"a pause on grounds that nobody can read": {func(g *types.GenesisState) { g.Topics[1].Pause.ReasonUri = "no" }, types.ErrInvalidGenesis},
		"guardable before a pause is over":        {func(g *types.GenesisState) { g.Topics[1].GuardableFromMs = 9 }, types.ErrInvalidGenesis},
		"guardable before time":                   {func(g *types.GenesisState) { g.Topics[0].GuardableFromMs = -1 }, types.ErrInvalidGenesis},
		"more topics than can live":               {crowd, types.ErrInvalidGenesis},
		"a deposit without a creator":             {func(g *types.GenesisState) { g.Topics[0].Deposit = 1 }, types.ErrInvalidGenesis},
		"a creator that is no account":            {func(g *types.GenesisState) { g.Topics[0].Creator = "alice" }, types.ErrInvalidGenesis},
		"a deposit beyond the bound":              {func(g *types.GenesisState) { g.Topics[1].Deposit = types.MaxPrice + 1 }, types.ErrInvalidGenesis},
		"a deposit for what is retired":           {func(g *types.GenesisState) { retire(g); g.Topics[1].Deposit = 1 }, types.ErrInvalidGenesis},
		"a change of what is retired":             {func(g *types.GenesisState) { p := g.PendingUpdates; retire(g); g.PendingUpdates = p }, types.ErrInvalidGenesis},
		"an offer of what is retired":             {func(g *types.GenesisState) { o := g.StewardshipOffers; retire(g); g.StewardshipOffers = o }, types.ErrInvalidGenesis},
		"two changes of a topic":                  {func(g *types.GenesisState) { g.PendingUpdates[1] = g.PendingUpdates[0] }, types.ErrInvalidGenesis},
		"two offers of a topic":                   {func(g *types.GenesisState) { g.StewardshipOffers[1] = g.StewardshipOffers[0] }, types.ErrInvalidGenesis},
		"a change that is not well formed":        {func(g *types.GenesisState) { g.PendingUpdates[0].Spec.Title = "" }, types.ErrInvalidDescription},
		"a change of a slug":                      {func(g *types.GenesisState) { g.PendingUpdates[0].Spec.Slug = "other" }, types.ErrFieldFixed},
		"a change of nothing":                     {func(g *types.GenesisState) { g.PendingUpdates[0].Spec = validSpec() }, types.ErrNothingChanged},
		"an offer to nobody":                      {func(g *types.GenesisState) { g.StewardshipOffers[0].To = "" }, types.ErrInvalidSteward},
		"a topic is not well formed":              {func(g *types.GenesisState) { g.Topics[1].Metric.Name = "" }, types.ErrInvalidMetric},
		"a topic below the hard bounds":           {func(g *types.GenesisState) { g.Topics[1].Schedule.EpochBlocks = 3 }, types.ErrInvalidSchedule},
		"a topic's steward is of no kind":         {func(g *types.GenesisState) { g.Topics[1].Steward = "alice" }, types.ErrInvalidSteward},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			g := validGenesis()
			c.change(g)
			require.ErrorIs(t, g.Validate(), c.want)
		})
	}
}

// crowd has one paid topic more than may live.
func crowd(g *types.GenesisState) {
	g.Topics, g.PendingUpdates, g.StewardshipOffers = nil, nil, nil
	for id := uint64(1); id <= types.MaxTopics+1; id++ {
		spec := validSpec()
		spec.Slug = fmt.Sprintf("topic-%d", id)
		g.Topics = append(g.Topics, types.NewTopic(id, "", 0, spec))
	}
	g.NextTopicId = types.MaxTopics + 2
}

func TestARetiredSandboxGivesItsSlugFreeAndAPaidTopicKeepsIt(t *testing.T) {
	g := validGenesis()
	retire(g)
	require.NoError(t, g.Validate())
	g.Topics[1].Slug = g.Topics[0].Slug
	require.ErrorIs(t, g.Validate(), types.ErrInvalidGenesis)
	g.Topics[1].Sandbox, g.Topics[1].Pricing = true, types.Pricing{}
	require.NoError(t, g.Validate())
}

func TestDepositsAreTheSumOverTopics(t *testing.T) {
	g := validGenesis()
	g.Topics[0].Creator, g.Topics[0].Deposit = steward, 5
	require.Equal(t, uint64(12), g.Deposits())
}

func TestATopicOutlivesTheParamsItWasOpenedUnder(t *testing.T) {
	g := validGenesis()
	g.Params = types.Params{
		MaxTopics: 1, MinEpochBlocks: 100, MaxEpochBlocks: 200, MaxActive: 1, MaxArtifactBytes: 1,
		TopicDeposit: 1, SandboxDeposit: 1, MaxSandboxesPerSteward: 1,
	}
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
