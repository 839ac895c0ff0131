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

// recordMisses counts a miss for each voter that committed and did not reveal, and suspends those that missed too often, unless
// they had half of the power or more: then it is not they who are out of order.
func (k *Keeper) recordMisses(ctx context.Context, epoch types.Epoch, tally types.Tally) error {
	var late []types.ValidatorRecord
	var power uint64
	for _, v := range tally.Voters {
		if !v.Missed() {
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
		if record.Miss(epoch) {
			late, power = append(late, record), power+v.Power
		}
		if err := k.Records.Set(ctx, collections.Join(epoch.TopicId, operator), record); err != nil {
			return err
		}
		if err := emit(ctx, &types.EventScoresMissed{TopicId: epoch.TopicId, Epoch: epoch.Number, Operator: v.Operator}); err != nil {
			return err
		}
	}
	if power >= tally.TotalPower-power {
		return nil
	}
	for _, record := range late {
		if err := k.suspend(ctx, epoch, record); err != nil {
			return err
		}
	}
	return nil
}

// suspend keeps a validator from scoring a topic's next epochs.
func (k *Keeper) suspend(ctx context.Context, epoch types.Epoch, record types.ValidatorRecord) error {
	operator, err := k.operators.StringToBytes(record.Operator)
	if err != nil {
		return err
	}
	misses := len(record.RecentMisses)
	record.Suspend(epoch)
	if err := k.Records.Set(ctx, collections.Join(epoch.TopicId, operator), record); err != nil {
		return err
	}
	return emit(ctx, &types.EventValidatorSuspended{
		TopicId: epoch.TopicId, Epoch: epoch.Number, Operator: record.Operator, Misses: uint32(misses), ResumeEpoch: record.ResumeEpoch,
	})
}

// recordOutcome moves on what the topic remembers of the voters of a scored epoch.
func (c *closing) recordOutcome(ctx context.Context, outcome types.Outcome) error {
	for i, v := range c.tally.Voters {
		record, err := c.record(ctx, c.epoch.TopicId, c.operators[i], v.Operator)
		if err != nil {
			return err
		}
		record.Score(v, outcome.Trust[i])
		if c.epoch.PaysInnovation() {
			record.Innovation = outcome.Averages[i]
			record.InnovationEpochs++
		}
		if err := c.Records.Set(ctx, collections.Join(c.epoch.TopicId, c.operators[i]), record); err != nil {
			return err
		}
	}
	return nil
}
