// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// topicAccount loads a topic's account and settles it up to this block. A topic that never
// had a share begins with nothing.
func (k *Keeper) topicAccount(ctx context.Context, topicID uint64) (types.TopicAccount, error) {
	issuance, err := k.Issuance.Get(ctx)
	if err != nil {
		return types.TopicAccount{}, err
	}
	account, err := k.TopicAccounts.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		topic, err := k.getTopic(ctx, topicID)
		if err != nil {
			return types.TopicAccount{}, err
		}
		return types.NewTopicAccount(topicID, issuance.TopicIndex, topic.Status == topictypes.STATUS_PAUSED), nil
	}
	if err != nil {
		return types.TopicAccount{}, err
	}
	err = account.Settle(issuance.TopicIndex)
	return account, err
}

// getTopic is the topic, or ErrUnknownTopic.
func (k *Keeper) getTopic(ctx context.Context, topicID uint64) (topictypes.Topic, error) {
	topic, err := k.topic.GetTopic(ctx, topicID)
	if err != nil {
		return topictypes.Topic{}, errorsmod.Wrapf(types.ErrUnknownTopic, "topic %d: %s: list them with `weald query topic list`", topicID, err)
	}
	return topic, nil
}

// setPaused stops or resumes a topic's accrual; what it accrued before is its own.
func (k *Keeper) setPaused(ctx context.Context, topicID uint64, paused bool) error {
	held, err := k.TopicAccounts.Has(ctx, topicID)
	if err != nil || !held {
		return err
	}
	account, err := k.topicAccount(ctx, topicID)
	if err != nil {
		return err
	}
	totals, err := k.shareTotals(ctx)
	if err != nil {
		return err
	}
	before := account
	account.Paused = paused
	totals.Replace(before, account)
	if err := k.storeShare(ctx, account); err != nil {
		return err
	}
	return k.setShareTotals(ctx, totals)
}

// checkNothingAtStake returns ErrTopicAtStake for a topic that has a share or holds
// anything.
func (k *Keeper) checkNothingAtStake(ctx context.Context, topicID uint64) error {
	account, err := k.topicAccount(ctx, topicID)
	if err != nil {
		return err
	}
	if account.ShareBp > 0 || account.Accrued > 0 {
		return errorsmod.Wrapf(types.ErrTopicAtStake,
			"topic %d has a share of %d basis points and holds %d uweal that its contributors may still earn: propose to retire it with `weald tx topic propose retire`",
			topicID, account.ShareBp, account.Accrued)
	}
	return nil
}

// endShare takes a topic's share off for good; what it accrued before is its own.
func (k *Keeper) endShare(ctx context.Context, topicID uint64) error {
	held, err := k.TopicAccounts.Has(ctx, topicID)
	if err != nil || !held {
		return err
	}
	account, err := k.topicAccount(ctx, topicID)
	if err != nil {
		return err
	}
	totals, err := k.shareTotals(ctx)
	if err != nil {
		return err
	}
	before := account
	account.ShareBp, account.FloorBp = 0, 0
	totals.Replace(before, account)
	if err := k.storeShare(ctx, account); err != nil {
		return err
	}
	return k.setShareTotals(ctx, totals)
}

// storeShare stores an account whose share, floor, closing or pause has changed.
func (k *Keeper) storeShare(ctx context.Context, account types.TopicAccount) error {
	if err := k.TopicAccounts.Set(ctx, account.TopicId, account); err != nil {
		return err
	}
	if err := k.indexHolder(ctx, account); err != nil {
		return err
	}
	return emit(ctx, &types.EventTopicShareSet{TopicId: account.TopicId, ShareBp: account.ShareBp, FloorBp: account.FloorBp, Closed: account.Closed, Paused: account.Paused})
}

// indexHolder lists a topic among those that have a share, or no longer.
func (k *Keeper) indexHolder(ctx context.Context, account types.TopicAccount) error {
	if account.ShareBp > 0 {
		return k.Holders.Set(ctx, account.TopicId)
	}
	return k.Holders.Remove(ctx, account.TopicId)
}

// checkMayHaveShare refuses a share for a topic that can never spend it.
func (k *Keeper) checkMayHaveShare(ctx context.Context, share types.TopicShare) error {
	topic, err := k.getTopic(ctx, share.TopicId)
	if err != nil || share.ShareBp == 0 {
		return err
	}
	switch {
	case topic.Sandbox:
		return errorsmod.Wrapf(types.ErrInvalidShares, "topic %d is a sandbox, a place to practise: give the share to a paid topic", topic.Id)
	case !topic.IsLive():
		return errorsmod.Wrapf(types.ErrInvalidShares, "topic %d is retired: give the share to a topic that lives", topic.Id)
	}
	return nil
}

// setShares sets all shares or none: the sum is known only when all are in.
func (k *Keeper) setShares(ctx context.Context, shares []types.TopicShare) error {
	totals, err := k.shareTotals(ctx)
	if err != nil {
		return err
	}
	accounts := make([]types.TopicAccount, len(shares))
	for i, share := range shares {
		if err := k.checkMayHaveShare(ctx, share); err != nil {
			return err
		}
		account, err := k.topicAccount(ctx, share.TopicId)
		if err != nil {
			return err
		}
		before := account
		account.ShareBp, account.FloorBp, account.Closed = share.ShareBp, share.FloorBp, share.Closed
		totals.Replace(before, account)
		accounts[i] = account
	}
	if totals.Allocated > types.BasisPoints {
		return errorsmod.Wrapf(types.ErrInvalidShares,
			"all topics' shares would sum to %d basis points, expected at most %d: lower others in the same message", totals.Allocated, types.BasisPoints)
	}
	for _, account := range accounts {
		if err := k.storeShare(ctx, account); err != nil {
			return err
		}
	}
	if err := k.setShareTotals(ctx, totals); err != nil {
		return err
	}
	return k.dropChanges(ctx, shares)
}

func (k *Keeper) shareTotals(ctx context.Context) (types.ShareTotals, error) {
	allocated, err := k.Allocated.Get(ctx)
	if err != nil {
		return types.ShareTotals{}, err
	}
	accruing, err := k.Accruing.Get(ctx)
	return types.ShareTotals{Allocated: allocated, Accruing: accruing}, err
}

func (k *Keeper) setShareTotals(ctx context.Context, totals types.ShareTotals) error {
	if err := k.Allocated.Set(ctx, totals.Allocated); err != nil {
		return err
	}
	return k.Accruing.Set(ctx, totals.Accruing)
}
