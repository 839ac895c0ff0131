// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"errors"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	"github.com/cosmos/cosmos-sdk/types/module"
	simtypes "github.com/cosmos/cosmos-sdk/types/simulation"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
)

// The SDK's operations count on a chain that takes what it is offered. Those that meet a
// rule of ours are told of it here.
type (
	stakingModule interface {
		module.AppModuleSimulation
		simsx.HasWeightedOperationsX
		simsx.HasProposalMsgsX
	}

	govModule interface {
		module.AppModuleSimulation
		simsx.HasWeightedOperationsXWithProposals
		simsx.HasProposalMsgsX
	}
)

// gatedStaking is x/staking's simulation behind the validator gate.
type gatedStaking struct{ stakingModule }

// WeightedOperationsX implements simsx.HasWeightedOperationsX.
func (m gatedStaking) WeightedOperationsX(weights simsx.WeightSource, reg simsx.Registry) {
	m.stakingModule.WeightedOperationsX(weights, refusing{reg})
}

// guardedGov is x/gov's simulation behind the guard of proposals.
type guardedGov struct{ govModule }

// WeightedOperationsX implements simsx.HasWeightedOperationsXWithProposals.
func (m guardedGov) WeightedOperationsX(weights simsx.WeightSource, reg simsx.Registry, proposals simsx.WeightedProposalMsgIter,
	legacy []simtypes.WeightedProposalContent, //nolint:staticcheck // the interface names it
) {
	m.govModule.WeightedOperationsX(weights, refusing{reg}, proposals, legacy)
}

// refusing registers operations with the refusals that they may meet.
type refusing struct{ simsx.Registry }

// Add implements simsx.Registry.
func (r refusing) Add(weight uint32, f simsx.SimMsgFactoryX) {
	switch f.MsgType().(type) {
	case *stakingtypes.MsgCreateValidator:
		f = refused{f, admissiontypes.ErrValidatorNotAdmitted}
	case *govv1.MsgSubmitProposal:
		f = refused{f, govtypes.ErrInvalidProposalMsg}
	}
	r.Registry.Add(weight, f)
}

// refused is an operation that may fail with one error.
type refused struct {
	simsx.SimMsgFactoryX
	with error
}

// DeliveryResultHandler implements simsx.SimMsgFactoryX.
func (f refused) DeliveryResultHandler() simsx.SimDeliveryResultHandler {
	handle := f.SimMsgFactoryX.DeliveryResultHandler()
	return func(err error) error {
		if errors.Is(err, f.with) {
			return nil
		}
		return handle(err)
	}
}

// SetFutureOpsRegistry implements simsx.HasFutureOpsRegistry.
func (f refused) SetFutureOpsRegistry(registry simsx.FutureOpsRegistry) {
	if inner, ok := f.SimMsgFactoryX.(simsx.HasFutureOpsRegistry); ok {
		inner.SetFutureOpsRegistry(registry)
	}
}
