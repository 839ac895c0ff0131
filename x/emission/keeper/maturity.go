// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// mature makes the rewards of epochs claimable that lie maturity_epochs before the one just
// paid, the oldest first and a bounded number.
func (k *Keeper) mature(ctx context.Context, params types.Params, row *types.RewardAccounts, epoch uint64) error {
	wait := uint64(params.MaturityEpochs)
	if epoch < wait {
		return nil
	}
	var due []collections.Pair[uint64, uint64]
	ripe := collections.NewPrefixedPairRange[uint64, uint64](row.TopicId).EndInclusive(epoch - wait)
	err := k.Unmatured.Walk(ctx, ripe, func(key collections.Pair[uint64, uint64]) (bool, error) {
		due = append(due, key)
		return len(due) == types.MaxMaturedPerPayment, nil
	})
	if err != nil {
		return err
	}
	for _, key := range due {
		if err := k.matureOne(ctx, row, key); err != nil {
			return err
		}
	}
	return nil
}

// matureRetired makes claimable what still waits in retired topics that a contribution was
// paid in: no later epoch will be paid there that could make it mature. The oldest come
// first and a bounded number, so that many claims take turns.
func (k *Keeper) matureRetired(ctx context.Context, id uint64) error {
	homes, err := k.homes(ctx, id)
	if err != nil {
		return err
	}
	for _, home := range homes {
		topic, err := k.getTopic(ctx, home)
		if err != nil {
			return err
		}
		if topic.IsLive() {
			continue
		}
		if err := k.matureAll(ctx, home); err != nil {
			return err
		}
	}
	return nil
}

// matureAll moves the rewards of the oldest payments of a topic to mature, a bounded number.
func (k *Keeper) matureAll(ctx context.Context, topicID uint64) error {
	var due []collections.Pair[uint64, uint64]
	err := k.Unmatured.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID), func(key collections.Pair[uint64, uint64]) (bool, error) {
		due = append(due, key)
		return len(due) == types.MaxMaturedPerClaim, nil
	})
	if err != nil || len(due) == 0 {
		return err
	}
	row, err := k.row(ctx, topicID)
	if err != nil {
		return err
	}
	for _, key := range due {
		if err := k.matureOne(ctx, &row, key); err != nil {
			return err
		}
	}
	return k.RewardRows.Set(ctx, topicID, row)
}

// matureOne moves one payment's rewards from immature to mature.
func (k *Keeper) matureOne(ctx context.Context, row *types.RewardAccounts, key collections.Pair[uint64, uint64]) error {
	payment, err := k.Payments.Get(ctx, key)
	if err != nil {
		return err
	}
	if err := row.Mature(payment.Rewards); err != nil {
		return err
	}
	payment.Matured = true
	if err := k.Payments.Set(ctx, key, payment); err != nil {
		return err
	}
	if err := k.Unmatured.Remove(ctx, key); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochMatured{TopicId: payment.TopicId, Epoch: payment.Epoch, Amount: payment.ContributorsSpent})
}

// firstUnmatured is the oldest payment of a topic that waits and gave the contribution anything.
func (k *Keeper) firstUnmatured(ctx context.Context, topicID, id uint64) (found types.EpochPayment, ok bool, err error) {
	waiting := collections.NewPrefixedPairRange[uint64, uint64](topicID)
	err = k.Unmatured.Walk(ctx, waiting, func(key collections.Pair[uint64, uint64]) (bool, error) {
		payment, err := k.Payments.Get(ctx, key)
		if err != nil {
			return true, err
		}
		if payment.RewardOf(id) > 0 {
			found, ok = payment, true
		}
		return ok, nil
	})
	return found, ok, err
}
