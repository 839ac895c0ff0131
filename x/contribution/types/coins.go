// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
)

// Coins is an amount of uweal as the bank takes it; none for 0.
func Coins(amount uint64) sdk.Coins {
	return sdk.NewCoins(Coin(amount))
}

// Coin is an amount of uweal.
func Coin(amount uint64) sdk.Coin { return sdk.NewCoin(Denom, math.NewIntFromUint64(amount)) }

// ModuleAddress is the account that holds the bonds.
func ModuleAddress() sdk.AccAddress { return authtypes.NewModuleAddress(ModuleName) }
