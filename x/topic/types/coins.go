// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Coins is an amount of uweal as the bank takes it.
func Coins(amount uint64) sdk.Coins {
	return sdk.NewCoins(sdk.NewCoin(Denom, math.NewIntFromUint64(amount)))
}
