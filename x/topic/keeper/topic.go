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

// GetTopicBySlug returns the topic of a slug, or ErrTopicNotFound.
func (k *Keeper) GetTopicBySlug(ctx context.Context, slug string) (types.Topic, error) {
	id, err := k.slugs.Get(ctx, slug)
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

// createTopic opens a topic of a spec that holds under params, and tells the hooks.
func (k *Keeper) createTopic(ctx context.Context, params types.Params, spec types.TopicSpec) (types.Topic, error) {
	if err := k.checkRoom(ctx, params); err != nil {
		return types.Topic{}, err
	}
	if err := k.checkSlugFree(ctx, spec.Slug); err != nil {
		return types.Topic{}, err
	}
	id, err := k.nextID.Next(ctx)
	if err != nil {
		return types.Topic{}, err
	}
	topic := types.NewTopic(id, spec)
	if err := k.addTopic(ctx, topic); err != nil {
		return types.Topic{}, err
	}
	return topic, k.hooks.AfterTopicCreated(ctx, id)
}

// updateTopic replaces what was decided about a topic. Its slug, by which people and
// scripts find it, stays.
func (k *Keeper) updateTopic(ctx context.Context, id uint64, spec types.TopicSpec) error {
	topic, err := k.GetTopic(ctx, id)
	if err != nil {
		return err
	}
	if spec.Slug != topic.Slug {
		return errorsmod.Wrapf(types.ErrSlugFixed, "topic %d is %q, the update says %q: send the slug that it has", id, topic.Slug, spec.Slug)
	}
	return k.topics.Set(ctx, id, topic.WithSpec(spec))
}

// addTopic stores a topic under its id and its slug.
func (k *Keeper) addTopic(ctx context.Context, topic types.Topic) error {
	if err := k.topics.Set(ctx, topic.Id, topic); err != nil {
		return err
	}
	return k.slugs.Set(ctx, topic.Slug, topic.Id)
}

func (k *Keeper) checkSlugFree(ctx context.Context, slug string) error {
	id, err := k.slugs.Get(ctx, slug)
	switch {
	case errors.Is(err, collections.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return errorsmod.Wrapf(types.ErrSlugTaken, "topic %d has the slug %q: choose another", id, slug)
}

// checkRoom counts the topics. max_topics bounds the walk, and only the authority causes
// it, so no counter has to be kept right.
func (k *Keeper) checkRoom(ctx context.Context, params types.Params) error {
	count := uint32(0)
	err := k.slugs.Walk(ctx, nil, func(string, uint64) (bool, error) {
		count++
		return count >= params.MaxTopics, nil
	})
	if err != nil {
		return err
	}
	if count >= params.MaxTopics {
		return errorsmod.Wrapf(types.ErrTooManyTopics, "max_topics is %d and as many topics exist: raise max_topics first", params.MaxTopics)
	}
	return nil
}
