// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// MaxImmunityEpochs bounds for how long a full topic may be closed to newcomers.
const MaxImmunityEpochs = 10_000

// Validate checks every field against p. It returns ErrInvalidSchedule.
func (s Schedule) Validate(p Params) error {
	if s.EpochBlocks < p.MinEpochBlocks || s.EpochBlocks > p.MaxEpochBlocks {
		return errorsmod.Wrapf(ErrInvalidSchedule, "epoch_blocks is %d: choose %d to %d", s.EpochBlocks, p.MinEpochBlocks, p.MaxEpochBlocks)
	}
	if s.RevealBlocks == 0 || s.RevealBlocks >= s.EpochBlocks {
		return errorsmod.Wrapf(ErrInvalidSchedule, "reveal_blocks is %d of an epoch of %d: choose 1 to %d, so that blocks are left to commit in",
			s.RevealBlocks, s.EpochBlocks, s.EpochBlocks-1)
	}
	if s.MaxActive == 0 || s.MaxActive > p.MaxActive {
		return errorsmod.Wrapf(ErrInvalidSchedule, "max_active is %d: choose 1 to %d", s.MaxActive, p.MaxActive)
	}
	if s.ImmunityEpochs > MaxImmunityEpochs {
		return errorsmod.Wrapf(ErrInvalidSchedule, "immunity_epochs is %d: choose 0 to %d", s.ImmunityEpochs, MaxImmunityEpochs)
	}
	return nil
}
