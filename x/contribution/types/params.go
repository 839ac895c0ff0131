// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

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
	}
}

// Validate checks the bounds of every parameter.
func (p Params) Validate() error {
	bounds := []struct {
		name            string
		value, min, max uint64
	}{
		{"reveal_period", p.RevealPeriod, MinRevealPeriod, MaxRevealPeriod},
		{"max_pending", uint64(p.MaxPending), 1, MaxPending},
		{"incentive_smoothing_bp", uint64(p.IncentiveSmoothingBp), 1, BasisPoints},
		{"max_expiries_per_block", uint64(p.MaxExpiriesPerBlock), 1, MaxExpiriesPerBlock},
	}
	for _, b := range bounds {
		if b.value < b.min || b.value > b.max {
			return errorsmod.Wrapf(ErrInvalidParams, "%s is %d: choose %d to %d", b.name, b.value, b.min, b.max)
		}
	}
	return nil
}
