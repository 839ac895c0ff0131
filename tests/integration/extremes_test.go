// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"math"
	"strings"
	"testing"

	gogoproto "github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// extreme is a topic at a bound of one of its numbers.
type extreme struct {
	path string
	at   string
	set  func(*topictypes.Topic)
}

// extremes has both bounds of every number that a topic has. The longest epoch is in
// TestTheLongestEpochRunsToItsEnd.
var extremes = []extreme{
	{"metric.worst", "the lowest", func(t *topictypes.Topic) {
		t.Metric.Direction, t.Metric.Worst, t.Metric.Best = topictypes.DIRECTION_HIGHER_IS_BETTER, math.MinInt64, math.MaxInt64
	}},
	{"metric.best", "the lowest", func(t *topictypes.Topic) { t.Metric.Worst, t.Metric.Best = math.MaxInt64, math.MinInt64 }},
	{"metric.exponent", "the least", func(t *topictypes.Topic) { t.Metric.Exponent = 0 }},
	{"metric.exponent", "the most", func(t *topictypes.Topic) { t.Metric.Exponent = topictypes.MaxExponent }},
	{"artifact_rules.max_bytes", "the most", func(t *topictypes.Topic) { t.ArtifactRules.MaxBytes = math.MaxUint64 }},
	{"artifact_rules.max_bytes", "the least", func(t *topictypes.Topic) { t.ArtifactRules.MaxBytes = 1 }},
	{"schedule.epoch_blocks", "the least", func(t *topictypes.Topic) { t.Schedule.EpochBlocks, t.Schedule.RevealBlocks = 4, 2 }},
	{"schedule.reveal_blocks", "the least", func(t *topictypes.Topic) { t.Schedule.RevealBlocks = 1 }},
	{"schedule.reveal_blocks", "the most", func(t *topictypes.Topic) { t.Schedule.RevealBlocks = t.Schedule.EpochBlocks - 1 }},
	{"schedule.max_active", "the least", func(t *topictypes.Topic) { t.Schedule.MaxActive = 1 }},
	{"schedule.max_active", "the most", func(t *topictypes.Topic) { t.Schedule.MaxActive = topictypes.MaxActive }},
	{"schedule.immunity_epochs", "the least", func(t *topictypes.Topic) { t.Schedule.ImmunityEpochs = 0 }},
	{"schedule.immunity_epochs", "the most", func(t *topictypes.Topic) { t.Schedule.ImmunityEpochs = topictypes.MaxImmunityEpochs }},
	{"scoring.dividend_rule", "innovation", func(t *topictypes.Topic) { t.Scoring.DividendRule = topictypes.DIVIDEND_RULE_INNOVATION }},
	{"scoring.score_rule", "the median", func(t *topictypes.Topic) { t.Scoring.ScoreRule = topictypes.SCORE_RULE_MEDIAN }},
	{"scoring.reward_rule", "the frontier", func(t *topictypes.Topic) { t.Scoring.RewardRule = topictypes.REWARD_RULE_FRONTIER }},
	{"scoring.baseline", "the least", func(t *topictypes.Topic) {
		t.Scoring.RewardRule, t.Scoring.Baseline = topictypes.REWARD_RULE_FRONTIER, 1
	}},
	{"scoring.baseline", "the most", func(t *topictypes.Topic) {
		t.Scoring.RewardRule, t.Scoring.Baseline = topictypes.REWARD_RULE_FRONTIER, topictypes.MaxBaseline
	}},
	{"scoring.coverage", "the least", func(t *topictypes.Topic) {
		t.Scoring.ScoreRule, t.Scoring.Coverage = topictypes.SCORE_RULE_MEDIAN, topictypes.MinCoverage
	}},
	{"scoring.coverage", "the most", func(t *topictypes.Topic) {
		t.Scoring.ScoreRule, t.Scoring.Coverage = topictypes.SCORE_RULE_MEDIAN, topictypes.MaxCoverage
	}},
	{"scoring.sharpness", "the least", func(t *topictypes.Topic) { t.Scoring.Sharpness = 0 }},
	{"scoring.sharpness", "the most", func(t *topictypes.Topic) { t.Scoring.Sharpness = topictypes.MaxSharpness }},
	{"scoring.kappa_bp", "the least", func(t *topictypes.Topic) { t.Scoring.KappaBp = topictypes.MinKappaBp }},
	{"scoring.kappa_bp", "the most", func(t *topictypes.Topic) { t.Scoring.KappaBp = topictypes.MaxKappaBp }},
	{"scoring.bond_penalty_bp", "the least", func(t *topictypes.Topic) { t.Scoring.BondPenaltyBp = 0 }},
	{"scoring.bond_penalty_bp", "the most", func(t *topictypes.Topic) { t.Scoring.BondPenaltyBp = topictypes.BasisPoints }},
	{"scoring.bonds_moving_average_bp", "the least", func(t *topictypes.Topic) { t.Scoring.BondsMovingAverageBp = 0 }},
	{"scoring.bonds_moving_average_bp", "the most", func(t *topictypes.Topic) { t.Scoring.BondsMovingAverageBp = topictypes.BasisPoints }},
	{"steward_bp", "the least", func(t *topictypes.Topic) { t.StewardBp = 0 }},
	{"steward_bp", "the most", func(t *topictypes.Topic) { t.StewardBp = topictypes.MaxStewardBp }},
	{"pricing.base_price", "the least", func(t *topictypes.Topic) { t.Pricing.BasePrice = 1 }},
	{"pricing.base_price", "the most", func(t *topictypes.Topic) {
		t.Pricing.BasePrice, t.Pricing.MaxPrice = topictypes.MaxPrice, topictypes.MaxPrice
	}},
	{"pricing.max_price", "the least", func(t *topictypes.Topic) { t.Pricing.BasePrice, t.Pricing.MaxPrice = 1, 1 }},
	{"pricing.max_price", "the most", func(t *topictypes.Topic) { t.Pricing.MaxPrice = topictypes.MaxPrice }},
	{"pricing.multiplier_bp", "the least", func(t *topictypes.Topic) { t.Pricing.MultiplierBp = topictypes.MinMultiplierBp }},
	{"pricing.multiplier_bp", "the most", func(t *topictypes.Topic) { t.Pricing.MultiplierBp = topictypes.MaxMultiplierBp }},
	{"pricing.half_life_seconds", "the least", func(t *topictypes.Topic) { t.Pricing.HalfLifeSeconds = 1 }},
	{"pricing.half_life_seconds", "the most", func(t *topictypes.Topic) { t.Pricing.HalfLifeSeconds = topictypes.MaxHalfLifeSeconds }},
	{"pricing.bond", "the least", func(t *topictypes.Topic) { t.Pricing.Bond = 0 }},
	{"pricing.bond", "the most", func(t *topictypes.Topic) { t.Pricing.Bond = topictypes.MaxPrice }},
}

