// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/contribution: those
// that people send, and those that must be refused.
package simulation

import (
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/weal-network/weal/x/contribution/types"
)

// GenesisState has no contributions yet, and bounds that are met within a short run.
func GenesisState(s *module.SimulationState) *types.GenesisState {
	g := types.DefaultGenesisState()
	g.Params.RevealPeriod = uint64(types.MinRevealPeriod + s.Rand.Intn(10))
	g.Params.MaxPending = uint32(1 + s.Rand.Intn(20))
	g.Params.IncentiveSmoothingBp = uint32(1 + s.Rand.Intn(types.BasisPoints))
	g.Params.MaxExpiriesPerBlock = uint32(1 + s.Rand.Intn(5))
	return g
}
