// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// mature stores how far a topic is paid, and makes the rewards claimable of epochs that lie maturity_epochs before the
// last one, or more. It takes a step, however many contributions and epochs that are.
func (k *Keeper) mature(ctx context.Context, paid types.PaidEpochs) error {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	wait := uint64(params.MaturityEpochs)
	if paid.Last <= wait {
		return k.PaidEpochs.Set(ctx, paid.TopicId, paid)
	}
	ripe, err := k.paidBy(ctx, paid.TopicId, paid.Last-wait)
	if err != nil {
		return err
	}
	return k.matureUpTo(ctx, paid, ripe)
}

// matureUpTo makes the rewards of all epochs up to one claimable; what is mature stays so.
func (k *Keeper) matureUpTo(ctx context.Context, paid types.PaidEpochs, epoch uint64) error {
	if epoch <= paid.Mature {
		return k.PaidEpochs.Set(ctx, paid.TopicId, paid)
	}
	before, err := k.givenBy(ctx, paid.TopicId, paid.Mature)
	if err != nil {
		return err
	}
	given, err := k.givenBy(ctx, paid.TopicId, epoch)
	if err != nil {
		return err
	}
	paid.Mature = epoch
	if err := k.PaidEpochs.Set(ctx, paid.TopicId, paid); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochMatured{TopicId: paid.TopicId, Epoch: epoch, Amount: given - before})
}

// paidBy is the last epoch of a topic that was paid, of those up to one; 0 for none.
func (k *Keeper) paidBy(ctx context.Context, topicID, epoch uint64) (uint64, error) {
	upTo := collections.NewPrefixedPairRange[uint64, uint64](topicID).EndInclusive(epoch).Descending()
	payments, err := k.Payments.Iterate(ctx, upTo)
	if err != nil {
		return 0, err
	}
	defer payments.Close() //nolint:errcheck // an iterator that only read has nothing to lose
	if !payments.Valid() {
		return 0, nil
	}
	key, err := payments.Key()
	if err != nil {
		return 0, err
	}
	return key.K2(), nil
}

// givenBy is what a topic's epochs up to a paid one gave to contributors; 0 for epoch 0.
func (k *Keeper) givenBy(ctx context.Context, topicID, epoch uint64) (uint64, error) {
	if epoch == 0 {
		return 0, nil
	}
	payment, err := k.Payments.Get(ctx, collections.Join(topicID, epoch))
	return payment.ContributorsTotal, err
}

// matureRetired makes claimable what still waits in retired topics that a contribution was
// paid in: no later epoch will be paid there that could make it mature.
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
		paid, err := k.paidEpochs(ctx, home)
		if err != nil {
			return err
		}
		if topic.IsLive() || paid.Mature == paid.Last {
			continue
		}
		if err := k.matureUpTo(ctx, paid, paid.Last); err != nil {
			return err
		}
	}
	return nil
}
