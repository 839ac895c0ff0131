// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/pkg/fixed"

	"github.com/weal-network/weal/x/scoring/types"
)

// strict returns a world of ann, bob, cid and dan, with powers of 300, 300, 200 and 100, in which two misses within 4 epochs
// suspend for 3.
func strict(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.params(func(p *types.Params) { p.MaxMisses, p.MissWindow, p.SuspendEpochs = 1, 4, 3 })
	for i, name := range []string{"dan", "cid", "bob", "ann"} {
		w.staking.bond(account(name).Bytes(), uint64(i+1)*100)
	}
	w.contributions.sets[1] = []uint64{1, 2, 3}
	w.topic(1, 6, 2)
	return w
}

// missing plays the next epoch, in which everybody that may commits, and some do not reveal.
func (w *world) missing(silent ...string) types.Epoch {
	w.t.Helper()
	epoch := w.begin(1)
	var names []string
	for _, name := range []string{"ann", "bob", "cid", "dan"} {
		if epoch.Scores(operatorName(name)) {
			names = append(names, name)
			w.commit(name, 1, epoch.Number, scoreRow(10, 20, 30))
		}
	}
	w.to(epoch.RevealHeight)
	for _, name := range names {
		if !slices.Contains(silent, name) {
			w.reveal(name, 1, epoch.Number, scoreRow(10, 20, 30))
		}
	}
	w.closed(1, epoch.Number)
	stored, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), epoch.Number))
	require.NoError(w.t, err)
	return stored
}

func (w *world) reliability(name string) types.Reliability {
	w.t.Helper()
	res, err := w.queries.Reliability(w.ctx, &types.QueryReliabilityRequest{TopicId: 1, Operator: operatorName(name)})
	require.NoError(w.t, err)
	require.Len(w.t, res.Validators, 1)
	return res.Validators[0]
}

func TestWhoeverMissesTooOftenIsSuspendedAndComesBack(t *testing.T) {
	w := strict(t)
	w.missing("dan")
	require.False(t, w.reliability("dan").Suspended, "one miss is allowed")
	w.missing("dan")
	dan := w.reliability("dan")
	require.True(t, dan.Suspended)
	require.Equal(t, uint64(6), dan.Record.ResumeEpoch)
	require.Equal(t, uint64(2), dan.Record.Misses)
	require.Equal(t, uint64(1), dan.Record.Suspensions)
	require.Empty(t, dan.Record.RecentMisses, "what it was suspended for does not count again")

	epoch := w.begin(1)
	require.False(t, epoch.Scores(operatorName("dan")))
	w.refuses(types.ErrNotPinned, "not suspended", func() error {
		_, err := w.msgs.CommitScores(w.ctx, commitMsg("dan", 1, 3, scoreRow(1)))
		return err
	})
	before := w.exported()
	w = w.reborn()
	require.Equal(t, before, w.exported())
	for number := epoch.Number; number <= 5; number++ {
		require.False(t, w.missing().Scores(operatorName("dan")), "epoch %d", number)
	}
	require.True(t, w.missing().Scores(operatorName("dan")), "epoch 6")
	require.Equal(t, types.EPOCH_STATUS_SCORED, w.missing("dan").Status)
	require.False(t, w.reliability("dan").Suspended)
}

func TestASuspensionIsTold(t *testing.T) {
	w := strict(t)
	w.missing("dan")
	epoch := w.begin(1)
	for _, name := range []string{"ann", "bob", "cid", "dan"} {
		w.commit(name, 1, epoch.Number, scoreRow(10, 20, 30))
	}
	w.to(epoch.RevealHeight)
	for _, name := range []string{"ann", "bob", "cid"} {
		w.reveal(name, 1, epoch.Number, scoreRow(10, 20, 30))
	}
	w.to(epoch.EndHeight)
	require.NoError(t, w.k.EndBlock(w.ctx))
	told := 0
	for _, event := range w.ctx.EventManager().Events() {
		if event.Type == "weal.scoring.v1.EventValidatorSuspended" {
			told++
			operator, found := event.GetAttribute("operator")
			require.True(t, found)
			require.Contains(t, operator.Value, operatorName("dan"))
		}
	}
	require.Equal(t, 1, told)
}

