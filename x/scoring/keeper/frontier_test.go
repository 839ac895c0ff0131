// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
)

// race is a topic that pays for its frontier: validators that measure what was contributed with noise, of which a part is
// common to all.
type race struct {
	*world
	rng   *rand.Rand
	names []string
	truth map[uint64]int
	// common and own are the sizes of the noise.
	common, own int
}

const (
	raceBaseline = 20_000
	// settle is how many epochs a window has.
	settle = 20
)

func newRace(t *testing.T, validators, common, own int) *race {
	t.Helper()
	r := &race{world: newWorld(t), rng: rand.New(rand.NewPCG(3, 3)), truth: map[uint64]int{}, common: common, own: own}
	r.contributions.by = map[uint64]string{}
	for i := range validators {
		r.names = append(r.names, fmt.Sprint("validator-", i))
		r.staking.bond(sdk.ValAddress(account(r.names[i])), 100)
	}
	r.topic(1, 4, 1)
	scoring := &r.topics.find(1).Scoring
	scoring.ScoreRule, scoring.RewardRule, scoring.Baseline = topictypes.SCORE_RULE_MEDIAN, topictypes.REWARD_RULE_FRONTIER, raceBaseline
	return r
}

// enter lets a contribution compete from the next epoch that opens; one has opened already with the last one's close, if the
// block had something left.
func (r *race) enter(id uint64, by string, truth int) {
	r.truth[id], r.contributions.by[id] = truth, by
	r.contributions.sets[1] = append(slices.Clone(r.contributions.sets[1]), id)
}

// leave takes one out of the set.
func (r *race) leave(id uint64) {
	r.contributions.sets[1] = slices.DeleteFunc(slices.Clone(r.contributions.sets[1]), func(other uint64) bool { return other == id })
}

// epoch lets the validators score the next epoch, until its last block.
func (r *race) epoch() types.Epoch {
	r.t.Helper()
	epoch := r.begin(1)
	r.ctx = r.ctx.WithBlockTime(time.Unix(int64(epoch.Number)*3_600, 0))
	res, err := r.queries.Epoch(r.ctx, &types.QueryEpochRequest{TopicId: 1, Epoch: epoch.Number})
	require.NoError(r.t, err)
	shock := r.noise(r.common)
	rows := make([][]byte, len(r.names))
	for i := range r.names {
		var entries []row.Entry
		for _, id := range res.ContributionIds {
			entries = append(entries, row.Entry{ID: id, Score: uint16(max(1, min(65_535, r.truth[id]+shock+r.noise(r.own))))})
		}
		rows[i], err = row.Encode(entries)
		require.NoError(r.t, err)
		r.commit(r.names[i], 1, epoch.Number, rows[i])
	}
	r.to(epoch.RevealHeight)
	for i, name := range r.names {
		r.reveal(name, 1, epoch.Number, rows[i])
	}
	return epoch
}

// noise is a number of about that size.
func (r *race) noise(size int) int {
	sum := 0
	for range 4 {
		sum += r.rng.IntN(2*size + 1)
	}
	return (sum - 4*size) * 2 / 3
}

// play plays epochs, computes each of them again, and returns the last result.
func (r *race) play(epochs int) types.EpochResult {
	r.t.Helper()
	for range epochs {
		epoch := r.epoch()
		r.closed(1, epoch.Number)
		_, err := r.verified(1, epoch.Number)
		require.NoError(r.t, err)
	}
	res, err := r.queries.Result(r.ctx, &types.QueryResultRequest{TopicId: 1})
	require.NoError(r.t, err)
	return res.Result
}

// share is what a contribution is paid, as a part of 1.
func share(r types.EpochResult, id uint64) float64 {
	for _, s := range r.Shares {
		if s.ContributionId == id {
			return float64(s.Total()) / float64(fixed.One)
		}
	}
	return 0
}

func TestAStepIsPaidAndItsCloneIsNot(t *testing.T) {
	r := newRace(t, 6, 300, 60)
	r.enter(1, "ann", 30_000)
	r.enter(2, "eve", 30_000)
	res := r.play(settle - 1)
	require.Empty(t, res.Shares, "nothing is decided before its window is full")
	res = r.play(1)
	require.InDelta(t, 1, share(res, 1), 1e-6, "Ann raised the frontier by more than par and depth")
	require.Zero(t, share(res, 2))
	require.Equal(t, topictypes.REWARD_RULE_FRONTIER, res.RewardRule)
	require.Equal(t, res.Shares, r.hooks.results[len(r.hooks.results)-1].Shares, "whoever pays is told")

	r.enter(3, "bob", 32_000)
	r.enter(4, "eve", 32_000)
	r.enter(5, "eve", 30_020)
	res = r.play(settle + 1)
	require.Greater(t, share(res, 3), 0.2)
	require.Zero(t, share(res, 4))
	require.Zero(t, share(res, 5))
	ledger, err := r.k.Ledger(r.ctx, 1)
	require.NoError(t, err)
	require.Len(t, ledger.Segments, 2)
	require.Equal(t, uint32(raceBaseline), ledger.Segments[0].Lo)
	require.InDelta(t, 32_000, float64(ledger.Top), 500)
	require.Equal(t, ledger.Segments[0].Hi, ledger.Segments[1].Lo)
	require.Empty(t, ledger.Windows)
	require.Equal(t, uint64(3), r.contributions.kept, "and is not pruned")
	last, err := r.queries.Frontier(r.ctx, &types.QueryFrontierRequest{TopicId: 1})
	require.NoError(t, err)
	require.Len(t, last.Outcomes, 3)
	require.Equal(t, res.Shares, last.Frontier.Shares)
}

