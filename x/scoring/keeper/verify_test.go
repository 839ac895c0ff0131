// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/baseapp"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
)

// client asks the module's queries as a user does.
func (w *world) client() types.QueryClient {
	helper := baseapp.NewQueryServerTestHelper(w.ctx, codectypes.NewInterfaceRegistry())
	types.RegisterQueryServer(helper, w.queries)
	return types.NewQueryClient(helper)
}

// verified computes an epoch again from what the queries say.
func (w *world) verified(topicID, number uint64) (verify.Report, error) {
	return verify.Checker{
		Queries: w.client(), ChainID: chainID, Operators: operatorNames,
		Contributor: func(ctx context.Context, id uint64) (string, error) {
			c, err := w.contributions.GetContribution(ctx, id)
			return c.Contributor, err
		},
	}.Epoch(w.ctx, topicID, number)
}

// churn replaces part of a topic's contributions by new ones.
func (w *world) churn(rng *rand.Rand, topicID uint64, most int) {
	set := w.contributions.sets[topicID]
	next := uint64(1)
	if len(set) > 0 {
		next = set[len(set)-1] + 1
	}
	share := rng.Uint64N(4)
	set = slices.DeleteFunc(slices.Clone(set), func(uint64) bool { return rng.Uint64N(4) < share })
	for len(set) < most-int(rng.Uint64N(200)) {
		set = append(set, next)
		next += 1 + rng.Uint64N(3)
	}
	w.contributions.sets[topicID] = set
}

// vote lets validators score some contributions of topic 1's running epoch, which began in this block, at random.
func (w *world) vote(rng *rand.Rand, epoch types.Epoch, names []string) {
	rows := map[string][]byte{}
	for _, name := range names {
		if rng.Uint64N(8) == 0 {
			continue
		}
		full := rng.Uint64N(8)
		var entries []row.Entry
		for _, id := range w.contributions.sets[1] {
			if rng.Uint64N(8) <= full {
				entries = append(entries, row.Entry{ID: id, Score: uint16(rng.Uint64N(65_536))})
			}
		}
		if len(entries) == 0 {
			continue
		}
		packed, err := row.Encode(entries)
		require.NoError(w.t, err)
		rows[name] = packed
		w.commit(name, 1, epoch.Number, packed)
	}
	w.to(epoch.RevealHeight)
	for _, name := range names {
		if packed := rows[name]; packed != nil && rng.Uint64N(12) > 0 {
			w.reveal(name, 1, epoch.Number, packed)
		}
	}
}

// However the close is spread over blocks, and however the set changes from epoch to epoch, anybody who computes the
// epoch at once comes to every number that is stored. Two worlds that differ in their budgets alone agree.
func TestAnEpochComesToTheSameInAnyNumberOfBlocks(t *testing.T) {
	for _, seed := range []uint64{0, 1, 2, 3, 4, 6} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			scored := 0
			results := map[uint64][]types.EpochResult{}
			for _, cells := range []uint64{1, 1 << 40, 3_000} {
				rng := rand.New(rand.NewPCG(seed, 1))
				w, names := crowd(t, rng, 7, seed)
				w.params(func(p *types.Params) { p.MaxCellsPerBlock = cells })
				for range 4 {
					epoch := w.begin(1)
					w.vote(rng, epoch, names)
					w.churn(rng, 1, 700)
					w.closed(1, epoch.Number)
					report, err := w.verified(1, epoch.Number)
					require.NoError(t, err)
					require.Positive(t, report.Numbers)
					if report.Epoch.Status == types.EPOCH_STATUS_SCORED {
						scored++
						res, err := w.queries.Result(w.ctx, &types.QueryResultRequest{TopicId: 1, Epoch: epoch.Number})
						require.NoError(t, err)
						res.Result.ClosedHeight = 0
						number := epoch.Number
						if epoch.SharesOut() {
							// An epoch that opens in another block has another seed, and assigns others.
							number += uint64(epoch.StartHeight) << 32
						}
						results[number] = append(results[number], res.Result)
					}
				}
			}
			require.Positive(t, scored)
			for number, same := range results {
				require.True(t, number >= 1<<32 || len(same) == 3)
				for _, other := range same {
					require.Equal(t, same[0], other, "epoch %d", number)
				}
			}
		})
	}
}

