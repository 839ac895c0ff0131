// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/contribution: those
// that people send, and those that must be refused.
package simulation

import (
	"bytes"
	"slices"

	"github.com/cosmos/cosmos-sdk/types/module"
	simtypes "github.com/cosmos/cosmos-sdk/types/simulation"

	"github.com/weal-network/weal/x/contribution/types"
)

// GenesisState has no contributions yet, a few guardians, and bounds that are met within a short run.
func GenesisState(s *module.SimulationState) *types.GenesisState {
	g := types.DefaultGenesisState()
	g.Params.RevealPeriod = uint64(types.MinRevealPeriod + s.Rand.Intn(10))
	g.Params.MaxPending = uint32(1 + s.Rand.Intn(20))
	g.Params.IncentiveSmoothingBp = uint32(1 + s.Rand.Intn(types.BasisPoints))
	g.Params.MaxExpiriesPerBlock = uint32(1 + s.Rand.Intn(5))
	g.Params.GuardianPeriodSeconds = types.MinGuardianPeriodSeconds
	g.Params.GuardianShareBp = types.MaxGuardianShareBp
	guardians := slices.Clone(s.Accounts[:min(3, len(s.Accounts))])
	slices.SortFunc(guardians, func(a, b simtypes.Account) int { return bytes.Compare(a.Address, b.Address) })
	for _, guardian := range guardians {
		g.Guardians = append(g.Guardians, guardian.Address.String())
	}
	return g
}
