// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
)

// Bounds of the parameters. Those of loops say how much work one block may be
// asked for; voters decide within them.
const (
	// MinRevealPeriod lets a reveal follow in the block after the commit, and once more.
	MinRevealPeriod = 2
	// MaxRevealPeriod is in blocks.
	MaxRevealPeriod = 100_000
	// MaxPending bounds what an epoch's start walks over.
	MaxPending = 4_096
	// MaxExpiriesPerBlock bounds what the end of a block drops.
	MaxExpiriesPerBlock = 10_000
	// BasisPoints is the whole, in basis points.
	BasisPoints = 10_000
)

// DefaultParams are those of a new chain: at blocks of a few seconds an hour to
// reveal, and a smoothed incentive that forgets half of the past in three epochs.
func DefaultParams() Params {
	return Params{
		RevealPeriod:         600,
		MaxPending:           256,
		IncentiveSmoothingBp: 2_000,
		MaxExpiriesPerBlock:  100,

		GuardianPeriodSeconds:   MaxGuardianPeriodSeconds,
		GuardianShareBp:         1_000,
		GuardianCooldownSeconds: 30 * 86_400,
	}
}

// Ranges lists what each parameter is and may be, as the reference publishes it.
func (p Params) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "reveal_period", Value: p.RevealPeriod, Least: MinRevealPeriod, Most: MaxRevealPeriod, Unit: bounds.Blocks},
		{Name: "max_pending", Value: uint64(p.MaxPending), Least: 1, Most: MaxPending},
		{Name: "incentive_smoothing_bp", Value: uint64(p.IncentiveSmoothingBp), Least: 1, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "max_expiries_per_block", Value: uint64(p.MaxExpiriesPerBlock), Least: 1, Most: MaxExpiriesPerBlock},
		{Name: "guardian_period_seconds", Value: p.GuardianPeriodSeconds, Least: MinGuardianPeriodSeconds, Most: MaxGuardianPeriodSeconds, Unit: bounds.Seconds},
		{Name: "guardian_share_bp", Value: uint64(p.GuardianShareBp), Most: MaxGuardianShareBp, Unit: bounds.BasisPoints},
		{Name: "guardian_cooldown_seconds", Value: p.GuardianCooldownSeconds, Least: MinGuardianCooldownSeconds, Most: MaxGuardianCooldownSeconds, Unit: bounds.Seconds},
	}
}

// Validate checks the bounds of every parameter. It returns ErrInvalidParams.
func (p Params) Validate() error {
	if err := bounds.Check(p.Ranges()); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "%s; give all parameters, as the query params shows them", err)
	}
	return nil
}
