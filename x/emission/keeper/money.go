// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// supply is what the bank says is outstanding, in uweal.
func (k *Keeper) supply(ctx context.Context) (uint64, error) {
	return units(k.bank.GetSupply(ctx, types.Denom))
}

// balance is what the module's account holds, in uweal.
func (k *Keeper) balance(ctx context.Context) (uint64, error) {
	return units(k.bank.GetBalance(ctx, k.address(), types.Denom))
}

// address is that of the module's account.
func (k *Keeper) address() sdk.AccAddress {
	return k.account.GetModuleAddress(types.ModuleName)
}

func units(coin sdk.Coin) (uint64, error) {
	if !coin.Amount.IsUint64() {
		return 0, errorsmod.Wrapf(types.ErrAccounting, "%s is beyond what the economy counts in", coin)
	}
	return coin.Amount.Uint64(), nil
}

// frequent is an event that is emitted for many contributions in a block, and so knows itself what it is.
type frequent interface{ AsEvent() sdk.Event }

// emit emits a typed event.
func emit(ctx context.Context, event proto.Message) error {
	events := sdk.UnwrapSDKContext(ctx).EventManager()
	if known, is := event.(frequent); is {
		events.EmitEvent(known.AsEvent())
		return nil
	}
	return events.EmitTypedEvent(event)
}
