// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// EndBlock drops commits that nobody can reveal any more, ends what competes in
// retired topics, releases what guardians held for their time, and gives bonds back: each at most max_expiries_per_block; the
// rest waits for the next block. A commit past its deadline counts as expired
// meanwhile.
func (k Keeper) EndBlock(ctx context.Context) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	if err := k.expireCommits(ctx, params.MaxExpiriesPerBlock); err != nil {
		return err
	}
	if err := k.endGuarded(ctx, params.MaxExpiriesPerBlock); err != nil {
		return err
	}
	if err := k.endRetired(ctx, params.MaxExpiriesPerBlock); err != nil {
		return err
	}
	return k.returnBonds(ctx, params.MaxExpiriesPerBlock)
}

func (k Keeper) expireCommits(ctx context.Context, limit uint32) error {
	expired, err := k.expired(ctx, limit)
	if err != nil {
		return err
	}
	for _, id := range expired {
		if err := k.expire(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// expired returns the ids of up to limit commits that are past their deadline
// after this block, by deadline, then id.
func (k Keeper) expired(ctx context.Context, limit uint32) ([]uint64, error) {
	var ids []uint64
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	rng := collections.NewPrefixUntilPairRange[int64, uint64](height)
	err := k.contributions.Indexes.Expiry.keys.Walk(ctx, rng, func(key deadlineKey) (bool, error) {
		ids = append(ids, key.K2())
		return len(ids) >= int(limit), nil
	})
	return ids, err
}

// expire drops a commit. Its id is never used again.
func (k Keeper) expire(ctx context.Context, id uint64) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	if err := k.contributions.Remove(ctx, id); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventContributionExpired{
		ContributionId: id, TopicId: c.TopicId, Contributor: c.Contributor,
	})
}
