// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/merit, and the genesis that it begins with.
package simulation

import (
	"context"
	"errors"
	"fmt"
	"math/rand"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/x/merit/types"
)

// Operations are what accounts send: nothing of it may be taken.
func Operations(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("merit_params_unasked", 5), simsx.NewSimMsgFactoryWithDeliveryResultHandler(
		func(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams, simsx.SimDeliveryResultHandler) {
			from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
			return []simsx.SimAccount{from}, &types.MsgUpdateParams{Authority: from.AddressBech32, Params: types.DefaultParams()}, refused
		}))
}

// refused requires that the authority alone was heard.
func refused(err error) error {
	if errors.Is(err, sdkerrors.ErrUnauthorized) {
		return nil
	}
	return fmt.Errorf("parameters from an account that is not the authority: %w", errors.Join(err, errors.New("expected unauthorized")))
}

// Proposals are what voters decide about.
func Proposals(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("merit_propose_params", 10), simsx.SimMsgFactoryFn[*types.MsgUpdateParams](
		func(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
			return nil, &types.MsgUpdateParams{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), Params: randomParams(data.Rand().Rand)}
		}))
}

// Genesis is a new chain.
func Genesis(r *rand.Rand) *types.GenesisState {
	state := types.DefaultGenesis()
	state.Params = randomParams(r)
	return state
}

// randomParams are in bounds, and let a block record few rewards, so that epochs wait.
func randomParams(r *rand.Rand) types.Params {
	params := types.DefaultParams()
	params.MeritShareBp = uint32(r.Intn(types.MaxMeritShareBp + 1))                                                       //nolint:gosec // in bounds
	params.HalfLifeSeconds = uint64(types.MinHalfLifeSeconds + r.Intn(types.MaxHalfLifeSeconds-types.MinHalfLifeSeconds)) //nolint:gosec // in bounds
	params.RecordsPerBlock = types.MinRecordsPerBlock
	return params
}
