// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

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
	// MaxRecordsPerBlock bounds a block's work: each has at most 16 payees.
	MaxRecordsPerBlock = 4_096
)

// DefaultParams are those of a new chain.
func DefaultParams() Params {
	return Params{MeritShareBp: 2_500, HalfLifeSeconds: 180 * 86_400, RecordsPerBlock: 512}
}

// Validate refuses parameters out of their bounds with ErrInvalidParams.
func (p Params) Validate() error {
	for _, b := range []struct {
		name            string
		value, min, max uint64
	}{
		{"merit_share_bp", uint64(p.MeritShareBp), 0, MaxMeritShareBp},
		{"half_life_seconds", p.HalfLifeSeconds, MinHalfLifeSeconds, MaxHalfLifeSeconds},
		{"records_per_block", uint64(p.RecordsPerBlock), MinRecordsPerBlock, MaxRecordsPerBlock},
	} {
		if b.value < b.min || b.value > b.max {
			return errorsmod.Wrapf(ErrInvalidParams, "%s is %d: choose %d to %d", b.name, b.value, b.min, b.max)
		}
	}
	return nil
}

// HalfLifeMs is the half-life in milliseconds.
func (p Params) HalfLifeMs() uint64 { return p.HalfLifeSeconds * 1_000 }
