// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// ActiveOwnedBy returns the ids of a topic, rising, whose contributor or payee
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

// leaveActiveSet gives up the place of a contribution between two epochs' starts;
// the next one takes it out of the packed set.
func (k Keeper) leaveActiveSet(ctx context.Context, c types.Contribution) error {
	state, err := k.topicState(ctx, c.TopicId)
	if err != nil {
		return err
	}
	state.Places--
	if err := k.setTopicState(ctx, state); err != nil {
		return err
	}
	return k.leaving.Set(ctx, collections.Join(c.TopicId, c.Id))
}

// left returns the ids of a topic that left since its epoch began, rising.
func (k Keeper) left(ctx context.Context, topicID uint64) ([]uint64, error) {
	var ids []uint64
	rng := collections.NewPrefixedPairRange[uint64, uint64](topicID)
	err := k.leaving.Walk(ctx, rng, func(key topicKey) (bool, error) {
		ids = append(ids, key.K2())
		return false, nil
	})
	return ids, err
}

// settledSet returns a topic's places without those that left.
func (k Keeper) settledSet(ctx context.Context, topicID uint64) (set types.ActiveSet, left []uint64, err error) {
	if set, err = k.activeSet(ctx, topicID); err != nil {
		return set, nil, err
	}
	if left, err = k.left(ctx, topicID); err != nil {
		return set, nil, err
	}
	set.Remove(left...)
	return set, left, nil
}

// own notes whose contribution it is, for as long as it can be measured.
func (k Keeper) own(ctx context.Context, c types.Contribution) error {
	return k.eachOwner(c, func(key ownedKey) error { return k.owned.Set(ctx, key) })
}

// disown forgets what own noted.
func (k Keeper) disown(ctx context.Context, c types.Contribution) error {
	return k.eachOwner(c, func(key ownedKey) error { return k.owned.Remove(ctx, key) })
}

// eachOwner calls fn with the key of the contributor and of each payee.
func (k Keeper) eachOwner(c types.Contribution, fn func(ownedKey) error) error {
	for _, owner := range c.Owners() {
		addr, err := k.addressCodec.StringToBytes(owner)
		if err != nil {
			return err
		}
		if err := fn(collections.Join3(sdk.AccAddress(addr), c.TopicId, c.Id)); err != nil {
			return err
		}
	}
	return nil
}

// setOwners writes a contribution whose payees changed. Whose it is stays noted if
// it was.
func (k Keeper) setOwners(ctx context.Context, before, after types.Contribution) error {
	contributor, err := k.addressCodec.StringToBytes(before.Contributor)
	if err != nil {
		return err
	}
	noted, err := k.owned.Has(ctx, collections.Join3(sdk.AccAddress(contributor), before.TopicId, before.Id))
	if err != nil {
		return err
	}
	if noted {
		if err := k.disown(ctx, before); err != nil {
			return err
		}
		if err := k.own(ctx, after); err != nil {
			return err
		}
	}
	return k.set(ctx, after)
}