// crowd returns a world with some validators and a topic of several tiles, of rules by seed.
func crowd(t *testing.T, rng *rand.Rand, validators int, seed uint64) (*world, []string) {
	t.Helper()
	w := newWorld(t)
	names := make([]string, validators)
	for i := range names {
		names[i] = fmt.Sprint("validator-", i)
		w.staking.bond(sdk.ValAddress(account(names[i])), 100+rng.Uint64N(900))
	}
	w.churn(rng, 1, 700)
	w.contributions.owners = []owned{{1, w.contributions.sets[1][5], string(account(names[0]))}, {1, w.contributions.sets[1][400], string(account(names[1]))}}
	w.topic(1, 4, 1)
	scoring := &w.topics.find(1).Scoring
	if seed%2 == 1 {
		scoring.Rule = topictypes.RULE_YUMA2
	}
	if seed/2%2 == 1 {
		scoring.ScoreRule, scoring.DividendRule = topictypes.SCORE_RULE_MEDIAN, topictypes.DIVIDEND_RULE_INNOVATION
	}
	if seed >= 2 {
		scoring.ScoreRule = topictypes.SCORE_RULE_MEDIAN
	}
	if seed >= 4 {
		scoring.Coverage = 4
	}
	scoring.Sharpness = uint32(seed/3) * 2
	return w, names
}

// begin goes to the first block of the topic's next epoch.
func (w *world) begin(topicID uint64) types.Epoch {
	w.t.Helper()
	for range 1_000 {
		res, err := w.queries.Epoch(w.ctx, &types.QueryEpochRequest{TopicId: topicID})
		if err == nil && res.Epoch.StartHeight == w.ctx.BlockHeight() {
			return res.Epoch
		}
		w.to(w.ctx.BlockHeight() + 1)
	}
	require.Fail(w.t, "no epoch begins")
	return types.Epoch{}
}

// closed ends blocks until an epoch is closed, and stops before the next one begins.
func (w *world) closed(topicID, number uint64) {
	w.t.Helper()
	for range 1_000 {
		w.to(w.ctx.BlockHeight() + 1)
		epoch, err := w.k.Epochs.Get(w.ctx, collections.Join(topicID, number))
		require.NoError(w.t, err)
		queued, err := w.k.Closings.Has(w.ctx, collections.Join3(epoch.EndHeight, topicID, number))
		require.NoError(w.t, err)
		if !queued {
			return
		}
	}
	require.Fail(w.t, "the epoch does not close")
}

func TestWhoeverChangesAStoredNumberIsFoundOut(t *testing.T) {
	key := collections.Join(uint64(1), uint64(2))
	ann := []byte(account("ann"))
	tests := map[string]struct {
		tamper func(w *world) error
		says   string
	}{
		"a quality":               {func(w *world) error { return w.tamperResult(0, func(r *types.EpochResult) { r.Quality[1]++ }) }, "quality of contribution 2: stored 21, computed 20"},
		"a consensus":             {func(w *world) error { return w.tamperResult(0, func(r *types.EpochResult) { r.Consensus[0]-- }) }, "consensus on contribution 1"},
		"an incentive":            {func(w *world) error { return w.tamperResult(0, func(r *types.EpochResult) { r.Incentive[2]++ }) }, "incentive of contribution 3"},
		"what was paid":           {func(w *world) error { return w.tamperResult(0, func(r *types.EpochResult) { r.Reward[0]++ }) }, "Merkle root"},
		"the root":                {func(w *world) error { return w.k.Roots.Set(w.ctx, key, make([]byte, 32)) }, "Merkle root"},
		"a trust":                 {func(w *world) error { return w.tamperOutcome(func(o *types.Outcome) { o.Trust[0]++ }) }, "trust of"},
		"a dividend":              {func(w *world) error { return w.tamperOutcome(func(o *types.Outcome) { o.Dividends[3]++ }) }, "dividend of"},
		"the sum of a row":        {func(w *world) error { return w.tamperOutcome(func(o *types.Outcome) { o.RowSums[3]++ }) }, "sum of the row of"},
		"tokens":                  {func(w *world) error { return w.tamperTally(func(t *types.Tally) { t.Voters[0].Tokens = 1_000 }) }, "tokens of"},
		"a power":                 {func(w *world) error { return w.tamperTally(func(t *types.Tally) { t.Voters[0].Power++ }) }, "power of"},
		"the power of all":        {func(w *world) error { return w.tamperTally(func(t *types.Tally) { t.TotalPower++ }) }, "power of all"},
		"the power that revealed": {func(w *world) error { return w.tamperTally(func(t *types.Tally) { t.RevealedPower++ }) }, "power that revealed"},
		"who committed":           {func(w *world) error { return w.tamperTally(func(t *types.Tally) { t.Voters[0].Committed = false }) }, "committed: stored false, computed true"},
		"who revealed":            {func(w *world) error { return w.tamperTally(func(t *types.Tally) { t.Voters[0].Revealed = false }) }, "revealed: stored false, computed true"},
		"whose it is":             {func(w *world) error { return w.tamperTally(func(t *types.Tally) { t.Voters[0].Own = []byte{1} }) }, "own contributions of"},
		"a row": {func(w *world) error {
			return w.k.Rows.Set(w.ctx, collections.Join4(uint64(1), uint64(2), uint32(0), ann), scoreRow(10, 20, 31))
		}, "commitment of"},
		"a commitment": {func(w *world) error {
			return w.k.Commits.Set(w.ctx, collections.Join3(uint64(1), uint64(2), ann), make([]byte, 32))
		}, "commitment of"},
		"a bond before": {func(w *world) error {
			return w.k.Bonds.Set(w.ctx, collections.Join4(uint64(1), uint64(1), uint32(0), ann), scoreRow(1))
		}, "stored"},
		"a bond after": {func(w *world) error {
			return w.k.Bonds.Set(w.ctx, collections.Join4(uint64(1), uint64(2), uint32(0), ann), scoreRow(1))
		}, "bonds of"},
		"a bond that is gone": {func(w *world) error {
			return w.k.Bonds.Remove(w.ctx, collections.Join4(uint64(1), uint64(2), uint32(0), ann))
		}, "how many validators have bonds"},
		"where it starts from": {func(w *world) error { return w.tamperEpoch(func(e *types.Epoch) { e.BondsEpoch = 0 }) }, "status of epoch 1"},
		"that it is void": {func(w *world) error {
			return w.tamperEpoch(func(e *types.Epoch) {
				e.MinRevealBp = 10_000
				e.Status, e.VoidReason = types.EPOCH_STATUS_VOID, "nobody came"
			})
		}, "why the epoch is void"},
		"that it is not void": {func(w *world) error { return w.tamperEpoch(func(e *types.Epoch) { e.MinRevealBp = 10_000 }) }, "why the epoch is void"},
		"a parameter": {func(w *world) error {
			return w.tamperEpoch(func(e *types.Epoch) { e.Scoring.BondsMovingAverageBp = 1 })
		}, "stored"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			w := scoredTwice(t)
			report, err := w.verified(1, 2)
			require.NoError(t, err)
			require.Greater(t, report.Numbers, 50)
			require.NoError(t, tc.tamper(w))
			_, err = w.verified(1, 2)
			require.ErrorIs(t, err, verify.ErrDiffers)
			require.ErrorContains(t, err, tc.says)
		})
	}
}

