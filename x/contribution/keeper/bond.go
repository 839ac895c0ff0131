// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// payBond takes the bond of a contribution that is revealed.
func (k Keeper) payBond(ctx context.Context, c types.Contribution) error {
	if c.BondDue == 0 {
		return nil
	}
	return k.take(ctx, c.Contributor, c.BondDue, "the bond, which is given back when the contribution leaves")
}

// returnBonds gives bonds back to those who left the competition, at most limit in
// a block, by id. A contributor's account can always be paid: an account that takes
// no coins cannot commit.
func (k Keeper) returnBonds(ctx context.Context, limit uint32) error {
	ids, err := k.refundable(ctx, limit)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := k.returnBond(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) refundable(ctx context.Context, limit uint32) ([]uint64, error) {
	var ids []uint64
	err := k.contributions.Indexes.Refund.keys.Walk(ctx, nil, func(id uint64) (bool, error) {
		ids = append(ids, id)
		return len(ids) >= int(limit), nil
	})
	return ids, err
}

func (k Keeper) returnBond(ctx context.Context, id uint64) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	addr, err := k.addressCodec.StringToBytes(c.Contributor)
	if err != nil {
		return err
	}
	amount := c.Bond
	c.Bond = 0
	if err := k.set(ctx, c); err != nil {
		return err
	}
	if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.ModuleName, addr, types.Coins(amount)); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventBondReturned{
		ContributionId: c.Id, Contributor: c.Contributor, Amount: amount,
	})
}

// burnBond takes the bond of a contribution that is removed.
func (k Keeper) burnBond(ctx context.Context, c types.Contribution) error {
	if c.Bond == 0 {
		return nil
	}
	if err := k.bank.BurnCoins(ctx, types.ModuleName, types.Coins(c.Bond)); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventBondBurnt{ContributionId: c.Id, Amount: c.Bond})
}
