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

// Payees returns who receives what a contribution earns, with 10000 basis points
// together.
func (k Keeper) Payees(ctx context.Context, id uint64) ([]types.Payee, error) {
	c, err := k.GetContribution(ctx, id)
	return c.Payees(), err
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

// end writes that a contribution left the competition, and why. Its place comes
// free, and if it was to supersede an older one, that is left to itself again.
func (k Keeper) end(ctx context.Context, c types.Contribution, status types.Status, ending types.Ending) error {
	if c.Status == types.STATUS_ACTIVE {
		if err := k.leaveActiveSet(ctx, c); err != nil {
			return err
		}
	}
	return k.endOutside(ctx, c, status, ending)
}

// endOutside is end for one that holds no place, or whose place is given up by
// the caller.
func (k Keeper) endOutside(ctx context.Context, c types.Contribution, status types.Status, ending types.Ending) error {
	if err := k.abandonVersion(ctx, c); err != nil {
		return err
	}
	if err := k.set(ctx, c.Ended(status, ending)); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventContributionEnded{
		ContributionId: c.Id, TopicId: c.TopicId, Status: status, By: ending.By, Reason: ending.Reason, SmoothedIncentive: ending.SmoothedIncentive,
	})
}
