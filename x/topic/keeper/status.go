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
	topic, err := k.liveTopic(ctx, id)
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
	topic, err := k.liveTopic(ctx, id)
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

// retireTopic ends a topic that lives for good: what waits for it is dropped, its deposit
// goes back, and its record stays, as others hang on it.
func (k *Keeper) retireTopic(ctx context.Context, topic types.Topic, by types.Changer) error {
	if by == types.Steward {
		if err := k.hooks.BeforeStewardRetires(ctx, topic.Id); err != nil {
			return err
		}
	}
	ended := topic
	ended.Status, ended.Deposit = types.STATUS_RETIRED, 0
	if err := k.topics.Set(ctx, topic.Id, ended); err != nil {
		return err
	}
	if err := k.pending.Remove(ctx, topic.Id); err != nil {
		return err
	}
	if err := k.offers.Remove(ctx, topic.Id); err != nil {
		return err
	}
	if err := k.returnDeposit(ctx, topic); err != nil {
		return err
	}
	return k.hooks.AfterTopicRetired(ctx, topic.Id)
}
