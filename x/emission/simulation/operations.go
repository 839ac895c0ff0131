// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/emission.
package simulation

import (
	"context"
	"errors"
	"fmt"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/emission/types"
)

// Operations are what accounts send. What there is to claim comes from scored epochs.
func Operations(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("emission_claim", 20), expecting(claim, false, types.ErrNothingToClaim))
	reg.Add(weights.Get("emission_shares_unasked", 5), expecting(sharesUnasked, true, sdkerrors.ErrUnauthorized))
	reg.Add(weights.Get("emission_params_unasked", 5), expecting(paramsUnasked, true, sdkerrors.ErrUnauthorized))
}

// expecting makes an operation of a message that may fail with one error, or has to.
func expecting[M sdk.Msg](f simsx.SimMsgFactoryFn[M], must bool, with error) simsx.SimMsgFactoryX {
	return simsx.NewSimMsgFactoryWithDeliveryResultHandler(
		func(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, M, simsx.SimDeliveryResultHandler) {
			signers, msg := f(ctx, data, reporter)
			return signers, msg, func(err error) error {
				if errors.Is(err, with) {
					return nil
				}
				if err == nil && must {
					return fmt.Errorf("%T was taken", msg)
				}
				return err
			}
		})
}

func claim(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgClaim) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgClaim{Contributor: from.AddressBech32}
}

func sharesUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetTopicShares) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgSetTopicShares{Authority: from.AddressBech32, Shares: []types.TopicShare{{TopicId: 1, ShareBp: 1}}}
}

func paramsUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgUpdateParams{Authority: from.AddressBech32, Params: types.DefaultParams()}
}
