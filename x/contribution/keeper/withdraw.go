// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// Withdraw takes a contribution out of the competition. A commit is dropped; what
// was revealed keeps its record, its digest for ever, and what it earned; its bond
// comes back as the block ends.
func (k Keeper) Withdraw(ctx context.Context, id uint64, contributor string) error {
	c, err := k.ownContribution(ctx, id, contributor)
	if err != nil {
		return err
	}
	switch c.Status {
	case types.STATUS_COMMITTED:
		return k.withdrawCommit(ctx, c)
	case types.STATUS_ACTIVE, types.STATUS_REVEALED:
		ending := types.Ending{Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Reason: types.END_REASON_CONTRIBUTOR}
		if err := k.end(ctx, c, types.STATUS_WITHDRAWN, ending); err != nil {
			return err
		}
		return k.hooks.AfterContributionWithdrawn(ctx, c.Id)
	case types.STATUS_QUARANTINED:
		return errorsmod.Wrapf(types.ErrNotWithdrawable, "contribution %d is quarantined since block %d: wait until it is released or removed; the grounds are at %s", id, c.Quarantine.Height, c.Quarantine.ReasonUri)
	case types.STATUS_DUPLICATE, types.STATUS_PRUNED, types.STATUS_WITHDRAWN, types.STATUS_SUPERSEDED, types.STATUS_REMOVED, types.STATUS_UNSPECIFIED:
		fallthrough
	default:
		return errorsmod.Wrapf(types.ErrNotWithdrawable, "contribution %d is %s: it has left the competition, there is nothing to do", id, c.Status)
	}
}

func (k Keeper) withdrawCommit(ctx context.Context, c types.Contribution) error {
	if err := k.contributions.Remove(ctx, c.Id); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventContributionEnded{
		ContributionId: c.Id, TopicId: c.TopicId, Status: types.STATUS_WITHDRAWN, Reason: types.END_REASON_CONTRIBUTOR,
	})
}
