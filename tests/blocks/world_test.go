// SPDX-License-Identifier: Apache-2.0

package blocks_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	"github.com/weal-network/weal/testutil/cpu"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// scale is what is due at one height.
type scale struct {
	topics, contributions, validators int
	// rules are how the topics are scored: the published ones if it has no name.
	rules rules
}

// rules are a choice of a topic's.
type rules struct {
	name   string
	choose func(*topictypes.Scoring)
}

func (s scale) String() string {
	text := fmt.Sprintf("%d topics of %d x %d", s.topics, s.contributions, s.validators)
	if s.rules.name != "" {
		text += " " + s.rules.name
	}
	return text
}

// scoring is that of every topic.
func (s scale) scoring() topictypes.Scoring {
	scoring := topictypes.Scoring{
		Rule: topictypes.RULE_YUMA3, KappaBp: 5000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9000,
		RewardRule: topictypes.REWARD_RULE_PROPORTIONAL, ScoreRule: topictypes.SCORE_RULE_CLIPPED_SUM, DividendRule: topictypes.DIVIDEND_RULE_BONDS,
	}
	if s.rules.choose != nil {
		s.rules.choose(&scoring)
	}
	return scoring
}

const (
	// bonded is how many validators the chain has, whoever of them scores: a block of many costs more, also one that has
	// nothing to do.
	bonded = 256
	// epochBlocks is enough for all to be closed before the next ones end.
	epochBlocks = 80
	// firstBlock is the first of the topics' first epochs.
	firstBlock = 4
)

// world is a chain on which epochs of many topics end at one height, and all rows are revealed.
type world struct {
	*chain.Chain
	scale scale
}

// newWorld returns a chain on which all topics have a scored epoch behind them, and the next one ends with the next
// block. State is written as transactions would have left it; they are not what is measured.
func newWorld(b testing.TB, s scale) *world {
	b.Helper()
	app.Seal()
	contributor := chain.NewAccount("contributor").String()
	c := chain.New(b,
		chain.WithValidators(bonded),
		chain.WithModuleGenesis(stakingtypes.ModuleName, func(g *stakingtypes.GenesisState) { g.Params.MaxValidators = bonded }),
		chain.WithModuleGenesis(topictypes.ModuleName, func(g *topictypes.GenesisState) {
			for id := range uint64(s.topics) {
				g.Topics = append(g.Topics, newTopic(id+1, uint32(s.contributions), s.scoring()))
			}
			g.NextTopicId = uint64(s.topics) + 1
		}),
		chain.WithModuleGenesis(contributiontypes.ModuleName, func(g *contributiontypes.GenesisState) { contribute(g, s, contributor) }),
		chain.WithModuleGenesis(scoringtypes.ModuleName, func(g *scoringtypes.GenesisState) {
			g.Params.MaxValidators = uint32(s.validators)
			g.Params.MaxOpeningsPerBlock, g.Params.MaxCellsPerBlock = uint32(s.topics), 1<<40
			for id := range uint64(s.topics) {
				g.Clocks = append(g.Clocks, scoringtypes.Clock{TopicId: id + 1, NextStart: firstBlock})
			}
		}),
		chain.WithModuleGenesis(emissiontypes.ModuleName, func(g *emissiontypes.GenesisState) {
			for id := range uint64(s.topics) {
				g.TopicAccounts = append(g.TopicAccounts, emissiontypes.TopicAccount{TopicId: id + 1, ShareBp: uint32(10_000 / s.topics)})
			}
		}),
	)
	c.Stopwatch = cpu.Used
	w := &world{Chain: c, scale: s}
	w.playEpoch(b)
	w.NextBlock()
	w.playEpoch(b)
	w.Tamper(func(ctx sdk.Context) {
		params := scoringtypes.DefaultParams()
		params.MaxValidators = uint32(s.validators)
		params.KeepEpochs = 1
		require.NoError(b, w.App.Scoring.Params.Set(ctx, params))
	})
	return w
}

