// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"time"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

const (
	// maxEnds bounds the guardians' pauses that end in one block. Guardians cannot hold more topics at once.
	maxEnds = 64
	// retryMs is when an end is tried again that failed: in an hour.
	retryMs = 3_600_000
)

// pauseTopic stops contributions and the opening of epochs. An epoch that is open ends
// as usual. A pause that a guardian began becomes one that the people decided.
func (k *Keeper) pauseTopic(ctx context.Context, id uint64) (types.Topic, error) {
	topic, err := k.liveTopic(ctx, id)
	if err != nil {
		return topic, err
	}
	if topic.IsGuarded() {
		confirmed := *topic.Pause
		confirmed.UntilMs = 0
		topic = topic.Paused(confirmed)
		return topic, k.topics.Set(ctx, id, topic)
	}
	if topic.Pause != nil {
		return topic, errorsmod.Wrapf(types.ErrAlreadyPaused, "topic %d is paused since block %d: there is nothing to pause", id, topic.Pause.Height)
	}
	return k.pause(ctx, topic, types.Pause{Height: sdk.UnwrapSDKContext(ctx).BlockHeight()})
}

// PauseByGuardian pauses a topic until untilMs, or until the people decide, and lets guardians pause it again from nextMs on.
// x/contribution calls it, which knows the guardians and what they may. It returns ErrTopicNotFound, ErrRetired, ErrNotPaid,
// ErrAlreadyPaused or ErrGuardCooldown.
func (k *Keeper) PauseByGuardian(ctx context.Context, id uint64, guardian, reasonURI string, untilMs, nextMs int64) error {
	topic, err := k.liveTopic(ctx, id)
	switch {
	case err != nil:
		return err
	case topic.Sandbox:
		return errorsmod.Wrapf(types.ErrNotPaid, "topic %d is a sandbox, where no money is at stake: propose a pause", id)
	case topic.Pause != nil:
		return errorsmod.Wrapf(types.ErrAlreadyPaused, "topic %d is paused since block %d: a guardian cannot prolong that, a proposal can", id, topic.Pause.Height)
	case blockMs(ctx) < topic.GuardableFromMs:
		return errorsmod.Wrapf(types.ErrGuardCooldown, "guardians had topic %d, and may have it again from %s on: propose a pause",
			id, time.UnixMilli(topic.GuardableFromMs).UTC().Format(time.RFC3339))
	}
	topic.GuardableFromMs = nextMs
	topic, err = k.pause(ctx, topic, types.Pause{
		Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Guardian: guardian, ReasonUri: reasonURI, UntilMs: untilMs,
	})
	if err != nil {
		return err
	}
	return emit(ctx, pausedEvent(topic))
}

// pause begins one, and tells those who keep something for the topic.
func (k *Keeper) pause(ctx context.Context, topic types.Topic, pause types.Pause) (types.Topic, error) {
	topic = topic.Paused(pause)
	if err := k.topics.Set(ctx, topic.Id, topic); err != nil {
		return topic, err
	}
	return topic, k.hooks.AfterTopicPaused(ctx, topic.Id)
}

func pausedEvent(topic types.Topic) *types.EventTopicPaused {
	return &types.EventTopicPaused{TopicId: topic.Id, Guardian: topic.Pause.Guardian, ReasonUri: topic.Pause.ReasonUri, UntilMs: topic.Pause.UntilMs}
}

// resumeTopic ends a pause, whoever began it. One that guardians began may have ended by itself while the people voted on that: then
// there is nothing to do, and what else they decided with it is not held up.
func (k *Keeper) resumeTopic(ctx context.Context, id uint64) error {
	topic, err := k.liveTopic(ctx, id)
	switch {
	case err != nil:
		return err
	case topic.Pause == nil && topic.GuardableFromMs > 0:
		return nil
	case topic.Pause == nil:
		return errorsmod.Wrapf(types.ErrNotPaused, "topic %d is %s: there is nothing to resume", id, topic.Status)
	}
	if err := k.topics.Set(ctx, id, topic.Resumed()); err != nil {
		return err
	}
	if err := k.hooks.AfterTopicResumed(ctx, id); err != nil {
		return err
	}
	return emit(ctx, &types.EventTopicResumed{TopicId: id})
}

// GuardedTopics lists the topics that guardians paused and nobody decided about, the first to end first.
func (k *Keeper) GuardedTopics(ctx context.Context) (ids []uint64, err error) {
	err = k.topics.Indexes.Guarded.keys.Walk(ctx, nil, func(key guardedKey) (bool, error) {
		ids = append(ids, key.K2())
		return false, nil
	})
	return ids, err
}

// CountPaid counts the topics that live and are no sandboxes: max_topics at most.
func (k *Keeper) CountPaid(ctx context.Context) (count uint32, err error) {
	err = k.topics.Indexes.Live.keys.Walk(ctx, collections.NewPrefixedPairRange[bool, uint64](false), func(liveKey) (bool, error) {
		count++
		return false, nil
	})
	return count, err
}

// EndBlock resumes what guardians paused and whose time is over. One that cannot be resumed leaves the head of the queue, so that it
// holds up none behind it.
func (k *Keeper) EndBlock(ctx context.Context) error {
	due, err := k.dueGuarded(ctx)
	if err != nil {
		return err
	}
	for _, id := range due {
		cause := types.Apart(ctx, func(ctx context.Context) error { return k.endGuarded(ctx, id) })
		if cause == nil {
			continue
		}
		if err := k.endLater(ctx, id, cause); err != nil {
			return err
		}
	}
	return nil
}

// dueGuarded lists what is over, longest first.
func (k *Keeper) dueGuarded(ctx context.Context) (ids []uint64, err error) {
	over := collections.NewPrefixUntilPairRange[int64, uint64](blockMs(ctx))
	err = k.topics.Indexes.Guarded.keys.Walk(ctx, over, func(key guardedKey) (bool, error) {
		ids = append(ids, key.K2())
		return len(ids) >= maxEnds, nil
	})
	return ids, err
}

func (k *Keeper) endGuarded(ctx context.Context, id uint64) error {
	topic, err := k.GetTopic(ctx, id)
	if err != nil {
		return err
	}
	return errors.Join(
		emit(ctx, &types.EventTopicPauseExpired{TopicId: id, Guardian: topic.Pause.Guardian}),
		k.resumeTopic(ctx, id),
	)
}

func (k *Keeper) endLater(ctx context.Context, id uint64, cause error) error {
	topic, err := k.GetTopic(ctx, id)
	if err != nil {
		return err
	}
	later := *topic.Pause
	later.UntilMs = blockMs(ctx) + retryMs
	topic = topic.Paused(later)
	topic.GuardableFromMs = max(topic.GuardableFromMs, later.UntilMs+1)
	if err := k.topics.Set(ctx, id, topic); err != nil {
		return err
	}
	return emit(ctx, &types.EventTopicPauseExpiryFailed{TopicId: id, Reason: cause.Error()})
}

func blockMs(ctx context.Context) int64 { return sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli() }
