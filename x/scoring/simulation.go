// SPDX-License-Identifier: Apache-2.0

package scoring

import (
	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	"github.com/cosmos/cosmos-sdk/types/module"
	simtypes "github.com/cosmos/cosmos-sdk/types/simulation"

	"github.com/weal-network/weal/x/scoring/keeper"
	"github.com/weal-network/weal/x/scoring/simulation"
	"github.com/weal-network/weal/x/scoring/types"
)

// The simulator leaves a module out unless it has all of these.
var (
	_ module.AppModuleSimulation   = AppModule{}
	_ simsx.HasWeightedOperationsX = AppModule{}
	_ simsx.HasProposalMsgsX       = AppModule{}
)

// GenerateGenesisState implements module.AppModuleSimulation.
func (AppModule) GenerateGenesisState(s *module.SimulationState) {
	genesis := types.DefaultGenesis()
	// The least there is: simulated validators are told to score one by one.
	genesis.Params.MinRevealBp = 5_000
	// Short, so that a run sees suspensions begin and end.
	genesis.Params.MaxMisses, genesis.Params.MissWindow, genesis.Params.SuspendEpochs = 0, 4, 2
	genesis.Params.ParamsDelaySeconds = types.MinParamsDelaySeconds
	s.GenState[types.ModuleName] = s.Cdc.MustMarshalJSON(genesis)
}

// RegisterStoreDecoder implements module.AppModuleSimulation.
func (am AppModule) RegisterStoreDecoder(decoders simtypes.StoreDecoderRegistry) {
	decoders[types.StoreKey] = simtypes.NewStoreDecoderFuncFromCollectionsSchema(am.keeper.Schema)
}

// WeightedOperations implements module.AppModuleSimulation by nothing: WeightedOperationsX
// has taken its place.
func (AppModule) WeightedOperations(module.SimulationState) []simtypes.WeightedOperation { return nil }

// WeightedOperationsX implements simsx.HasWeightedOperationsX.
func (am AppModule) WeightedOperationsX(weights simsx.WeightSource, reg simsx.Registry) {
	simulation.Operations(weights, reg, keeper.NewQueryServer(am.keeper))
}

// ProposalMsgsX lists what voters are asked.
func (AppModule) ProposalMsgsX(weights simsx.WeightSource, reg simsx.Registry) {
	simulation.Proposals(weights, reg)
}
