// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// Proposals are what voters decide about. One that passes may fail then; that is between
// them and the chain.
func Proposals(weights simsx.WeightSource, reg simsx.Registry, query types.QueryServer) {
	s := source{query: query}
	reg.Add(weights.Get("contribution_proposal_endorse", 50), simsx.SimMsgFactoryFn[*types.MsgEndorse](s.proposeEndorse))
	reg.Add(weights.Get("contribution_proposal_quarantine", 100), simsx.SimMsgFactoryFn[*types.MsgQuarantine](s.proposeQuarantine))
	reg.Add(weights.Get("contribution_proposal_release", 50), simsx.SimMsgFactoryFn[*types.MsgRelease](s.proposeRelease))
	reg.Add(weights.Get("contribution_proposal_remove", 50), simsx.SimMsgFactoryFn[*types.MsgRemove](s.proposeRemove))
	reg.Add(weights.Get("contribution_proposal_guardians", 30), simsx.SimMsgFactoryFn[*types.MsgSetGuardians](s.proposeGuardians))
	reg.Add(weights.Get("contribution_proposal_params", 50), simsx.SimMsgFactoryFn[*types.MsgUpdateParams](s.proposeParams))
}

func (s source) proposeEndorse(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgEndorse) {
	c := s.anyOne(ctx, data, reporter)
	return nil, &types.MsgEndorse{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), ContributionId: c.Id, ReasonUri: grounds, Revoke: data.Rand().Bool()}
}

func (s source) proposeQuarantine(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgQuarantine) {
	c := s.anyOne(ctx, data, reporter)
	return nil, &types.MsgQuarantine{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), ContributionId: c.Id, ReasonUri: grounds}
}

func (s source) proposeRelease(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRelease) {
	c := s.anyWith(ctx, data, reporter, types.STATUS_QUARANTINED)
	return nil, &types.MsgRelease{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), ContributionId: c.Id}
}

func (s source) proposeRemove(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRemove) {
	c := s.anyWith(ctx, data, reporter, types.STATUS_QUARANTINED)
	return nil, &types.MsgRemove{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), ContributionId: c.Id, ReasonUri: grounds}
}

// proposeGuardians names one.
func (source) proposeGuardians(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgSetGuardians) {
	return nil, &types.MsgSetGuardians{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), Guardians: []string{data.AnyAccount(reporter).AddressBech32}}
}

// proposeParams moves the bounds.
func (source) proposeParams(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgUpdateParams) {
	params := types.DefaultParams()
	params.RevealPeriod = data.Rand().Uint64InRange(types.MinRevealPeriod, 20)
	params.MaxPending = data.Rand().Uint32InRange(1, 20)
	params.MaxExpiriesPerBlock = data.Rand().Uint32InRange(1, 5)
	return nil, &types.MsgUpdateParams{Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName), Params: params}
}
