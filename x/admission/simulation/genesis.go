// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/admission: those that
// people send, and those that must be refused.
package simulation

import (
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/weal-network/weal/x/admission/types"
)

// GenesisState admits the operators of the first validators, and a few others.
func GenesisState(s *module.SimulationState) *types.GenesisState {
	g := types.DefaultGenesisState()
	for i, account := range s.Accounts {
		if int64(i) < s.NumBonded || s.Rand.Intn(4) == 0 {
			g.Admissions = append(g.Admissions, types.Admission{Role: types.ROLE_VALIDATOR, Address: account.AddressBech32})
		}
	}
	return g
}
