// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"

	"github.com/weal-network/weal/app/limits"
)

// newLimits lets the limits of what voters may change read what the parameters are.
func newLimits(k Keepers) limits.Limits {
	return limits.Limits{
		Auth: func(ctx context.Context) (authtypes.Params, error) { return k.Account.GetParams(ctx), nil },
		Bank: func(ctx context.Context) (banktypes.Params, error) { return k.Bank.GetParams(ctx), nil },
		Client: func(ctx context.Context) (clienttypes.Params, error) {
			return k.IBC.ClientKeeper.GetParams(sdk.UnwrapSDKContext(ctx)), nil
		},
		Connection: func(ctx context.Context) (connectiontypes.Params, error) {
			return k.IBC.ConnectionKeeper.GetParams(sdk.UnwrapSDKContext(ctx)), nil
		},
		Consensus:    k.Consensus.ParamsStore.Get,
		Distribution: k.Distribution.Params.Get,
		Gov:          k.Gov.Params.Get,
		Slashing:     k.Slashing.GetParams,
		Staking:      k.Staking.GetParams,
		Transfer: func(ctx context.Context) (transfertypes.Params, error) {
			return k.Transfer.GetParams(sdk.UnwrapSDKContext(ctx)), nil
		},
	}
}
