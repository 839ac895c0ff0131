// SPDX-License-Identifier: Apache-2.0

package merit

import (
	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	"github.com/cosmos/cosmos-sdk/types/module"
	simtypes "github.com/cosmos/cosmos-sdk/types/simulation"

	"github.com/weal-network/weal/x/merit/simulation"
	"github.com/weal-network/weal/x/merit/types"
)

// The simulator leaves a module out unless it has all of these.
var (
	_ module.AppModuleSimulation   = AppModule{}
	_ simsx.HasWeightedOperationsX = AppModule{}
	_ simsx.HasProposalMsgsX       = AppModule{}
)

// GenerateGenesisState implements module.AppModuleSimulation.
func (AppModule) GenerateGenesisState(s *module.SimulationState) {
	s.GenState[types.ModuleName] = s.Cdc.MustMarshalJSON(simulation.Genesis(s.Rand))
}

// RegisterStoreDecoder implements module.AppModuleSimulation.
func (m AppModule) RegisterStoreDecoder(decoders simtypes.StoreDecoderRegistry) {
	decoders[types.StoreKey] = simtypes.NewStoreDecoderFuncFromCollectionsSchema(m.keeper.Schema)
}

// WeightedOperations implements module.AppModuleSimulation by nothing: WeightedOperationsX
// has taken its place.
func (AppModule) WeightedOperations(module.SimulationState) []simtypes.WeightedOperation { return nil }

// WeightedOperationsX implements simsx.HasWeightedOperationsX.
func (AppModule) WeightedOperationsX(weights simsx.WeightSource, reg simsx.Registry) {
	simulation.Operations(weights, reg)
}

// ProposalMsgsX implements simsx.HasProposalMsgsX.
func (AppModule) ProposalMsgsX(weights simsx.WeightSource, reg simsx.Registry) {
	simulation.Proposals(weights, reg)
}