func TestMissesFarApartSuspendNobody(t *testing.T) {
	w := strict(t)
	for range 3 {
		w.missing("dan")
		for range 3 {
			w.missing()
		}
	}
	dan := w.reliability("dan")
	require.Equal(t, uint64(3), dan.Record.Misses)
	require.Zero(t, dan.Record.Suspensions)
}

func TestMissesInAVoidEpochCountToo(t *testing.T) {
	w := strict(t)
	for range 2 {
		require.Equal(t, types.EPOCH_STATUS_VOID, w.missing("ann", "dan").Status, "4 of 9 did not reveal")
	}
	require.True(t, w.reliability("ann").Suspended)
	require.True(t, w.reliability("dan").Suspended)
	require.Equal(t, types.EPOCH_STATUS_SCORED, w.missing().Status)
}

func TestWhereHalfOfThePowerMissesNobodyIsSuspended(t *testing.T) {
	w := strict(t)
	for range 5 {
		require.Equal(t, types.EPOCH_STATUS_VOID, w.missing("ann", "bob").Status)
	}
	require.False(t, w.reliability("ann").Suspended)
	require.Equal(t, uint64(5), w.reliability("ann").Record.Misses)
	require.Len(t, w.reliability("ann").Record.RecentMisses, 2, "one more than the one allowed")
}

func TestWithoutAWindowNobodyIsSuspended(t *testing.T) {
	for name, off := range map[string]func(*types.Params){
		"no window":       func(p *types.Params) { p.MissWindow = 0 },
		"no suspension":   func(p *types.Params) { p.SuspendEpochs = 0 },
		"a distant bound": func(p *types.Params) { p.MaxMisses = 63 },
	} {
		w := strict(t)
		w.params(off)
		for range 4 {
			w.missing("dan")
		}
		require.False(t, w.reliability("dan").Suspended, name)
	}
}

func TestReliabilityIsPublicWithTheReasonOfEachLoss(t *testing.T) {
	w := strict(t)
	w.missing()
	w.missing("dan")
	w.missing("ann", "bob")
	dan := w.reliability("dan")
	require.InDelta(t, 0.95*float64(fixed.One), float64(dan.Record.Trust), 4, "of two scored epochs the last was a miss")
	require.InDelta(t, 0.05*float64(fixed.One), float64(dan.Record.Missing), 4)
	require.Equal(t, uint64(2), dan.Record.ScoredEpochs, "a void epoch moves nothing")
	require.Len(t, dan.Losses, 2)
	require.Equal(t, uint64(3), dan.Losses[0].Epoch)
	require.Contains(t, dan.Losses[0].Reason, "the epoch was void: validators with")
	require.Equal(t, "it committed and did not reveal", dan.Losses[1].Reason)
	require.Equal(t, uint64(fixed.FromRatio(100, 900)), dan.Losses[1].Power)

	all, err := w.queries.Reliability(w.ctx, &types.QueryReliabilityRequest{TopicId: 1})
	require.NoError(t, err)
	require.Len(t, all.Validators, 4)
	require.Contains(t, all.Collusion, "no alarm: all validators measure on the same shards")
	for _, v := range all.Validators {
		require.Empty(t, v.Losses)
	}
	_, err = w.queries.Reliability(w.ctx, &types.QueryReliabilityRequest{TopicId: 9})
	require.Error(t, err)

	w = strict(t)
	w.missing("dan")
	w.missing("dan")
	w.missing()
	require.Contains(t, fmt.Sprint(w.reliability("dan").Losses[0].Reason), "it was suspended until epoch 6")
}

func TestACopiersLossIsItsInnovation(t *testing.T) {
	p := newPanel(t)
	for range 30 {
		p.play()
	}
	loss := p.reliability("copier").Losses[0]
	require.Less(t, loss.Dividend, loss.Power)
	require.Contains(t, loss.Reason, "the half for innovation was paid to")
}
