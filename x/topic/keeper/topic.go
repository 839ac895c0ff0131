// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/topic/types"
)

// GetTopic returns the topic of an id, or ErrTopicNotFound.
func (k *Keeper) GetTopic(ctx context.Context, id uint64) (types.Topic, error) {
	topic, err := k.topics.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Topic{}, errorsmod.Wrapf(types.ErrTopicNotFound, "no topic has the id %d: `weald query topic list` shows those that exist", id)
	}
	return topic, err
}

// GetTopicBySlug returns the topic that holds a slug, or ErrTopicNotFound.
func (k *Keeper) GetTopicBySlug(ctx context.Context, slug string) (types.Topic, error) {
	id, err := k.topics.Indexes.Slug.ids.Get(ctx, slug)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Topic{}, errorsmod.Wrapf(types.ErrTopicNotFound, "no topic has the slug %q: `weald query topic list` shows those that exist", slug)
	}
	if err != nil {
		return types.Topic{}, err
	}
	return k.GetTopic(ctx, id)
}

// WalkTopics calls fn with every topic by rising id, until fn returns true or an error.
func (k *Keeper) WalkTopics(ctx context.Context, fn func(types.Topic) (stop bool, err error)) error {
	return k.topics.Walk(ctx, nil, func(_ uint64, topic types.Topic) (bool, error) { return fn(topic) })
}

// liveTopic returns the topic of an id, or an error if it has ended for good.
func (k *Keeper) liveTopic(ctx context.Context, id uint64) (types.Topic, error) {
	topic, err := k.GetTopic(ctx, id)
	if err != nil {
		return topic, err
	}
	if !topic.IsLive() {
		return topic, errorsmod.Wrapf(types.ErrRetired, "topic %d has ended for good: open another", id)
	}
	return topic, nil
}
