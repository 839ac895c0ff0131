// SPDX-License-Identifier: Apache-2.0

package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"
)

// Bounds of the parameters.
const (
	MinApplicationPeriod             = time.Minute
	MaxApplicationPeriod             = 366 * 24 * time.Hour
	MaxApplications                  = 100_000
	MaxApplicationsPerAccount        = 100
	MaxDeposit                uint64 = 1_000_000_000_000_000
	BasisPoints                      = 10_000
)

// DefaultParams are those of a new chain: only admitted operators become validators, an
// application holds 10 WEAL for at most 30 days, and the set may lose a third of its power
// in a day, so that a majority that voted it away cannot swap the whole set overnight.
func DefaultParams() Params {
	return Params{
		ValidatorsPermissioned:    true,
		ApplicationDeposit:        10_000_000,
		ApplicationPeriod:         30 * 24 * time.Hour,
		MaxApplications:           1_000,
		MaxApplicationsPerAccount: 5,
		MaxRevokedPowerBp:         3_333,
	}
}

// Validate checks every bound. It returns ErrInvalidParams.
func (p Params) Validate() error {
	for _, bound := range []struct {
		name         string
		is, from, to uint64
	}{
		{"application_deposit", p.ApplicationDeposit, 0, MaxDeposit},
		{"application_period", uint64(max(p.ApplicationPeriod, 0)), uint64(MinApplicationPeriod), uint64(MaxApplicationPeriod)},
		{"max_applications", uint64(p.MaxApplications), 0, MaxApplications},
		{"max_applications_per_account", uint64(p.MaxApplicationsPerAccount), 1, MaxApplicationsPerAccount},
		{"max_revoked_power_bp", uint64(p.MaxRevokedPowerBp), 1, BasisPoints},
	} {
		if bound.is < bound.from || bound.is > bound.to {
			return errorsmod.Wrapf(ErrInvalidParams, "%s is %d, expected %d to %d: give all parameters, as the query params shows them", bound.name, bound.is, bound.from, bound.to)
		}
	}
	return nil
}
