// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// startClock gives a topic its clock, so that its first epoch begins in one of the next blocks.
func (k *Keeper) startClock(ctx context.Context, topic topictypes.Topic) error {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	clock := types.Clock{
		TopicId:   topic.Id,
		NextStart: types.FirstStart(height, topic.Id, topic.Schedule.EpochBlocks),
	}
	if topic.Status != topictypes.STATUS_ACTIVE {
		return k.Clocks.Set(ctx, topic.Id, clock)
	}
	return k.wind(ctx, clock)
}

// stopClock lets no further epoch of the topic begin.
func (k *Keeper) stopClock(ctx context.Context, topicID uint64) error {
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		return err
	}
	return k.Openings.Remove(ctx, collections.Join(clock.NextStart, topicID))
}

// resumeClock lets epochs begin again, the first one in the next block or after the running one.
func (k *Keeper) resumeClock(ctx context.Context, topicID uint64) error {
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		return err
	}
	clock.NextStart = max(clock.NextStart, sdk.UnwrapSDKContext(ctx).BlockHeight()+1)
	running, err := k.running(ctx, clock)
	if err != nil {
		return err
	}
	if running {
		return k.Clocks.Set(ctx, topicID, clock)
	}
	return k.wind(ctx, clock)
}

// rewind queues the topic's next epoch when its last one is closed, unless it is paused. A topic that cannot be read
// is queued, so that its opening fails and is tried again.
func (k *Keeper) rewind(ctx context.Context, topicID uint64) error {
	topic, err := k.topic.GetTopic(ctx, topicID)
	if err == nil && topic.Status != topictypes.STATUS_ACTIVE {
		return nil
	}
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		k.logger(ctx).Error("a clock is lost", "topic", topicID, "error", err)
		return nil
	}
	return k.wind(ctx, clock)
}

// wind stores a clock and queues its next epoch. A topic is in the queue while it is active and no epoch of it runs or
// is being closed.
func (k *Keeper) wind(ctx context.Context, clock types.Clock) error {
	if err := k.Clocks.Set(ctx, clock.TopicId, clock); err != nil {
		return err
	}
	return k.Openings.Set(ctx, collections.Join(clock.NextStart, clock.TopicId))
}

// TopicHooks lets the clocks follow the topics' lives.
type TopicHooks struct{ k *Keeper }

var _ topictypes.TopicHooks = TopicHooks{}

// TopicHooks returns what x/topic calls.
func (k *Keeper) TopicHooks() TopicHooks { return TopicHooks{k} }

// AfterTopicCreated starts the topic's clock.
func (h TopicHooks) AfterTopicCreated(ctx context.Context, topicID uint64) error {
	topic, err := h.k.topic.GetTopic(ctx, topicID)
	if err != nil {
		return err
	}
	return h.k.startClock(ctx, topic)
}

// AfterTopicPaused stops the topic's clock; a running epoch ends as usual.
func (h TopicHooks) AfterTopicPaused(ctx context.Context, topicID uint64) error {
	return h.k.stopClock(ctx, topicID)
}

// AfterTopicResumed lets the topic's clock go on.
func (h TopicHooks) AfterTopicResumed(ctx context.Context, topicID uint64) error {
	return h.k.resumeClock(ctx, topicID)
}

// BeforeStewardRetires does nothing: no clock keeps a topic alive.
func (TopicHooks) BeforeStewardRetires(context.Context, uint64) error { return nil }

// AfterTopicRetired stops the topic's clock for good; a running epoch ends as usual.
func (h TopicHooks) AfterTopicRetired(ctx context.Context, topicID uint64) error {
	return h.k.stopClock(ctx, topicID)
}

// first returns the first key of a set; false when it is empty.
func first[K any](ctx context.Context, set collections.KeySet[K]) (key K, found bool, err error) {
	iterator, err := set.Iterate(ctx, nil)
	if err != nil {
		return key, false, err
	}
	defer func() { err = errors.Join(err, iterator.Close()) }()
	if !iterator.Valid() {
		return key, false, nil
	}
	key, err = iterator.Key()
	return key, err == nil, err
}
