// SPDX-License-Identifier: Apache-2.0

// Package simulation has the messages that the simulator sends to x/admission: those that
// people send, and those that must be refused.
package simulation

import (
	"time"

	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/weal-network/weal/x/admission/types"
)

// GenesisState admits the operators of the first validators, some of them for a few days
// only, and a few others. Two accounts are registrars, so that more is decided than
// voters find the time for.
func GenesisState(s *module.SimulationState) *types.GenesisState {
	g := types.DefaultGenesisState()
	g.Params.ApplicationDeposit = uint64(s.Rand.Intn(10_000_000))
	g.Params.ApplicationPeriod = time.Duration(1+s.Rand.Intn(48)) * time.Hour
	g.Params.MaxApplications = uint32(1 + s.Rand.Intn(30))
	g.Params.MaxApplicationsPerAccount = uint32(1 + s.Rand.Intn(3))
	g.Params.MaxRevokedPowerBp = uint32(1 + s.Rand.Intn(types.BasisPoints))
	for i, account := range s.Accounts {
		if int64(i) >= s.NumBonded && s.Rand.Intn(4) > 0 {
			continue
		}
		admission := types.Admission{Role: types.ROLE_VALIDATOR, Address: account.AddressBech32}
		if s.Rand.Intn(3) == 0 {
			end := s.GenTimestamp.Add(time.Duration(1+s.Rand.Intn(72)) * time.Hour)
			admission.ExpiresAt = &end
		}
		g.Admissions = append(g.Admissions, admission)
	}
	for _, registrar := range s.Accounts[:2] {
		g.Registrars = append(g.Registrars, types.NewRegistrar(registrar.AddressBech32, []types.Role{types.ROLE_VALIDATOR, types.ROLE_CONTRIBUTOR, types.ROLE_STEWARD}))
	}
	return g
}