func newTopic(id uint64, maxActive uint32, scoring topictypes.Scoring) topictypes.Topic {
	digest := sha256.Sum256(fmt.Append(nil, id))
	return topictypes.Topic{
		Id: id, Slug: fmt.Sprint("topic-", id), Title: "Models", Steward: chain.NewAccount("steward").String(),
		Status: topictypes.STATUS_ACTIVE, Access: topictypes.ACCESS_OPEN,
		Metric: topictypes.Metric{Name: "bits_per_byte", Unit: "bit/B", Direction: topictypes.DIRECTION_LOWER_IS_BETTER, Worst: 8_000_000, Exponent: 6},
		Evaluation: topictypes.Evaluation{
			Kind: "onnx-bits-per-byte", SpecUri: "https://example.org/spec.json", SpecSha256: digest[:], CorpusSha256: digest[:],
		},
		ArtifactRules: topictypes.ArtifactRules{MediaTypes: []string{"application/onnx"}, MaxBytes: 1 << 20},
		Schedule:      topictypes.Schedule{EpochBlocks: epochBlocks, RevealBlocks: 2, MaxActive: maxActive, ImmunityEpochs: 1},
		Pricing:       topictypes.Pricing{BasePrice: 1, MaxPrice: 1, MultiplierBp: 10_000, HalfLifeSeconds: 1}, // and no bond, which the bank would have to hold
		Scoring:       scoring,
	}
}

// contribute fills the topics with active contributions, of which every third builds on the one before it.
func contribute(g *contributiontypes.GenesisState, s scale, contributor string) {
	id := uint64(0)
	for topic := range uint64(s.topics) {
		set := contributiontypes.ActiveSet{TopicId: topic + 1}
		for i := range s.contributions {
			id++
			digest := sha256.Sum256(fmt.Append(nil, "artifact", id))
			c := contributiontypes.Contribution{
				Id: id, TopicId: topic + 1, Contributor: contributor, Payout: contributor, Hash: digest[:], CommittedHeight: 1, RevealDeadline: 3, RevealedHeight: 2,
				Artifact: contributiontypes.Artifact{Sha256: digest[:], Size_: 1, MediaType: "application/onnx", Uris: []string{"https://example.org/a"}},
				Status:   contributiontypes.STATUS_ACTIVE,
			}
			if i%3 == 2 {
				c.Parents = []contributiontypes.Parent{{Id: id - 1, ShareBp: 1000}}
			}
			g.Contributions = append(g.Contributions, c)
			set.Entries = append(set.Entries, contributiontypes.ActiveEntry{Id: id, ActivatedEpoch: 1})
		}
		g.ActiveSets = append(g.ActiveSets, set)
		g.TopicStates = append(g.TopicStates, contributiontypes.TopicState{TopicId: topic + 1, Places: uint32(s.contributions)})
	}
	g.NextContributionId = id + 1
}

// playEpoch lets every validator score everything, up to the block before the last one of the epochs.
func (w *world) playEpoch(b testing.TB) {
	b.Helper()
	for {
		clock, err := w.App.Scoring.Clocks.Get(w.Ctx(), uint64(w.scale.topics))
		require.NoError(b, err)
		if clock.Epoch > 0 && clock.NextStart > w.Height()+3 {
			w.RunTo(clock.NextStart - 3)
			w.Tamper(func(ctx sdk.Context) {
				for topic := range uint64(w.scale.topics) {
					w.reveal(b, ctx, topic+1, clock.Epoch)
				}
			})
			w.NextBlock()
			return
		}
		w.NextBlock()
	}
}

// reveal writes the commitments and rows of all validators of an epoch.
func (w *world) reveal(b testing.TB, ctx sdk.Context, topicID, number uint64) {
	b.Helper()
	k := w.App.Scoring
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	require.NoError(b, err)
	require.Len(b, epoch.Validators, w.scale.validators)
	packed, err := k.Pinned.Get(ctx, collections.Join(topicID, number))
	require.NoError(b, err)
	ids, err := row.DecodeIDs(packed, scoringtypes.MaxEntries)
	require.NoError(b, err)
	require.Len(b, ids, w.scale.contributions)
	for i, v := range epoch.Validators {
		operator, err := sdk.ValAddressFromBech32(v.Operator)
		require.NoError(b, err)
		key := collections.Join3(topicID, number, []byte(operator))
		require.NoError(b, k.Commits.Set(ctx, key, make([]byte, 32)))
		require.NoError(b, k.Reveals.Set(ctx, key, scoringtypes.Reveal{TopicId: topicID, Epoch: number, Operator: v.Operator, Salt: make([]byte, 32)}))
		rows, err := scoringtypes.SplitRow(scores(ids, i), ids)
		require.NoError(b, err)
		for tile, packed := range rows {
			require.NoError(b, k.Rows.Set(ctx, collections.Join4(topicID, number, uint32(tile), []byte(operator)), packed))
		}
	}
}

// scores are around what each contribution is worth.
func scores(ids []uint64, validator int) []row.Entry {
	entries := make([]row.Entry, len(ids))
	for j, id := range ids {
		entries[j] = row.Entry{ID: id, Score: uint16(10_000 + id*7919%40_000 + uint64(validator)*uint64(j)%997)}
	}
	return entries
}
