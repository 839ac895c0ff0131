// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/weal-network/weal/x/topic/types"
)

// retireTopic ends a topic that lives for good: what waits for it is dropped, its deposit
// goes back, and its record stays, as others hang on it.
func (k *Keeper) retireTopic(ctx context.Context, topic types.Topic, by types.Changer) error {
	if by == types.Steward {
		if err := k.hooks.BeforeStewardRetires(ctx, topic.Id); err != nil {
			return err
		}
	}
	ended := topic
	ended.Status, ended.Pause, ended.Deposit = types.STATUS_RETIRED, nil, 0
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
