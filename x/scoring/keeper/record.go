// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// record returns what the topic remembers of a validator; an empty record for nothing.
func (k *Keeper) record(ctx context.Context, topicID uint64, operator sdk.ValAddress, name string) (types.ValidatorRecord, error) {
	record, err := k.Records.Get(ctx, collections.Join(topicID, []byte(operator)))
	if errors.Is(err, collections.ErrNotFound) {
		return types.ValidatorRecord{TopicId: topicID, Operator: name}, nil
	}
	return record, err
}

// recordReveal remembers that the validator revealed in this block.
func (k *Keeper) recordReveal(ctx context.Context, t turn) error {
	record, err := k.record(ctx, t.epoch.TopicId, t.operator, t.name)
	if err != nil {
		return err
	}
	record.LastRevealEpoch = t.epoch.Number
	record.LastRevealHeight = sdk.UnwrapSDKContext(ctx).BlockHeight()
	return k.Records.Set(ctx, collections.Join(t.epoch.TopicId, []byte(t.operator)), record)
}

// recordMisses counts a miss for each voter that committed and did not reveal.
func (k *Keeper) recordMisses(ctx context.Context, epoch types.Epoch, voters []types.Voter) error {
	for _, v := range voters {
		if !v.Committed || v.Revealed {
			continue
		}
		operator, err := k.operators.StringToBytes(v.Operator)
		if err != nil {
			return err
		}
		record, err := k.record(ctx, epoch.TopicId, operator, v.Operator)
		if err != nil {
			return err
		}
		record.Misses++
		if err := k.Records.Set(ctx, collections.Join(epoch.TopicId, operator), record); err != nil {
			return err
		}
		if err := emit(ctx, &types.EventScoresMissed{TopicId: epoch.TopicId, Epoch: epoch.Number, Operator: v.Operator}); err != nil {
			return err
		}
	}
	return nil
}
