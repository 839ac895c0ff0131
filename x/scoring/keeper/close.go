// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// closingPlace is an epoch's place in the queue of closings: last block, topic, epoch.
type closingPlace = collections.Triple[int64, uint64, uint64]

// closeDueEpochs goes on closing the epochs whose last block has come, by that block and then by topic, until the
// block's budget is spent. The one in front goes on until it is done; the others wait for it.
func (k *Keeper) closeDueEpochs(ctx context.Context, budget *budget) error {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	for {
		place, found, err := first(ctx, k.Closings)
		if err != nil {
			return err
		}
		if !found || place.K1() > height || (budget.started && budget.left == 0) {
			return k.dropNotes(ctx)
		}
		closed, err := k.closeOrVoid(ctx, place, budget)
		if err != nil {
			return err
		}
		if !closed {
			return k.dropNotes(ctx)
		}
	}
}

// closeOrVoid goes on closing an epoch, and takes it off the queue when it is closed. Should it fail, nothing that
// it wrote in this block stays, the epoch is void, and the block and all other topics go on.
func (k *Keeper) closeOrVoid(ctx context.Context, place closingPlace, budget *budget) (closed bool, err error) {
	topicID, number := place.K2(), place.K3()
	failure := k.apart(ctx, func(ctx context.Context) error {
		var err error
		closed, err = k.goOn(ctx, topicID, number, budget)
		return err
	})
	if failure != nil {
		k.logger(ctx).Error("an epoch could not be closed", "topic", topicID, "epoch", number, "error", failure)
		if err := k.giveUp(ctx, topicID, number, reasonOf("close failed", failure)); err != nil {
			return false, err
		}
		closed = true
	}
	if !closed {
		return false, nil
	}
	return true, k.leaveQueue(ctx, place)
}

// giveUp makes an epoch void that cannot be closed.
func (k *Keeper) giveUp(ctx context.Context, topicID, number uint64, reason string) error {
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		k.logger(ctx).Error("nor could it be voided", "topic", topicID, "epoch", number, "error", err)
		return nil
	}
	return k.voidEpoch(ctx, epoch, reason)
}

// leaveQueue takes an epoch that is closed off the queue, and lets the topic's next one begin and its old ones go.
func (k *Keeper) leaveQueue(ctx context.Context, place closingPlace) error {
	if err := k.Closings.Remove(ctx, place); err != nil {
		return err
	}
	topicID := place.K2()
	if err := k.Works.Remove(ctx, collections.Join(topicID, place.K3())); err != nil {
		return err
	}
	if err := k.Prunings.Set(ctx, topicID); err != nil {
		return err
	}
	return k.rewind(ctx, topicID)
}

// goOn closes as much of an epoch as the budget is for, and reports whether that was all.
func (k *Keeper) goOn(ctx context.Context, topicID, number uint64, budget *budget) (closed bool, err error) {
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		return false, err
	}
	if epoch.Status == types.EPOCH_STATUS_OPEN {
		if !budget.take(types.TallyCost(len(epoch.Validators))) {
			return false, nil
		}
		void, err := k.beginClose(ctx, &epoch)
		if err != nil || void {
			return void, err
		}
	}
	c, err := k.openClose(ctx, epoch)
	if err != nil {
		return false, err
	}
	for !c.work.Done() && budget.take(c.cost()) {
		if err := c.step(ctx, budget); err != nil {
			return false, err
		}
	}
	return c.work.Done(), c.store(ctx)
}

// beginClose finds out who counts in an epoch, and whether it has a result at all.
func (k *Keeper) beginClose(ctx context.Context, epoch *types.Epoch) (void bool, err error) {
	tally, err := k.tally(ctx, *epoch)
	if err != nil {
		return false, err
	}
	if err := k.recordMisses(ctx, *epoch, tally); err != nil {
		return false, err
	}
	ids, err := k.pinnedSet(ctx, epoch.TopicId, epoch.Number)
	if err != nil {
		return false, err
	}
	if reason := tally.Void(len(ids), epoch.MinRevealBp); reason != "" {
		return true, k.voidEpoch(ctx, *epoch, reason)
	}
	clock, err := k.Clocks.Get(ctx, epoch.TopicId)
	if err != nil {
		return false, err
	}
	epoch.Status, epoch.BondsEpoch = types.EPOCH_STATUS_CLOSING, clock.BondsEpoch
	key := collections.Join(epoch.TopicId, epoch.Number)
	if err := k.Epochs.Set(ctx, key, *epoch); err != nil {
		return false, err
	}
	return false, k.Works.Set(ctx, key, types.Work{TopicId: epoch.TopicId, Epoch: epoch.Number, Pass: types.PASS_SUM})
}

// voidEpoch closes an epoch without a result: nothing is paid, and the next one starts from the bonds that it would
// have started from.
func (k *Keeper) voidEpoch(ctx context.Context, epoch types.Epoch, reason string) error {
	epoch.Status, epoch.BondsEpoch = types.EPOCH_STATUS_VOID, 0
	epoch.VoidReason = reason
	if err := k.Epochs.Set(ctx, collections.Join(epoch.TopicId, epoch.Number), epoch); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochVoided{TopicId: epoch.TopicId, Epoch: epoch.Number, Reason: reason})
}