// plenty is what each account owns there, in uweal: enough for the highest price and bond.
const plenty = 2_100_000 * app.UnitsPerWeal

// edge is a world whose first topic is changed.
func edge(t testing.TB, set func(*topictypes.Topic)) *world {
	t.Helper()
	return newWorld(t, quick, chain.WithAccounts(4), chain.WithBalance(plenty), chain.WithModuleGenesis(topictypes.ModuleName, func(g *topictypes.GenesisState) {
		set(&g.Topics[0])
	}))
}

func TestATopicAtEachOfItsBoundsRunsThroughAnEpoch(t *testing.T) {
	for _, e := range extremes {
		t.Run(e.path+" at "+e.at, func(t *testing.T) {
			w := edge(t, e.set)
			m := &model{owner: w.Accounts[0], bytes: "m"}
			w.enter(goTopic, m)
			epoch := w.play(goTopic, w.unanimous(entry(m, 65_535)))
			require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
			if epoch.Scoring.RewardRule == topictypes.REWARD_RULE_FRONTIER {
				require.Zero(t, w.payment(goTopic, epoch.Number).ContributorsSpent, "windows are open yet")
			} else {
				require.Positive(t, w.payment(goTopic, epoch.Number).ContributorsSpent)
			}
			// Nor does what such an epoch leaves behind hold the next one up.
			next := w.play(goTopic, w.unanimous(entry(m, 1)))
			require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, next.Status, next.VoidReason)
		})
	}
}

