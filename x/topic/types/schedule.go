// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
)

// MaxImmunityEpochs bounds for how long a full topic may be closed to newcomers.
const MaxImmunityEpochs = 10_000

// Ranges lists what each setting is and may be under p, as the reference publishes it.
func (s Schedule) Ranges(p Params) []bounds.Range {
	return []bounds.Range{
		{Name: "schedule.epoch_blocks", Value: s.EpochBlocks, Least: p.MinEpochBlocks, Most: p.MaxEpochBlocks, Unit: bounds.Blocks},
		{Name: "schedule.reveal_blocks", Value: s.RevealBlocks, Least: 1, Most: p.MaxEpochBlocks - 1, Unit: bounds.Blocks},
		{Name: "schedule.max_active", Value: uint64(s.MaxActive), Least: 1, Most: uint64(p.MaxActive)},
		{Name: "schedule.immunity_epochs", Value: uint64(s.ImmunityEpochs), Least: 0, Most: MaxImmunityEpochs, Unit: bounds.Epochs},
	}
}

// Validate checks every field against p. It returns ErrInvalidSchedule.
func (s Schedule) Validate(p Params) error {
	if err := bounds.Check(s.Ranges(p)); err != nil {
		return errorsmod.Wrap(ErrInvalidSchedule, err.Error())
	}
	if s.RevealBlocks >= s.EpochBlocks {
		return errorsmod.Wrapf(ErrInvalidSchedule, "reveal_blocks is %d of an epoch of %d: choose 1 to %d, so that blocks are left to commit in",
			s.RevealBlocks, s.EpochBlocks, s.EpochBlocks-1)
	}
	return nil
}