// scoredTwice returns a world in which epochs 1 and 2 of topic 1 are scored. bob does not reveal in the second.
func scoredTwice(t *testing.T) *world {
	t.Helper()
	w := running(t)
	w.scoreEpoch(scoreRow(10, 20, 30))
	w.to(13)
	voters := []string{"ann", "cid", "dan"}
	w.params(func(p *types.Params) { p.MinRevealBp = 5_000 })
	for _, name := range append(voters, "bob") {
		w.commit(name, 1, 2, scoreRow(10, 20, 30))
	}
	w.to(20)
	require.NoError(t, w.tamperEpoch(func(e *types.Epoch) { e.MinRevealBp = 5_000 }))
	for _, name := range voters {
		w.reveal(name, 1, 2, scoreRow(10, 20, 30))
	}
	w.to(23)
	return w
}

func (w *world) tamperEpoch(change func(*types.Epoch)) error {
	epoch, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), uint64(2)))
	require.NoError(w.t, err)
	change(&epoch)
	return w.k.Epochs.Set(w.ctx, collections.Join(uint64(1), uint64(2)), epoch)
}

func (w *world) tamperTally(change func(*types.Tally)) error {
	tally, err := w.k.Tallies.Get(w.ctx, collections.Join(uint64(1), uint64(2)))
	require.NoError(w.t, err)
	change(&tally)
	return w.k.Tallies.Set(w.ctx, collections.Join(uint64(1), uint64(2)), tally)
}

func (w *world) tamperOutcome(change func(*types.Outcome)) error {
	outcome, err := w.k.Outcomes.Get(w.ctx, collections.Join(uint64(1), uint64(2)))
	require.NoError(w.t, err)
	change(&outcome)
	return w.k.Outcomes.Set(w.ctx, collections.Join(uint64(1), uint64(2)), outcome)
}

func (w *world) tamperResult(tile uint32, change func(*types.EpochResult)) error {
	res, err := w.queries.Result(w.ctx, &types.QueryResultRequest{TopicId: 1, Epoch: 2})
	require.NoError(w.t, err)
	change(&res.Result)
	return w.k.Results.Set(w.ctx, collections.Join3(uint64(1), uint64(2), tile), res.Result.Tile(int(tile)))
}

func TestAnEpochThatIsNotClosedCannotBeComputedAgain(t *testing.T) {
	w := running(t)
	_, err := w.verified(1, 1)
	require.ErrorIs(t, err, verify.ErrNotClosed)
	_, err = w.verified(1, 7)
	require.ErrorIs(t, err, types.ErrNotFound)
}

func TestAVoidEpochIsVoidAgain(t *testing.T) {
	w := running(t)
	w.commit("ann", 1, 1, scoreRow(1))
	w.to(13)
	report, err := w.verified(1, 1)
	require.NoError(t, err)
	require.Equal(t, types.EPOCH_STATUS_VOID, report.Epoch.Status)
}
