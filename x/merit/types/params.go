// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
)

// Bounds of the parameters.
const (
	// BasisPoints is the whole.
	BasisPoints = 10_000
	// MaxMeritShareBp lets merit weigh as much as stake, and no more.
	MaxMeritShareBp = 5_000
	// MinHalfLifeSeconds is 30 days: no decision takes merit away faster than people can answer by another.
	MinHalfLifeSeconds = 30 * 86_400
	// MaxHalfLifeSeconds is 3650 days, or what was earned once would rule for ever.
	MaxHalfLifeSeconds = 3_650 * 86_400
	// MinRecordsPerBlock lets recording go on.
	MinRecordsPerBlock = 16
	// MaxRecordsPerBlock bounds a block's work.
	MaxRecordsPerBlock = 4_096
)

// DefaultParams are those of a new chain.
func DefaultParams() Params {
	return Params{MeritShareBp: 2_500, HalfLifeSeconds: 180 * 86_400, RecordsPerBlock: 64}
}

// Ranges lists what each parameter is and may be, as the reference publishes it.
func (p Params) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "merit_share_bp", Value: uint64(p.MeritShareBp), Most: MaxMeritShareBp, Unit: bounds.BasisPoints},
		{Name: "half_life_seconds", Value: p.HalfLifeSeconds, Least: MinHalfLifeSeconds, Most: MaxHalfLifeSeconds, Unit: bounds.Seconds},
		{Name: "records_per_block", Value: uint64(p.RecordsPerBlock), Least: MinRecordsPerBlock, Most: MaxRecordsPerBlock},
	}
}

// Validate checks the bounds of every parameter. It returns ErrInvalidParams.
func (p Params) Validate() error {
	if err := bounds.Check(p.Ranges()); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "%s; give all parameters, as the query params shows them", err)
	}
	return nil
}

// HalfLifeMs is the half-life in milliseconds.
func (p Params) HalfLifeMs() uint64 { return p.HalfLifeSeconds * 1_000 }
