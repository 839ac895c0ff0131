// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// ActiveOwnedBy returns the ids of a topic, rising, whose contributor or payout
// the account is, and which are in the active set or left it so lately that an
// epoch may still be open that measures them: never more than a few times
// max_active, however many the account has submitted.
func (k Keeper) ActiveOwnedBy(ctx context.Context, topicID uint64, addr sdk.AccAddress) ([]uint64, error) {
	var ids []uint64
	rng := collections.NewSuperPrefixedTripleRange[sdk.AccAddress, uint64, uint64](addr, topicID)
	err := k.owned.Walk(ctx, rng, func(key ownedKey) (bool, error) {
		ids = append(ids, key.K3())
		return false, nil
	})
	return ids, err
}

// activeSet returns a topic's places; none when nothing was ever active.
func (k Keeper) activeSet(ctx context.Context, topicID uint64) (types.ActiveSet, error) {
	set, err := k.activeSets.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		return types.ActiveSet{TopicId: topicID}, nil
	}
	return set, err
}

// setActiveSet writes a topic's places; nothing is kept of an empty set.
func (k Keeper) setActiveSet(ctx context.Context, set types.ActiveSet) error {
	if set.IsEmpty() {
		return k.activeSets.Remove(ctx, set.TopicId)
	}
	return k.activeSets.Set(ctx, set.TopicId, set)
}

// leaveActiveSet gives up the place of a contribution between two epochs' starts.
func (k Keeper) leaveActiveSet(ctx context.Context, c types.Contribution) error {
	set, err := k.activeSet(ctx, c.TopicId)
	if err != nil {
		return err
	}
	set.Remove(c.Id)
	return k.setActiveSet(ctx, set)
}

// own notes whose contribution it is, for as long as it can be measured.
func (k Keeper) own(ctx context.Context, id uint64) error {
	return k.eachOwner(ctx, id, k.owned.Set)
}

// disown forgets what own noted.
func (k Keeper) disown(ctx context.Context, id uint64) error {
	return k.eachOwner(ctx, id, k.owned.Remove)
}

// eachOwner calls fn with the key of the contributor and of the payout.
func (k Keeper) eachOwner(ctx context.Context, id uint64, fn func(context.Context, ownedKey) error) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	for _, owner := range []string{c.Contributor, c.Payout} {
		addr, err := k.addressCodec.StringToBytes(owner)
		if err != nil {
			return err
		}
		if err := fn(ctx, collections.Join3(sdk.AccAddress(addr), c.TopicId, c.Id)); err != nil {
			return err
		}
	}
	return nil
}