// TestNoNumberOfATopicIsWithoutItsExtremes compares the table with the message.
func TestNoNumberOfATopicIsWithoutItsExtremes(t *testing.T) {
	listed := map[string]bool{"schedule.epoch_blocks": true}
	for _, e := range extremes {
		listed[e.path] = true
	}
	desc, err := gogoproto.HybridResolver.FindDescriptorByName("weal.topic.v1.TopicSpec")
	require.NoError(t, err)
	var walk func(protoreflect.MessageDescriptor, string)
	walk = func(message protoreflect.MessageDescriptor, prefix string) {
		for i := range message.Fields().Len() {
			field := message.Fields().Get(i)
			path := prefix + string(field.Name())
			switch {
			case field.Kind() == protoreflect.MessageKind:
				walk(field.Message(), path+".")
			case strings.Contains(field.Kind().String(), "int"):
				require.True(t, listed[path], "%s: add the topics at its bounds", path)
			}
		}
	}
	walk(desc.(protoreflect.MessageDescriptor), "")
}

// leap goes on at a later height, as if all blocks between had been empty: the state is
// exported and begins another chain there.
func (w *world) leap(height int64) *world {
	w.t.Helper()
	exported := w.Export()
	exported.Height = height + 1
	return wrap(w.t, chain.Import(w.t, w.Chain, exported))
}

func TestTheLongestEpochRunsToItsEnd(t *testing.T) {
	w := edge(t, func(topic *topictypes.Topic) {
		topic.Schedule.EpochBlocks, topic.Schedule.RevealBlocks = topictypes.MaxEpochBlocks, 4
	})
	m := &model{owner: w.Accounts[0], bytes: "m"}
	w.commitAll(goTopic, m)
	w.revealAll(m)
	clock, err := w.App.Scoring.Clocks.Get(w.Ctx(), goTopic)
	require.NoError(t, err)
	w = w.leap(clock.NextStart - 2)
	epoch := w.open(goTopic)
	require.Equal(t, int64(topictypes.MaxEpochBlocks), epoch.EndHeight-epoch.StartHeight+1)
	ballots := w.unanimous(entry(m, 7))(epoch)
	for _, b := range ballots {
		w.mustBlock(w.Sign(0, b.commit()))
	}
	w = w.leap(epoch.RevealHeight - 1)
	reveals := make([][]byte, len(ballots))
	for i, b := range ballots {
		reveals[i] = w.Sign(0, b.reveal())
	}
	w.mustBlock(reveals...)
	w.RunTo(epoch.EndHeight)
	closed := w.closed(goTopic, epoch.Number)
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, closed.Status, closed.VoidReason)
}

func TestATopicOpenedUnderTheParamsAtTheirBoundsRunsThroughAnEpoch(t *testing.T) {
	for name, params := range map[string]topictypes.Params{
		"the narrowest": {
			MaxTopics: 3, MinEpochBlocks: 4, MaxEpochBlocks: 4, MaxActive: 1, MaxArtifactBytes: 1,
			OpenCreation: true, TopicDeposit: 1, SandboxDeposit: 1, MaxSandboxesPerSteward: 1,
		},
		"the widest": {
			MaxTopics: 10_000, MinEpochBlocks: 4, MaxEpochBlocks: 1_000_000, MaxActive: 65_536, MaxArtifactBytes: math.MaxUint64,
			OpenCreation: true, TopicDeposit: topictypes.MaxPrice, SandboxDeposit: topictypes.MaxPrice, MaxSandboxes: 10_000, MaxSandboxesPerSteward: 100,
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := edge(t, func(*topictypes.Topic) {})
			w.MustGovern(&topictypes.MsgUpdateParams{Authority: app.Authority(), Params: params})
			steward := w.Accounts[3]
			spec := topic(0, "edge", clock{EpochBlocks: 4, RevealBlocks: 2, MaxActive: params.MaxActive}).Spec()
			spec.Steward, spec.ArtifactRules.MaxBytes = steward.String(), params.MaxArtifactBytes
			id := w.openTopic(steward, spec)
			m := &model{owner: w.Accounts[0], bytes: "m"}
			w.enter(id, m)
			epoch := w.play(id, w.unanimous(entry(m, 7)))
			require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
		})
	}
}
