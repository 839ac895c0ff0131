// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
)

// basisPoints is one whole.
const basisPoints = 10_000

// DefaultParams are the parameters of a new chain.
func DefaultParams() Params {
	return Params{
		PowerCapBp:          1_000,
		MinRevealBp:         6_667,
		MaxValidators:       128,
		KeepEpochs:          90,
		MaxCellsPerBlock:    3 << 16, // what four topics of 256 contributions and 64 validators take: about 10 milliseconds
		MaxOpeningsPerBlock: 16,
		MaxPruningsPerBlock: 4,
	}
}

// Validate refuses parameters out of their bounds (ErrInvalidParams).
func (p Params) Validate() error {
	for _, bound := range []struct {
		name         string
		value        uint64
		least, large uint64
	}{
		{"power_cap_bp", uint64(p.PowerCapBp), 100, basisPoints},
		{"min_reveal_bp", uint64(p.MinRevealBp), 5_000, basisPoints},
		{"max_validators", uint64(p.MaxValidators), 1, 256},
		{"keep_epochs", uint64(p.KeepEpochs), 1, 10_000},
		{"max_cells_per_block", p.MaxCellsPerBlock, 1, 1 << 40},
		{"max_openings_per_block", uint64(p.MaxOpeningsPerBlock), 1, 1_000},
		{"max_prunings_per_block", uint64(p.MaxPruningsPerBlock), 1, 1_000},
	} {
		if bound.value < bound.least || bound.value > bound.large {
			return errorsmod.Wrapf(ErrInvalidParams, "%s is %d: choose %d to %d", bound.name, bound.value, bound.least, bound.large)
		}
	}
	return nil
}
