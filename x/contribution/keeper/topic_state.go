// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/contribution/types"
)

// topicState returns what is known of a topic; of a new one, nothing.
func (k Keeper) topicState(ctx context.Context, topicID uint64) (types.TopicState, error) {
	s, err := k.topicStates.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		return types.TopicState{TopicId: topicID}, nil
	}
	return s, err
}

// setTopicState writes what is known of a topic.
func (k Keeper) setTopicState(ctx context.Context, s types.TopicState) error {
	return k.topicStates.Set(ctx, s.TopicId, s)
}
