// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// GetContribution returns a record, or ErrContributionNotFound.
func (k Keeper) GetContribution(ctx context.Context, id uint64) (types.Contribution, error) {
	c, err := k.contributions.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return c, errorsmod.Wrapf(types.ErrContributionNotFound, "contribution %d: a commit that was not revealed in time is dropped; list a topic's to see what there is", id)
	}
	return c, err
}

// ContributionsOf calls fn with the ids that an account committed, rising, until
// it returns true or an error.
func (k Keeper) ContributionsOf(ctx context.Context, contributor sdk.AccAddress, fn func(id uint64) (stop bool, err error)) error {
	rng := collections.NewPrefixedPairRange[sdk.AccAddress, uint64](contributor)
	return k.contributions.Indexes.Contributor.keys.Walk(ctx, rng, func(key contributorKey) (bool, error) {
		return fn(key.K2())
	})
}

// Parents returns what a contribution was built on, by rising id.
func (k Keeper) Parents(ctx context.Context, id uint64) ([]types.Parent, error) {
	c, err := k.GetContribution(ctx, id)
	return c.Parents, err
}

// Payout returns the account that receives a contribution's claims.
func (k Keeper) Payout(ctx context.Context, id uint64) (sdk.AccAddress, error) {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return nil, err
	}
	return k.addressCodec.StringToBytes(c.Payout)
}

// ownContribution returns a contribution if the account committed it.
func (k Keeper) ownContribution(ctx context.Context, id uint64, contributor string) (types.Contribution, error) {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return c, err
	}
	if c.Contributor != contributor {
		return c, errorsmod.Wrapf(types.ErrNotContributor, "contribution %d was committed by %s: sign with that account", id, c.Contributor)
	}
	return c, nil
}

// set writes a record and its indexes.
func (k Keeper) set(ctx context.Context, c types.Contribution) error {
	return k.contributions.Set(ctx, c.Id, c)
}

// end writes that a contribution left the competition, and why. by is the
// contribution that took its digest or place; 0 for none.
func (k Keeper) end(ctx context.Context, c types.Contribution, status types.Status, by uint64) error {
	c.Status = status
	if err := k.set(ctx, c); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventContributionEnded{
		ContributionId: c.Id, TopicId: c.TopicId, Status: status, By: by,
	})
}
