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

// openDueEpochs opens the epochs that were to begin by a block, at most max_openings_per_block, as long as the budget is
// there for the next one.
// It opens them in the block before they begin, so that this block's hash, which nobody knew when the
// contributions were submitted, draws the seed.
func (k *Keeper) openDueEpochs(ctx context.Context, by int64, params types.Params, budget *budget) error {
	for budget.openings < params.MaxOpeningsPerBlock {
		key, found, err := first(ctx, k.Openings)
		if err != nil {
			return err
		}
		if !found || key.K1() > by {
			return nil
		}
		cost, err := k.openCost(ctx, key.K2(), params, budget)
		if err != nil || !budget.take(cost) {
			return err
		}
		budget.openings++
		if err := k.Openings.Remove(ctx, key); err != nil {
			return err
		}
		if err := k.openOrDelay(ctx, key.K2(), sdk.UnwrapSDKContext(ctx).BlockHeight()+1, params, budget); err != nil {
			return err
		}
	}
	return nil
}

// openCost is about what it costs to open a topic's next epoch.
func (k *Keeper) openCost(ctx context.Context, topicID uint64, params types.Params, budget *budget) (uint64, error) {
	candidates, err := k.candidatesOnce(ctx, budget)
	if err != nil {
		return 0, err
	}
	places, err := k.contribution.Places(ctx, topicID)
	if err != nil {
		return 0, err
	}
	cost := types.OpenCost(min(len(candidates), int(params.MaxValidators)), int(places))
	// A topic that cannot be read fails when it is opened.
	if topic, err := k.topic.GetTopic(ctx, topicID); err == nil && topic.Scoring.Coverage > 0 {
		cost += types.CommonCost(int(places))
	}
	return cost, nil
}

// openOrDelay opens a topic's next epoch. Should that fail, nothing that it wrote stays, the block and
// all other topics go on, and the topic tries again one epoch later.
func (k *Keeper) openOrDelay(ctx context.Context, topicID uint64, start int64, params types.Params, budget *budget) error {
	failure := k.apart(ctx, func(ctx context.Context) error { return k.openNext(ctx, topicID, start, params, budget) })
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

// openNext opens a topic's next epoch. While the last one is not closed it waits for that, which queues it again; a
// topic that was paused is left alone.
func (k *Keeper) openNext(ctx context.Context, topicID uint64, start int64, params types.Params, budget *budget) error {
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		return err
	}
	running, err := k.running(ctx, clock)
	if err != nil || running {
		return err
	}
	topic, err := k.topic.GetTopic(ctx, topicID)
	if err != nil || topic.Status != topictypes.STATUS_ACTIVE {
		return err
	}
	// What was decided about the topic since its last epoch opened holds from here on.
	if topic, err = k.topic.BeginEpoch(ctx, topicID); err != nil {
		return err
	}
	return k.openEpoch(ctx, topic, clock, start, params, budget)
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

// openEpoch pins what the epoch is about, and queues its close, which queues the topic's next epoch.
func (k *Keeper) openEpoch(ctx context.Context, topic topictypes.Topic, clock types.Clock, start int64, params types.Params, budget *budget) error {
	number := clock.Epoch + 1
	epoch := types.NewEpoch(topic, number, start, params)
	epoch.Seed = types.Seed(sdk.UnwrapSDKContext(ctx).HeaderInfo().Hash, topic.Id, number)
	holder, err := k.topHolder(ctx, epoch, clock)
	if err != nil {
		return err
	}
	ids, err := k.contribution.BeginEpoch(ctx, topic, number, holder)
	if err != nil {
		return err
	}
	if epoch.Validators, err = k.pinValidators(ctx, epoch, params.MaxValidators, budget); err != nil {
		return err
	}
	if err := k.pinCommon(ctx, &epoch, ids, clock); err != nil {
		return err
	}
	if err := k.storeEpoch(ctx, epoch, ids); err != nil {
		return err
	}
	clock.Epoch, clock.NextStart = number, epoch.EndHeight+1
	if err := k.Clocks.Set(ctx, topic.Id, clock); err != nil {
		return err
	}
	if err := k.hooks.AfterEpochOpened(ctx, topic.Id, number); err != nil {
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
func closingKey(epoch types.Epoch) closingPlace {
	return collections.Join3(epoch.EndHeight, epoch.TopicId, epoch.Number)
}
