// SPDX-License-Identifier: Apache-2.0

package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
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

// Ranges lists what each parameter is and may be, as the reference publishes it.
func (p Params) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "application_deposit", Value: p.ApplicationDeposit, Least: 0, Most: MaxDeposit, Unit: bounds.Uweal},
		{Name: "application_period", Value: uint64(max(p.ApplicationPeriod, 0)), Least: uint64(MinApplicationPeriod), Most: uint64(MaxApplicationPeriod), Unit: bounds.Nanos},
		{Name: "max_applications", Value: uint64(p.MaxApplications), Least: 0, Most: MaxApplications},
		{Name: "max_applications_per_account", Value: uint64(p.MaxApplicationsPerAccount), Least: 1, Most: MaxApplicationsPerAccount},
		{Name: "max_revoked_power_bp", Value: uint64(p.MaxRevokedPowerBp), Least: 1, Most: BasisPoints, Unit: bounds.BasisPoints},
	}
}

// Validate checks every bound. It returns ErrInvalidParams.
func (p Params) Validate() error {
	if err := bounds.Check(p.Ranges()); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "%s; give all parameters, as the query params shows them", err)
	}
	return nil
}
