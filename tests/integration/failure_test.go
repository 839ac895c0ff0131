// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"encoding/binary"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// TestAFaultInOneTopicHaltsNeitherTheChainNorAnotherTopic breaks what is stored of one
// topic, in ways that no transaction can, while its epoch and another topic's run. The
// other one is scored and paid as if nothing had happened.
func TestAFaultInOneTopicHaltsNeitherTheChainNorAnotherTopic(t *testing.T) {
	cases := map[string]struct {
		breaks func(*testing.T, *world, sdk.Context, scoringtypes.Epoch)
		// says is the reason that the epoch is void for.
		says string
		// heals is whether the topic's next epoch is scored again by itself.
		heals bool
	}{
		"a row that is no row": {
			breaks: func(t *testing.T, w *world, ctx sdk.Context, epoch scoringtypes.Epoch) {
				key := collections.Join4(epoch.TopicId, epoch.Number, uint32(0), []byte(w.Validators[0].Operator))
				require.NoError(t, w.App.Scoring.Rows.Set(ctx, key, []byte{0xff}))
			},
			says: "close failed: error 24 of scoring", heals: true,
		},
		"bonds that are no bonds": {
			breaks: func(t *testing.T, w *world, ctx sdk.Context, epoch scoringtypes.Epoch) {
				clock, err := w.App.Scoring.Clocks.Get(ctx, epoch.TopicId)
				require.NoError(t, err)
				key := collections.Join4(epoch.TopicId, clock.BondsEpoch, uint32(0), []byte(w.Validators[0].Operator))
				require.NoError(t, w.App.Scoring.Bonds.Set(ctx, key, []byte{0xff}))
			},
			says: "close failed: error 24 of scoring",
		},
		"a pinned set that is gone": {
			breaks: func(t *testing.T, w *world, ctx sdk.Context, epoch scoringtypes.Epoch) {
				require.NoError(t, w.App.Scoring.Pinned.Remove(ctx, collections.Join(epoch.TopicId, epoch.Number)))
			},
			says: "close failed", heals: true,
		},
		"a payment that was made already": {
			breaks: func(t *testing.T, w *world, ctx sdk.Context, epoch scoringtypes.Epoch) {
				payment := w.payment(epoch.TopicId, 0).EpochPayment
				payment.Epoch = epoch.Number
				require.NoError(t, w.App.Emission.Payments.Set(ctx, collections.Join(epoch.TopicId, epoch.Number), payment))
				paid, err := w.App.Emission.PaidEpochs.Get(ctx, epoch.TopicId)
				require.NoError(t, err)
				paid.Last = epoch.Number
				require.NoError(t, w.App.Emission.PaidEpochs.Set(ctx, epoch.TopicId, paid))
				w.AfterBlock = func(*abci.ResponseFinalizeBlock) {} // a payment without rewards: the audit is right to complain
			},
			says: "close failed: error 10 of emission", heals: true,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, quick)
			broken, sound := &model{owner: w.Accounts[0], bytes: "a"}, &model{owner: w.Accounts[1], bytes: "b"}
			w.commitAll(goTopic, broken)
			w.commitAll(proseTopic, sound)
			w.revealAll(broken, sound)
			w.both(func() {}, broken, sound)
			before := w.payment(proseTopic, w.last(proseTopic).Number)

			var epoch scoringtypes.Epoch
			w.both(func() {
				epoch, _ = w.epoch(goTopic)
				w.Tamper(func(ctx sdk.Context) { tc.breaks(t, w, ctx, epoch) })
			}, broken, sound)
			failed := w.closed(goTopic, epoch.Number)
			require.Equal(t, scoringtypes.EPOCH_STATUS_VOID, failed.Status)
			require.Contains(t, failed.VoidReason, tc.says)
			require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, w.last(proseTopic).Status)
			after := w.payment(proseTopic, w.last(proseTopic).Number)
			require.InDelta(t, before.Budget, after.Budget, float64(before.Budget)/2)
			require.Equal(t, after.ContributorsSpent, after.Rewards[0].Amount)

			w.both(func() {}, broken, sound)
			status := scoringtypes.EPOCH_STATUS_VOID
			if tc.heals {
				status = scoringtypes.EPOCH_STATUS_SCORED
			}
			require.Equal(t, status, w.last(goTopic).Status, w.last(goTopic).VoidReason)
			require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, w.last(proseTopic).Status)
		})
	}
}

