// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
)

const (
	// basisPoints is one whole.
	basisPoints = 10_000
	// maxMisses bounds the misses that are remembered.
	maxMisses = 63
	// maxSuspension is the longest that misses count, and that a suspension is, in epochs.
	maxSuspension = 10_000
)

const (
	// MinParamsDelaySeconds keeps a change from taking anybody by surprise, in seconds: a minute.
	MinParamsDelaySeconds = 60
	// MaxParamsDelaySeconds keeps the people able to act, in seconds: 30 days.
	MaxParamsDelaySeconds = 30 * 86_400
)

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
		MaxMisses:           3,
		MissWindow:          20,
		SuspendEpochs:       20,
		ParamsDelaySeconds:  86_400,
	}
}

// Ranges lists what each parameter is and may be, as the reference publishes it.
func (p Params) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "power_cap_bp", Value: uint64(p.PowerCapBp), Least: 100, Most: basisPoints, Unit: bounds.BasisPoints},
		{Name: "min_reveal_bp", Value: uint64(p.MinRevealBp), Least: 5_000, Most: basisPoints, Unit: bounds.BasisPoints},
		{Name: "max_validators", Value: uint64(p.MaxValidators), Least: 1, Most: 256},
		{Name: "keep_epochs", Value: uint64(p.KeepEpochs), Least: 1, Most: 10_000, Unit: bounds.Epochs},
		{Name: "max_cells_per_block", Value: p.MaxCellsPerBlock, Least: 1, Most: 1 << 40},
		{Name: "max_openings_per_block", Value: uint64(p.MaxOpeningsPerBlock), Least: 1, Most: 1_000},
		{Name: "max_prunings_per_block", Value: uint64(p.MaxPruningsPerBlock), Least: 1, Most: 1_000},
		{Name: "max_misses", Value: uint64(p.MaxMisses), Least: 0, Most: maxMisses, Unit: bounds.Epochs},
		{Name: "miss_window", Value: uint64(p.MissWindow), Least: 0, Most: maxSuspension, Unit: bounds.Epochs},
		{Name: "suspend_epochs", Value: uint64(p.SuspendEpochs), Least: 0, Most: maxSuspension, Unit: bounds.Epochs},
		{Name: "params_delay_seconds", Value: p.ParamsDelaySeconds, Least: MinParamsDelaySeconds, Most: MaxParamsDelaySeconds, Unit: bounds.Seconds},
	}
}

// Validate refuses parameters out of their bounds (ErrInvalidParams).
func (p Params) Validate() error {
	if err := bounds.Check(p.Ranges()); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "%s; give all parameters, as the query params shows them", err)
	}
	return nil
}
