// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// mature stores how far a topic is paid, and makes the rewards claimable of epochs that lie maturity_epochs before the
// last one, or more; in a retired topic of all. It takes a step, however many contributions and epochs that are.
func (k *Keeper) mature(ctx context.Context, paid types.PaidEpochs) error {
	ripe, err := k.ripe(ctx, paid)
	if err != nil {
		return err
	}
	return k.matureUpTo(ctx, paid, ripe)
}

// ripe is the last paid epoch whose rewards wait for nothing: a retired topic has no later epoch that they could wait for.
func (k *Keeper) ripe(ctx context.Context, paid types.PaidEpochs) (uint64, error) {
	topic, err := k.getTopic(ctx, paid.TopicId)
	if err != nil || !topic.IsLive() {
		return paid.Last, err
	}
	params, err := k.paramsOf(ctx, paid.TopicId, paid.Last)
	if err != nil || paid.Last <= uint64(params.MaturityEpochs) {
		return 0, err
	}
	return k.paidBy(ctx, paid.TopicId, paid.Last-uint64(params.MaturityEpochs))
}

// maturesWith is the epoch whose payment makes the rewards of a paid one claimable, if no parameter changes and none is void: the one that
// runs matures by what it began with, later ones by what holds then.
func (k *Keeper) maturesWith(ctx context.Context, paid types.PaidEpochs, epoch uint64) (uint64, error) {
	next := paid.Last + 1
	running, err := k.PinnedParams.Get(ctx, paid.TopicId)
	switch {
	case errors.Is(err, collections.ErrNotFound):
	case err != nil:
		return 0, err
	case running.Epoch > paid.Last && epoch+uint64(running.Params.MaturityEpochs) <= running.Epoch:
		return running.Epoch, nil
	default:
		next = max(next, running.Epoch+1)
	}
	params, err := k.Params.Get(ctx)
	return max(epoch+uint64(params.MaturityEpochs), next), err
}

// matureRetired makes all rewards of a topic claimable that is retired.
func (k *Keeper) matureRetired(ctx context.Context, topicID uint64) error {
	paid, err := k.paidEpochs(ctx, topicID)
	if err != nil || paid.Mature == paid.Last {
		return err
	}
	return k.matureUpTo(ctx, paid, paid.Last)
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
