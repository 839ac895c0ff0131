// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/x/admission/types"
)

// Proposals are what voters decide about. One that passes may fail then; that is between
// them and the chain.
func Proposals(weights simsx.WeightSource, reg simsx.Registry, k Keeper) {
	s := source{keeper: k}
	reg.Add(weights.Get("admission_proposal_admit", 50), simsx.SimMsgFactoryFn[*types.MsgAdmit](s.proposeAdmit))
	reg.Add(weights.Get("admission_proposal_registrar", 50), simsx.SimMsgFactoryFn[*types.MsgSetRegistrar](s.proposeRegistrar))
	reg.Add(weights.Get("admission_proposal_params", 50), simsx.SimMsgFactoryFn[*types.MsgUpdateParams](s.proposeParams))
}

func (source) proposeAdmit(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgAdmit) {
	return nil, &types.MsgAdmit{
		Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName),
		Grants:    []types.Grant{{Key: anyKey(data, reporter), ReasonUri: reason}},
	}
}

func (source) proposeRegistrar(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetRegistrar) {
	return nil, &types.MsgSetRegistrar{
		Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName),
		Registrar: data.AnyAccount(reporter).AddressBech32,
		Roles:     []types.Role{types.ROLE_CONTRIBUTOR, types.ROLE_STEWARD, types.ROLE_VALIDATOR},
	}
}

// proposeParams opens the set or closes it, and moves a bound.
func (s source) proposeParams(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	params, err := s.keeper.GetParams(ctx)
	if err != nil {
		reporter.Skip(err.Error())
		return nil, nil
	}
	params.ValidatorsPermissioned = !params.ValidatorsPermissioned
	params.MaxRevokedPowerBp = data.Rand().Uint32InRange(1, types.BasisPoints)
	return nil, &types.MsgUpdateParams{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), Params: params}
}