func TestAContributorIsToldWhatItsWindowMeasured(t *testing.T) {
	r := newRace(t, 6, 0, 0)
	r.enter(1, "ann", 30_000)
	r.play(settle)
	r.enter(2, "eve", 30_050)
	r.enter(3, "bob", 31_000)
	r.play(5)
	explain := func(id uint64) []string {
		res, err := r.queries.Explain(r.ctx, &types.QueryExplainRequest{TopicId: 1, ContributionId: id})
		require.NoError(t, err)
		return res.Lines[3:]
	}
	require.Equal(t, []string{
		"frontier: nothing: only what raised the frontier is paid", "its window is open since epoch 22: 4 epochs of 20",
	}, explain(2))
	r.play(settle - 4)
	require.Equal(t, []string{
		"frontier: nothing: only what raised the frontier is paid",
		"epoch 41 decided, over 20 epochs: gained less than the threshold",
		"it is 50 above the frontier, which was at 30000, of 65535; a gain is recorded from 131 on",
		"measured against contribution 1: ahead by 50, by validators with 0.000600 WEAL",
	}, explain(2))
	require.Equal(t, []string{
		"frontier: 0.1563627897 of the contributors' budget, 0.064815643 for what it added and 0.0915471467 for what of the last stretch below the top is its own",
		"epoch 41 decided, over 20 epochs: raised the frontier",
		"it is 1000 above the frontier, which was at 30000, of 65535; a gain is recorded from 131 on",
		"measured against contribution 1: ahead by 1000, by validators with 0.000600 WEAL",
		"beside contribution 2 of quality 30050: ahead by 950, by validators with 0.000600 WEAL",
	}, explain(3))
}

func TestWhoWithdrawsIsNotPaidAndWhoIsRemovedWasNeverThere(t *testing.T) {
	r := newRace(t, 6, 0, 0)
	r.enter(1, "ann", 30_000)
	r.play(settle)
	r.enter(2, "bob", 32_000)
	before := r.play(settle + 1)
	require.Positive(t, share(before, 2))
	hooks := r.k.ContributionHooks()
	require.NoError(t, hooks.AfterContributionWithdrawn(r.ctx, 2))
	ledger, err := r.k.Ledger(r.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, []types.FrontierEnding{{TopicId: 1, ContributionId: 2}}, ledger.Ending)
	res := r.play(1)
	require.Zero(t, share(res, 2))
	require.InDelta(t, share(before, 1), share(res, 1), 0.01, "what Bob leaves is nobody's")
	ledger, err = r.k.Ledger(r.ctx, 1)
	require.NoError(t, err)
	require.Empty(t, ledger.Ending, "it took notice")
	require.Equal(t, uint32(32_000), ledger.Top)

	require.NoError(t, hooks.AfterContributionRemoved(r.ctx, 2))
	r.leave(2)
	r.play(2)
	ledger, err = r.k.Ledger(r.ctx, 1)
	require.NoError(t, err)
	require.Len(t, ledger.Segments, 1)
	require.Equal(t, uint32(30_000), ledger.Top)
}

func TestAHolderIsPaidAfterItLeftTheSet(t *testing.T) {
	r := newRace(t, 4, 0, 0)
	r.enter(1, "ann", 30_000)
	r.play(settle)
	r.enter(2, "bob", 32_000)
	r.play(settle + 1)
	r.leave(1)
	res := r.play(2)
	require.NotContains(t, res.ContributionIds, uint64(1))
	require.Greater(t, share(res, 1), 0.1)
}

func TestAWindowThatIsRemovedIsNobodysRival(t *testing.T) {
	r := newRace(t, 4, 0, 0)
	r.enter(1, "ann", 30_000)
	r.play(settle)
	r.enter(2, "eve", 40_000)
	r.play(2)
	r.enter(3, "bob", 33_000)
	r.play(settle - 3)
	require.NoError(t, r.k.ContributionHooks().AfterContributionRemoved(r.ctx, 2))
	r.leave(2)
	res := r.play(4)
	require.Positive(t, share(res, 3), "what the people removed was in its window for most of its epochs, and is in nobody's way")
}

