// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

// scheduleUpdate keeps what a topic becomes when its next epoch opens, and returns the
// fields that the message changed. It is compared with what waits, so that a steward's
// message neither undoes nor carries out a change of the authority's. A message that takes
// back all that waits leaves nothing to wait.
func (k *Keeper) scheduleUpdate(ctx context.Context, topic types.Topic, spec types.TopicSpec, by types.Changer) ([]string, error) {
	next, err := k.nextSpec(ctx, topic)
	if err != nil {
		return nil, err
	}
	changed, err := types.CheckChanges(next, spec, by)
	if err != nil {
		return nil, err
	}
	if types.SameSpec(topic.Spec(), spec) {
		return changed, k.pending.Remove(ctx, topic.Id)
	}
	return changed, k.pending.Set(ctx, topic.Id, types.PendingUpdate{
		TopicId: topic.Id, Spec: spec, Height: sdk.UnwrapSDKContext(ctx).BlockHeight(),
	})
}

// nextSpec is what a topic will be at its next epoch.
func (k *Keeper) nextSpec(ctx context.Context, topic types.Topic) (types.TopicSpec, error) {
	pending, found, err := get(ctx, k.pending, topic.Id)
	if err != nil || !found {
		return topic.Spec(), err
	}
	return pending.Spec, nil
}

// BeginEpoch makes a topic what the change that waits for its next epoch says, and
// returns it. x/scoring calls it as it opens an epoch, before anything is pinned.
func (k *Keeper) BeginEpoch(ctx context.Context, id uint64) (types.Topic, error) {
	topic, err := k.GetTopic(ctx, id)
	if err != nil {
		return topic, err
	}
	pending, found, err := get(ctx, k.pending, id)
	if err != nil || !found {
		return topic, err
	}
	next := topic.WithSpec(pending.Spec)
	if next.Steward != topic.Steward {
		if err := k.offers.Remove(ctx, id); err != nil {
			return topic, err
		}
	}
	if err := k.topics.Set(ctx, id, next); err != nil {
		return topic, err
	}
	if err := k.pending.Remove(ctx, id); err != nil {
		return topic, err
	}
	return next, emit(ctx, &types.EventTopicUpdated{TopicId: id})
}

// get is the value of a key, and whether there is one.
func get[V any](ctx context.Context, m collections.Map[uint64, V], id uint64) (value V, found bool, err error) {
	value, err = m.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return value, false, nil
	}
	return value, err == nil, err
}

// values are all of a map, in the order of their keys.
func values[V any](ctx context.Context, m collections.Map[uint64, V]) ([]V, error) {
	iterator, err := m.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	list, err := iterator.Values()
	return slices.Clip(list), err
}
