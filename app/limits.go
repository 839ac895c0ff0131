// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/weal-network/weal/app/limits"
)

// newLimits lets the limits of what voters may change read what the parameters are.
func newLimits(k Keepers) limits.Limits {
	return limits.Limits{
		Auth:         func(ctx context.Context) (authtypes.Params, error) { return k.Account.GetParams(ctx), nil },
		Bank:         func(ctx context.Context) (banktypes.Params, error) { return k.Bank.GetParams(ctx), nil },
		Consensus:    k.Consensus.ParamsStore.Get,
		Distribution: k.Distribution.Params.Get,
		Gov:          k.Gov.Params.Get,
		Slashing:     k.Slashing.GetParams,
		Staking:      k.Staking.GetParams,
	}
}
