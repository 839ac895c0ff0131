// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// row loads the packed accounts of a topic; a topic that never paid has an empty one.
func (k *Keeper) row(ctx context.Context, topicID uint64) (types.RewardAccounts, error) {
	row, err := k.RewardRows.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		return types.RewardAccounts{TopicId: topicID}, nil
	}
	return row, err
}

// credit adds the payment's rewards to the topic's row, as immature. The row is not stored
// yet: maturing and spilling go on with it.
func (k *Keeper) credit(ctx context.Context, payment types.EpochPayment) (types.RewardAccounts, error) {
	row, err := k.row(ctx, payment.TopicId)
	if err != nil {
		return row, err
	}
	var entering []types.RewardAccount
	for _, reward := range payment.Rewards {
		if row.Find(reward.ContributionId) != nil {
			continue
		}
		account, err := k.unsettle(ctx, reward.ContributionId)
		if err != nil {
			return row, err
		}
		entering = append(entering, account)
		if err := k.Homes.Set(ctx, collections.Join(reward.ContributionId, payment.TopicId)); err != nil {
			return row, err
		}
	}
	row.Insert(entering)
	err = row.Credit(payment.Rewards)
	return row, err
}

// unsettle takes back the account of a contribution that had left its row, as it does when a
// royalty reaches it; one that never had any begins with nothing.
func (k *Keeper) unsettle(ctx context.Context, id uint64) (types.RewardAccount, error) {
	account, err := k.SettledAccounts.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.RewardAccount{ContributionId: id}, nil
	}
	if err != nil {
		return account, err
	}
	return account, k.SettledAccounts.Remove(ctx, id)
}

// settle keeps the account of a contribution that left a row under its own key. It may have
// left another topic's row before.
func (k *Keeper) settle(ctx context.Context, account types.RewardAccount) error {
	before, err := k.unsettle(ctx, account.ContributionId)
	if err != nil {
		return err
	}
	return k.SettledAccounts.Set(ctx, account.ContributionId, account.Plus(before))
}

// spill moves out of the row those that are scored no longer and have nothing immature, and
// stores the row.
func (k *Keeper) spill(ctx context.Context, row *types.RewardAccounts, scored []uint64) error {
	for _, account := range row.Spill(scored) {
		if err := k.Homes.Remove(ctx, collections.Join(account.ContributionId, row.TopicId)); err != nil {
			return err
		}
		if err := k.settle(ctx, account); err != nil {
			return err
		}
	}
	return k.RewardRows.Set(ctx, row.TopicId, *row)
}

// homes are the topics, rising, in whose rows a contribution has an account.
func (k *Keeper) homes(ctx context.Context, id uint64) ([]uint64, error) {
	var topics []uint64
	err := k.Homes.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint64](id), func(key collections.Pair[uint64, uint64]) (bool, error) {
		topics = append(topics, key.K2())
		return false, nil
	})
	return topics, err
}
