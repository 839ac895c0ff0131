// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/topic/types"
)

// pauseTopic stops contributions and the opening of epochs. An epoch that is open ends
// as usual.
func (k *Keeper) pauseTopic(ctx context.Context, id uint64) error {
	topic, err := k.GetTopic(ctx, id)
	if err != nil {
		return err
	}
	if topic.Status == types.STATUS_PAUSED {
		return errorsmod.Wrapf(types.ErrAlreadyPaused, "topic %d: there is nothing to pause", id)
	}
	topic.Status = types.STATUS_PAUSED
	if err := k.topics.Set(ctx, id, topic); err != nil {
		return err
	}
	return k.hooks.AfterTopicPaused(ctx, id)
}

// resumeTopic ends a pause.
func (k *Keeper) resumeTopic(ctx context.Context, id uint64) error {
	topic, err := k.GetTopic(ctx, id)
	if err != nil {
		return err
	}
	if topic.Status != types.STATUS_PAUSED {
		return errorsmod.Wrapf(types.ErrNotPaused, "topic %d is %s: there is nothing to resume", id, topic.Status)
	}
	topic.Status = types.STATUS_ACTIVE
	if err := k.topics.Set(ctx, id, topic); err != nil {
		return err
	}
	return k.hooks.AfterTopicResumed(ctx, id)
}
