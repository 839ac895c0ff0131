// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// openDueEpochs opens the epochs that begin with the next block, at most max_openings_per_block.
// It opens them in the block before so that this block's hash, which nobody knew when the
// contributions were submitted, draws the seed.
func (k *Keeper) openDueEpochs(ctx context.Context, params types.Params) error {
	start := sdk.UnwrapSDKContext(ctx).BlockHeight() + 1
	for range params.MaxOpeningsPerBlock {
		key, found, err := first(ctx, k.Openings)
		if err != nil {
			return err
		}
		if !found || key.K1() > start {
			return nil
		}
		if err := k.Openings.Remove(ctx, key); err != nil {
			return err
		}
		if err := k.openOrDelay(ctx, key.K2(), start, params); err != nil {
			return err
		}
	}
	return nil
}

// openOrDelay opens a topic's next epoch. Should that fail, nothing that it wrote stays, the block and
// all other topics go on, and the topic tries again one epoch later.
func (k *Keeper) openOrDelay(ctx context.Context, topicID uint64, start int64, params types.Params) error {
	failure := k.apart(ctx, func(ctx context.Context) error { return k.openNext(ctx, topicID, start, params) })
	if failure == nil {
		return nil
	}
	k.logger(ctx).Error("an epoch could not begin", "topic", topicID, "error", failure)
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		k.logger(ctx).Error("nor could it be delayed", "topic", topicID, "error", err)
		return nil
	}
	clock.NextStart = start + k.epochBlocks(ctx, topicID)
	if err := k.wind(ctx, clock); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochOpenFailed{TopicId: topicID, Reason: reasonOf("open failed", failure)})
}

// openNext opens a topic's next epoch. While the last one has not been closed it waits a block; a topic
// that was paused is left alone.
func (k *Keeper) openNext(ctx context.Context, topicID uint64, start int64, params types.Params) error {
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		return err
	}
	running, err := k.running(ctx, clock)
	if err != nil {
		return err
	}
	if running {
		clock.NextStart = start + 1
		return k.wind(ctx, clock)
	}
	topic, err := k.topic.GetTopic(ctx, topicID)
	if err != nil || topic.Status != topictypes.STATUS_ACTIVE {
		return err
	}
	// What was decided about the topic since its last epoch opened holds from here on.
	if topic, err = k.topic.BeginEpoch(ctx, topicID); err != nil {
		return err
	}
	return k.openEpoch(ctx, topic, clock.Epoch+1, start, params)
}

// epochBlocks is the length of a topic's epochs; a short while for a topic that cannot be read.
func (k *Keeper) epochBlocks(ctx context.Context, topicID uint64) int64 {
	topic, err := k.topic.GetTopic(ctx, topicID)
	if err != nil {
		return types.MaxStagger
	}
	return int64(topic.Schedule.EpochBlocks)
}

// running reports whether the clock's last epoch still waits to be closed.
func (k *Keeper) running(ctx context.Context, clock types.Clock) (bool, error) {
	if clock.Epoch == 0 {
		return false, nil
	}
	epoch, err := k.Epochs.Get(ctx, collections.Join(clock.TopicId, clock.Epoch))
	if err != nil {
		return false, err
	}
	return k.Closings.Has(ctx, closingKey(epoch))
}

// openEpoch pins what the epoch is about, and queues its close and the topic's next epoch.
func (k *Keeper) openEpoch(ctx context.Context, topic topictypes.Topic, number uint64, start int64, params types.Params) error {
	epoch := types.NewEpoch(topic, number, start, params)
	epoch.Seed = types.Seed(sdk.UnwrapSDKContext(ctx).HeaderInfo().Hash, topic.Id, number)
	ids, err := k.contribution.BeginEpoch(ctx, topic, number)
	if err != nil {
		return err
	}
	if epoch.Validators, err = k.pinValidators(ctx, params.MaxValidators); err != nil {
		return err
	}
	if err := k.storeEpoch(ctx, epoch, ids); err != nil {
		return err
	}
	if err := k.wind(ctx, types.Clock{TopicId: topic.Id, Epoch: number, NextStart: epoch.EndHeight + 1}); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochOpened{
		TopicId: topic.Id, Epoch: number, StartHeight: epoch.StartHeight, RevealHeight: epoch.RevealHeight, EndHeight: epoch.EndHeight,
		Seed: epoch.Seed, Contributions: uint32(len(ids)), Validators: uint32(len(epoch.Validators)),
	})
}

// storeEpoch stores an open epoch with its set, and queues its close.
func (k *Keeper) storeEpoch(ctx context.Context, epoch types.Epoch, ids []uint64) error {
	packed, err := row.EncodeIDs(ids)
	if err != nil {
		return errorsmod.Wrapf(types.ErrInconsistent, "contributions of epoch %d of topic %d: %s", epoch.Number, epoch.TopicId, err)
	}
	key := collections.Join(epoch.TopicId, epoch.Number)
	if err := k.Pinned.Set(ctx, key, packed); err != nil {
		return err
	}
	if err := k.Epochs.Set(ctx, key, epoch); err != nil {
		return err
	}
	return k.Closings.Set(ctx, closingKey(epoch))
}

// pinnedSet returns the contributions of an epoch, rising.
func (k *Keeper) pinnedSet(ctx context.Context, topicID, number uint64) ([]uint64, error) {
	packed, err := k.Pinned.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		return nil, err
	}
	return row.DecodeIDs(packed, types.MaxEntries)
}

// closingKey is an epoch's place in the queue of closings.
func closingKey(epoch types.Epoch) collections.Triple[int64, uint64, uint64] {
	return collections.Join3(epoch.EndHeight, epoch.TopicId, epoch.Number)
}
