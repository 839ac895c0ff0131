// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// BeginBlock lets parameters hold that waited for this block's time, observes what was burnt since the last block, issues for the time that has
// passed, and hands each share to whom it belongs. It runs before x/distribution's, which
// then shares out the security part with the fees. Its cost does not depend on how many
// topics there are. Then a tally of the votes for topics goes on, if one is due: shares that
// it sets count from the next block's issuing on. At last some contributions are given their parts of what
// sponsors gave.
func (k *Keeper) BeginBlock(ctx context.Context) error {
	if err := k.changes().Begin(ctx); err != nil {
		return err
	}
	issuance, err := k.observeBurn(ctx)
	if err != nil {
		return err
	}
	parts, err := k.issue(ctx, &issuance)
	if err != nil {
		return err
	}
	if err := k.Issuance.Set(ctx, issuance); err != nil {
		return err
	}
	if err := k.handOut(ctx, parts); err != nil {
		return err
	}
	if err := k.tally(ctx); err != nil {
		return err
	}
	return k.sharePots(ctx)
}

// observeBurn finds out what was burnt, by whomever; it can be issued again.
func (k *Keeper) observeBurn(ctx context.Context) (types.Issuance, error) {
	issuance, err := k.Issuance.Get(ctx)
	if err != nil {
		return types.Issuance{}, err
	}
	supply, err := k.supply(ctx)
	if err != nil {
		return types.Issuance{}, err
	}
	if burnt := issuance.ObserveBurn(supply); burnt > 0 {
		return issuance, emit(ctx, &types.EventBurnObserved{Amount: burnt})
	}
	return issuance, nil
}

// issue takes the block's provision out of the schedule.
func (k *Keeper) issue(ctx context.Context, issuance *types.Issuance) (types.Parts, error) {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return types.Parts{}, err
	}
	accruing, err := k.Accruing.Get(ctx)
	if err != nil {
		return types.Parts{}, err
	}
	now := sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli()
	return issuance.Issue(params, issuance.LastSupply, now, accruing)
}

// handOut hands out what a block is due. What belongs to topics stays in the module's account.
func (k *Keeper) handOut(ctx context.Context, parts types.Parts) error {
	if parts.Total() == 0 && parts.TopicsPart == 0 {
		return nil
	}
	if parts.Total() > 0 {
		if err := k.mint(ctx, parts); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventIssued{
		Amount: parts.Total(), Security: parts.Security, Topics: parts.Topics, Community: parts.Community, TopicsPart: parts.TopicsPart,
	})
}

// mint mints the parts and sends them.
func (k *Keeper) mint(ctx context.Context, parts types.Parts) error {
	if err := k.bank.MintCoins(ctx, types.ModuleName, types.Coins(parts.Total())); err != nil {
		return err
	}
	if parts.Security > 0 {
		if err := k.bank.SendCoinsFromModuleToModule(ctx, types.ModuleName, k.feeCollector, types.Coins(parts.Security)); err != nil {
			return err
		}
	}
	if parts.Community == 0 {
		return nil
	}
	return k.distribution.FundCommunityPool(ctx, types.Coins(parts.Community), k.address())
}
