// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"

	"cosmossdk.io/math"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/x/admission/types"
)

const bankStore = "bank"

// fakeBank keeps balances in a store of its own, so that a branch of the context that is
// dropped takes them along.
type fakeBank struct {
	key  *storetypes.KVStoreKey
	fail error
}

func (f *fakeBank) GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin {
	balance := sdk.UnwrapSDKContext(ctx).KVStore(f.key).Get(addr)
	return sdk.NewCoin(denom, math.NewIntFromUint64(sdk.BigEndianToUint64(balance)))
}

func (f *fakeBank) move(ctx context.Context, from, to sdk.AccAddress, amount sdk.Coins) error {
	if f.fail != nil {
		return f.fail
	}
	store, coin := sdk.UnwrapSDKContext(ctx).KVStore(f.key), amount.AmountOf(types.Denom).Uint64()
	has := sdk.BigEndianToUint64(store.Get(from))
	if has < coin {
		return sdkerrors.ErrInsufficientFunds
	}
	store.Set(from, sdk.Uint64ToBigEndian(has-coin))
	store.Set(to, sdk.Uint64ToBigEndian(sdk.BigEndianToUint64(store.Get(to))+coin))
	return nil
}

func (f *fakeBank) SendCoinsFromAccountToModule(ctx context.Context, from sdk.AccAddress, module string, amount sdk.Coins) error {
	return f.move(ctx, from, authtypes.NewModuleAddress(module), amount)
}

func (f *fakeBank) SendCoinsFromModuleToAccount(ctx context.Context, module string, to sdk.AccAddress, amount sdk.Coins) error {
	return f.move(ctx, authtypes.NewModuleAddress(module), to, amount)
}

// fund gives accounts what a few deposits cost.
func (f *fixture) fund(names ...string) *fixture {
	for _, name := range names {
		f.ctx.KVStore(f.bank.key).Set(account(name), sdk.Uint64ToBigEndian(100_000_000))
	}
	return f
}

func (f *fixture) balance(addr sdk.AccAddress) uint64 {
	return f.bank.GetBalance(f.ctx, addr, types.Denom).Amount.Uint64()
}

// held is what the module holds for applicants.
func (f *fixture) held() uint64 { return f.balance(authtypes.NewModuleAddress(types.ModuleName)) }
