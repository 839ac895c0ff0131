// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestTheSeedIsOfTheBlockBeforeTheFirst(t *testing.T) {
	w := running(t)
	epoch, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), uint64(1)))
	require.NoError(t, err)
	require.Equal(t, int64(3), epoch.StartHeight)

	w.block(2)
	expected := sha256.Sum256(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(w.ctx.HeaderInfo().Hash, 1), 1))
	require.Equal(t, expected[:], epoch.Seed)
}

func TestAnEpochKeepsWhatItBeganWith(t *testing.T) {
	w := running(t)
	before, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), uint64(1)))
	require.NoError(t, err)

	w.params(func(p *types.Params) { p.PowerCapBp, p.MinRevealBp, p.MaxValidators = 5_000, 9_000, 1 })
	w.topics.find(1).Scoring.KappaBp = 9_000
	w.topics.find(1).Schedule = topictypes.Schedule{EpochBlocks: 5, RevealBlocks: 1}
	w.contributions.sets[1] = []uint64{7}
	w.to(12)
	after, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), uint64(1)))
	require.NoError(t, err)
	require.Equal(t, before, after)

	w.to(13)
	next, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), uint64(2)))
	require.NoError(t, err)
	require.Equal(t, []uint32{5_000, 9_000, 9_000}, []uint32{next.PowerCapBp, next.MinRevealBp, next.Scoring.KappaBp})
	require.Equal(t, int64(17), next.EndHeight)
	require.Len(t, next.Validators, 1)
}

func TestValidatorsArePinnedByAddressAndTiesGoToTheLowerOne(t *testing.T) {
	w := newWorld(t)
	names := []string{"ann", "bob", "cid", "dan", "eve"}
	for _, name := range names {
		w.staking.bond(sdk.ValAddress(account(name)), 100)
	}
	w.params(func(p *types.Params) { p.MaxValidators = 3 })
	w.topic(1, 10, 3)
	w.to(3)
	epoch, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), uint64(1)))
	require.NoError(t, err)

	slices.SortFunc(names, func(a, b string) int { return bytes.Compare(account(a), account(b)) })
	for i, v := range epoch.Validators {
		require.Equal(t, operatorName(names[i]), v.Operator)
	}
	require.Len(t, epoch.Validators, 3)
}

// scoreEpoch lets all four validators commit and reveal the same row in epoch 1, up to its last block.
func (w *world) scoreEpoch(packed []byte) {
	w.t.Helper()
	for _, name := range []string{"ann", "bob", "cid", "dan"} {
		w.commit(name, 1, 1, packed)
	}
	w.to(10)
	for _, name := range []string{"ann", "bob", "cid", "dan"} {
		w.reveal(name, 1, 1, packed)
	}
	w.to(12)
}

func TestTheContributionModuleAndTheHooksLearnTheResult(t *testing.T) {
	w := running(t)
	w.scoreEpoch(scoreRow(1, 2, 3))
	w.to(13)
	require.Len(t, w.hooks.results, 1)
	result := w.hooks.results[0]
	stored, err := w.queries.Result(w.ctx, &types.QueryResultRequest{TopicId: 1, Epoch: 1})
	require.NoError(t, err)
	require.Equal(t, []uint64{7, 14, 21}, result.Reward, "what the hook gave")
	require.Equal(t, int64(12), stored.Result.ClosedHeight)
	result.ClosedHeight, result.RevealedPower, result.TotalPower = 12, 900, 900
	require.Equal(t, stored.Result, result)
	require.Equal(t, []types.EpochResult{{TopicId: 1, Epoch: 1, ContributionIds: result.ContributionIds, Incentive: result.Incentive}}, w.contributions.ended)
}

func TestWhatAFailingHookWroteIsGone(t *testing.T) {
	for name, panics := range map[string]bool{"when it returns an error": false, "when it panics": true} {
		t.Run(name, func(t *testing.T) {
			w := running(t)
			w.scoreEpoch(scoreRow(1, 2, 3))
			w.hooks.failTopic, w.hooks.panics = 1, panics
			w.hooks.before = func(ctx context.Context) {
				require.NoError(t, w.k.Scorers.Set(ctx, []byte("half"), []byte("written")))
				sdk.UnwrapSDKContext(ctx).EventManager().EmitEvent(sdk.NewEvent("half"))
			}
			require.NoError(t, w.k.EndBlock(w.ctx))

			written, err := w.k.Scorers.Has(w.ctx, []byte("half"))
			require.NoError(t, err)
			require.False(t, written)
			for _, event := range w.ctx.EventManager().Events() {
				require.NotEqual(t, "half", event.Type)
			}
			scored, err := w.k.Outcomes.Has(w.ctx, collections.Join(uint64(1), uint64(1)))
			require.NoError(t, err)
			require.False(t, scored)
			bonds, err := w.k.Bonds.Has(w.ctx, collections.Join4(uint64(1), uint64(1), uint32(0), []byte(account("ann"))))
			require.NoError(t, err)
			require.False(t, bonds)
			epoch, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(1), uint64(1)))
			require.NoError(t, err)
			require.Equal(t, types.EPOCH_STATUS_VOID, epoch.Status)
		})
	}
}

func TestAPanickingOpeningLeavesNothing(t *testing.T) {
	w := running(t)
	w.to(12)
	w.contributions.panics = true
	w.to(13)
	clock, err := w.k.Clocks.Get(w.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, types.Clock{TopicId: 1, Epoch: 1, NextStart: 23}, clock)
	opened, err := w.k.Epochs.Has(w.ctx, collections.Join(uint64(1), uint64(2)))
	require.NoError(t, err)
	require.False(t, opened)
}

func TestALostTopicNeitherHaltsTheChainNorOtherTopics(t *testing.T) {
	w := running(t)
	w.topic(2, 4, 1)
	w.topics.topics = w.topics.topics[1:] // topic 1 can no longer be read
	w.to(40)
	one, err := w.k.Clocks.Get(w.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, uint64(1), one.Epoch)
	two, err := w.k.Clocks.Get(w.ctx, 2)
	require.NoError(t, err)
	require.Greater(t, two.Epoch, uint64(5))
}

func TestALostEpochDoesNotHaltTheChain(t *testing.T) {
	w := running(t)
	require.NoError(t, w.k.Epochs.Remove(w.ctx, collections.Join(uint64(1), uint64(1))))
	w.to(40)
}

func TestHooksAreSetOnce(t *testing.T) {
	w := newWorld(t)
	require.Panics(t, func() { w.k.SetHooks(w.hooks) })
}

func TestHooksRunInOrderUntilOneFails(t *testing.T) {
	one, two := &fakeHooks{}, &fakeHooks{}
	both := types.NewMultiScoringHooks(one, two)
	require.NoError(t, both.AfterEpochScored(t.Context(), types.ScoredEpoch{TopicID: 1}))
	one.failTopic = 1
	require.ErrorIs(t, both.AfterEpochScored(t.Context(), types.ScoredEpoch{TopicID: 1}), errFake)
	require.Len(t, one.results, 1)
	require.Len(t, two.results, 1)
}
