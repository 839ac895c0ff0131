// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// endRetired ends up to limit contributions that compete in a retired topic, one
// topic a block, so that their bonds come back.
func (k Keeper) endRetired(ctx context.Context, limit uint32) error {
	topicID, found, err := k.firstRetiring(ctx)
	if err != nil || !found {
		return err
	}
	var ids []uint64
	for _, status := range []types.Status{types.STATUS_ACTIVE, types.STATUS_REVEALED} {
		if ids, err = k.withStatus(ctx, ids, topicID, status, int(limit)+1); err != nil {
			return err
		}
	}
	if len(ids) <= int(limit) {
		if err := k.retiring.Remove(ctx, topicID); err != nil {
			return err
		}
	}
	for _, id := range ids[:min(len(ids), int(limit))] {
		c, err := k.GetContribution(ctx, id)
		if err != nil {
			return err
		}
		ending := types.Ending{Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Reason: types.END_REASON_TOPIC_RETIRED}
		if err := k.end(ctx, c, types.STATUS_PRUNED, ending); err != nil {
			return err
		}
	}
	return nil
}

// firstRetiring is the lowest retired topic with work left.
func (k Keeper) firstRetiring(ctx context.Context) (topicID uint64, found bool, err error) {
	err = k.retiring.Walk(ctx, nil, func(id uint64) (bool, error) {
		topicID, found = id, true
		return true, nil
	})
	return topicID, found, err
}

// withStatus appends ids of a topic and status, rising, until there are limit.
func (k Keeper) withStatus(ctx context.Context, ids []uint64, topicID uint64, status types.Status, limit int) ([]uint64, error) {
	if len(ids) >= limit {
		return ids, nil
	}
	rng := collections.NewSuperPrefixedTripleRange[uint64, int32, uint64](topicID, int32(status))
	err := k.contributions.Indexes.Status.keys.Walk(ctx, rng, func(key statusKey) (bool, error) {
		ids = append(ids, key.K3())
		return len(ids) >= limit, nil
	})
	return ids, err
}
