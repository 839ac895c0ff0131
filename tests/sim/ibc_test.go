// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"github.com/cosmos/cosmos-sdk/types/module"
	simtypes "github.com/cosmos/cosmos-sdk/types/simulation"
	ratelimittypes "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/types"
)

// unproposed is a module's simulation without the proposals that it would make: IBC's core
// proposes an upgrade of the chain, which then stops for a binary that nobody has.
type unproposed struct{ module.AppModuleSimulation }

// rateLimits is x/ratelimit with its genesis: the module has no simulation of its own, and
// an export without its clock panics.
type rateLimits struct{}

// GenerateGenesisState implements module.AppModuleSimulation.
func (rateLimits) GenerateGenesisState(state *module.SimulationState) {
	state.GenState[ratelimittypes.ModuleName] = state.Cdc.MustMarshalJSON(ratelimittypes.DefaultGenesis())
}

// RegisterStoreDecoder implements module.AppModuleSimulation.
func (rateLimits) RegisterStoreDecoder(simtypes.StoreDecoderRegistry) {}

// WeightedOperations implements module.AppModuleSimulation.
func (rateLimits) WeightedOperations(module.SimulationState) []simtypes.WeightedOperation { return nil }
