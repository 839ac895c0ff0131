// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// panel is a topic that pays for innovation: honest validators that measure 12 contributions on the same shards, whose
// chance they share, and one that reveals the last public qualities.
type panel struct {
	*world
	rng    *rand.Rand
	honest []string
	last   []uint16
	// chance is how much a measurement of the shards differs from epoch to epoch.
	chance int
	warned bool
}

const panelSize = 12

func newPanel(t *testing.T) *panel {
	t.Helper()
	p := &panel{world: newWorld(t), rng: rand.New(rand.NewPCG(7, 7)), last: make([]uint16, panelSize), chance: 3_000}
	for i := range 4 {
		p.honest = append(p.honest, fmt.Sprint("honest-", i))
		p.staking.bond(sdk.ValAddress(account(p.honest[i])), 100)
	}
	p.staking.bond(sdk.ValAddress(account("copier")), 100)
	for j := range panelSize {
		p.contributions.sets[1] = append(p.contributions.sets[1], uint64(j+1))
		p.last[j] = 30_000
	}
	p.topic(1, 4, 1)
	scoring := &p.topics.find(1).Scoring
	scoring.ScoreRule, scoring.DividendRule = topictypes.SCORE_RULE_MEDIAN, topictypes.DIVIDEND_RULE_INNOVATION
	return p
}

// play runs an epoch and returns its result.
func (p *panel) play() types.EpochResult {
	p.t.Helper()
	epoch := p.begin(1)
	rows := map[string][]byte{"copier": scoreRow(p.last...)}
	measured := make([]uint16, panelSize)
	for j := range measured {
		measured[j] = uint16(20_000 + 2_000*j + p.rng.IntN(p.chance))
	}
	for _, name := range p.honest {
		noisy := make([]uint16, panelSize)
		for j, m := range measured {
			noisy[j] = m + uint16(p.rng.IntN(300))
		}
		rows[name] = scoreRow(noisy...)
	}
	for _, name := range append([]string{"copier"}, p.honest...) {
		p.commit(name, 1, epoch.Number, rows[name])
	}
	p.to(epoch.RevealHeight)
	for _, name := range append([]string{"copier"}, p.honest...) {
		p.reveal(name, 1, epoch.Number, rows[name])
	}
	p.close(epoch)
	res, err := p.queries.Result(p.ctx, &types.QueryResultRequest{TopicId: 1, Epoch: epoch.Number})
	require.NoError(p.t, err)
	for j, q := range res.Result.Quality {
		p.last[j] = uint16(q)
	}
	return res.Result
}

// close ends blocks until an epoch is scored, and notes whether it warned.
func (p *panel) close(epoch types.Epoch) {
	p.t.Helper()
	p.warned = false
	for {
		require.NoError(p.t, p.k.EndBlock(p.ctx))
		for _, event := range p.ctx.EventManager().Events() {
			p.warned = p.warned || event.Type == "weal.scoring.v1.EventInnovationLow"
		}
		p.block(p.ctx.BlockHeight() + 1)
		stored, err := p.k.Epochs.Get(p.ctx, collections.Join(uint64(1), epoch.Number))
		require.NoError(p.t, err)
		if stored.Status == types.EPOCH_STATUS_SCORED {
			return
		}
	}
}

func (p *panel) validator(r types.EpochResult, name string) types.ValidatorResult {
	p.t.Helper()
	for _, v := range r.Validators {
		if v.Operator == operatorName(name) {
			return v
		}
	}
	require.Fail(p.t, "no such validator")
	return types.ValidatorResult{}
}

func TestWhoeverCopiesWhatIsPublicIsPaidByBondsAlone(t *testing.T) {
	p := newPanel(t)
	var r types.EpochResult
	for range 40 {
		r = p.play()
	}
	copier, honest := p.validator(r, "copier"), p.validator(r, p.honest[0])
	require.Equal(t, copier.BondDividend/2, copier.Dividend, "half by bonds, and nothing else")
	require.Less(t, float64(copier.Dividend), 0.55*float64(honest.Dividend))
	require.InEpsilon(t, 1<<32/5, honest.Dividend, 0.02, "all that it can have: its part of the power")
	require.Less(t, copier.Innovation, int64(1<<30))
	require.Greater(t, honest.Innovation, int64(3<<30))

	res, err := p.queries.Explain(p.ctx, &types.QueryExplainRequest{TopicId: 1, Operator: operatorName("copier")})
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(res.Lines), "nothing is paid: it told hardly more than what was public before")
}

func TestAValidatorThatDoesNotRevealLosesInnovation(t *testing.T) {
	p := newPanel(t)
	for range 20 {
		p.play()
	}
	before := p.validator(p.play(), p.honest[3]).InnovationAverage
	silent := p.honest[3]
	p.honest = p.honest[:3]
	r := p.play()
	require.InDelta(t, before-before/20, p.validator(r, silent).InnovationAverage, 1)
	require.Zero(t, p.validator(r, silent).Dividend)
}

func TestANewValidatorBeginsAtHalfOfTheMedian(t *testing.T) {
	p := newPanel(t)
	for range 20 {
		p.play()
	}
	p.staking.bond(sdk.ValAddress(account("newcomer")), 100)
	median := p.play().InnovationMedian
	require.Positive(t, median)
	p.honest = append(p.honest, "newcomer")
	v := p.validator(p.play(), "newcomer")
	from := median / 2
	require.InDelta(t, from+(v.Innovation-from)/20, v.InnovationAverage, 1)
}

func TestATopicWarnsWhileTheShardsTellNothingNew(t *testing.T) {
	p := newPanel(t)
	for range 40 {
		p.play()
	}
	require.False(t, p.warned)
	p.chance = 1 // the same shards each time, and noise of each validator's own
	for range 60 {
		p.play()
	}
	require.True(t, p.warned)
}

func TestOldPublicNumbersAreDeletedWithTheBonds(t *testing.T) {
	p := newPanel(t)
	p.params(func(params *types.Params) { params.KeepEpochs = 2 })
	var last uint64
	for range 12 {
		last = p.play().Epoch
	}
	var epochs []uint64
	require.NoError(t, p.k.Publics.Walk(p.ctx, nil, func(key collections.Triple[uint64, uint64, uint32], _ []byte) (bool, error) {
		epochs = append(epochs, key.K2())
		return false, nil
	}))
	require.LessOrEqual(t, len(epochs), 4)
	require.Equal(t, last, epochs[len(epochs)-1])
}