// both plays the next epoch of both topics, whose blocks overlap, to the end of the later
// one, and calls meanwhile when both have revealed. Every validator scores both models.
func (w *world) both(meanwhile func(), first, second *model) {
	w.t.Helper()
	one := w.open(goTopic)
	w.NextBlock()
	other := w.open(proseTopic)
	var commits, reveals [][]byte
	ballots := append(w.unanimous(entry(first, 9))(one), w.unanimous(entry(second, 9))(other)...)
	for i, b := range ballots {
		commits = append(commits, w.SignAt(0, uint64(i/len(w.Validators)), b.commit()))
	}
	w.mustBlock(commits...)
	w.RunTo(other.RevealHeight - 1)
	for i, b := range ballots {
		reveals = append(reveals, w.SignAt(0, uint64(i/len(w.Validators)), b.reveal()))
	}
	w.mustBlock(reveals...)
	meanwhile()
	audit := w.AfterBlock
	w.AfterBlock = nil // the books are broken on purpose
	w.RunTo(other.EndHeight)
	w.AfterBlock = audit
}

// closed is an epoch of a topic, read from the store, as a query fails on what is broken.
func (w *world) closed(topicID, number uint64) scoringtypes.Epoch {
	w.t.Helper()
	epoch, err := w.App.Scoring.Epochs.Get(w.Ctx(), collections.Join(topicID, number))
	require.NoError(w.t, err)
	return epoch
}

// last is the last epoch of a topic that is not open.
func (w *world) last(topicID uint64) scoringtypes.Epoch {
	w.t.Helper()
	epoch, _ := w.epoch(topicID)
	if epoch.Status == scoringtypes.EPOCH_STATUS_OPEN {
		return w.closed(topicID, epoch.Number-1)
	}
	return epoch
}

// TestATopicThatCannotOpenAnEpochTriesAgainAnEpochLater loses the topic's record while its
// next epoch is to begin. The other topic's begins; this one's does once the record is back.
func TestATopicThatCannotOpenAnEpochTriesAgainAnEpochLater(t *testing.T) {
	w := newWorld(t, quick)
	running := w.enter(goTopic, &model{owner: w.Accounts[0], bytes: "a"})
	w.RunTo(running.EndHeight - 1)
	key := binary.BigEndian.AppendUint64([]byte{2}, goTopic) // as x/topic's keeper stores topics
	var record []byte
	w.Tamper(func(ctx sdk.Context) {
		store := ctx.KVStore(w.App.StoreKeys()[topictypes.StoreKey])
		record = store.Get(key)
		require.NotEmpty(t, record)
		store.Delete(key)
	})
	w.NextBlocks(2)
	still, _ := w.epoch(goTopic)
	require.Equal(t, running.Number, still.Number)
	other, _ := w.epoch(proseTopic)
	require.Equal(t, running.Number+1, other.Number)

	w.Tamper(func(ctx sdk.Context) { ctx.KVStore(w.App.StoreKeys()[topictypes.StoreKey]).Set(key, record) })
	clock, err := w.App.Scoring.Clocks.Get(w.Ctx(), goTopic)
	require.NoError(t, err)
	require.Greater(t, clock.NextStart, w.Height()+1)
	w.RunTo(clock.NextStart - 1)
	next, _ := w.epoch(goTopic)
	require.Equal(t, running.Number+1, next.Number)
	require.Equal(t, scoringtypes.EPOCH_STATUS_OPEN, next.Status)
}