func TestAnotherMetricBeginsAnotherLedger(t *testing.T) {
	r := newRace(t, 4, 0, 0)
	r.enter(1, "ann", 30_000)
	r.play(settle)
	r.topics.find(1).Metric.Best = 7
	res := r.play(2) // the one that was open goes on as before
	require.Empty(t, res.Shares)
	res = r.play(settle - 1)
	require.Positive(t, share(res, 1), "it enters anew")
}

func TestAnUnknownTopicHasNoLedgerAndANewOneAnEmptyOne(t *testing.T) {
	r := newRace(t, 4, 0, 0)
	_, err := r.queries.Frontier(r.ctx, &types.QueryFrontierRequest{TopicId: 1})
	require.ErrorIs(t, err, types.ErrNotFound)
	ledger, err := r.k.Ledger(r.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, types.Ledger{TopicId: 1, Baseline: raceBaseline, Top: raceBaseline, Threshold: 131}, ledger)
	_, err = r.k.Ledger(r.ctx, 9)
	require.ErrorIs(t, err, topictypes.ErrTopicNotFound)
}

// What windows look back on is kept although fewer epochs are to be kept, and what no window needs is deleted.
func TestWindowsFindTheirEpochsAndOldFrontiersAreDeleted(t *testing.T) {
	r := newRace(t, 4, 0, 30)
	r.params(func(p *types.Params) { p.KeepEpochs, p.MaxPruningsPerBlock = 1, 100 })
	for id := uint64(1); id <= 5; id++ {
		r.enter(id, "ann", 30_000+1_000*int(id))
		r.play(settle)
	}
	r.play(1)
	ledger, err := r.k.Ledger(r.ctx, 1)
	require.NoError(t, err)
	require.Len(t, ledger.Segments, 5)
	gs, err := r.k.ExportGenesis(r.ctx)
	require.NoError(t, err)
	require.LessOrEqual(t, len(gs.Frontiers), types.FrontierReach+1)
	require.NotEmpty(t, gs.WindowOutcomes)
	require.Greater(t, gs.WindowOutcomes[0].Epoch, uint64(20))
	_, err = r.verified(1, gs.Epochs[0].Number)
	require.NoError(t, err)
}

func TestWhoeverChangesAFrontierIsFoundOut(t *testing.T) {
	change := func(change func(*types.FrontierEpoch)) func(*race) error {
		return func(r *race) error {
			key := collections.Join(uint64(1), uint64(settle))
			record, err := r.k.Frontiers.Get(r.ctx, key)
			require.NoError(t, err)
			change(&record)
			return r.k.Frontiers.Set(r.ctx, key, record)
		}
	}
	for name, tc := range map[string]struct {
		tamper func(*race) error
		says   string
	}{
		"a share":         {change(func(f *types.FrontierEpoch) { f.Shares[0].Stock-- }), "share of the frontier of contribution 1"},
		"a state":         {change(func(f *types.FrontierEpoch) { f.State = f.State[:len(f.State)-1] }), "state of the frontier"},
		"who must stay":   {change(func(f *types.FrontierEpoch) { f.Holder = 2 }), "frontier: stored"},
		"who withdrew":    {change(func(f *types.FrontierEpoch) { f.Withdrawn = []uint64{1} }), "number of windows that were decided"},
		"when it was":     {change(func(f *types.FrontierEpoch) { f.Time-- }), "frontier"},
		"how it measures": {change(func(f *types.FrontierEpoch) { f.Measure[0]++ }), "frontier: stored"},
		"a decision": {func(r *race) error {
			key := collections.Join3(uint64(1), uint64(settle), uint64(2))
			outcome, err := r.k.Windows.Get(r.ctx, key)
			require.NoError(t, err)
			outcome.Gain++
			return r.k.Windows.Set(r.ctx, key, outcome)
		}, "decision about contribution 2"},
		"that there was one": {func(r *race) error {
			return r.k.Windows.Remove(r.ctx, collections.Join3(uint64(1), uint64(settle), uint64(2)))
		}, "number of windows that were decided"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRace(t, 4, 100, 30)
			r.enter(1, "ann", 30_000)
			r.enter(2, "eve", 30_000)
			r.play(settle)
			require.NoError(t, tc.tamper(r))
			_, err := r.verified(1, settle)
			require.ErrorIs(t, err, verify.ErrDiffers)
			require.ErrorContains(t, err, tc.says)
		})
	}
}

func TestAnEpochWhosePastIsDeletedSaysThatItsFrontierWasNotCompared(t *testing.T) {
	r := newRace(t, 4, 0, 0)
	r.params(func(p *types.Params) { p.KeepEpochs, p.MaxPruningsPerBlock = 1, 100 })
	r.enter(1, "ann", 30_000)
	r.play(70)
	gs, err := r.k.ExportGenesis(r.ctx)
	require.NoError(t, err)
	report, err := r.verified(1, gs.Epochs[0].Number)
	require.NoError(t, err)
	require.Contains(t, report.Unchecked, "epoch is no longer stored")
	report, err = r.verified(1, 70)
	require.NoError(t, err)
	require.Empty(t, report.Unchecked)
}
