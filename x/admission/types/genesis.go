// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// DefaultGenesisState closes the validator set and admits nobody. A chain cannot begin
// from it before its first validators were added.
func DefaultGenesisState() *GenesisState {
	return &GenesisState{Params: DefaultParams()}
}

// Validate checks every admission, in whatever order they stand, and that no key stands
// twice. It returns ErrDuplicate, or what is wrong with an admission.
func (g GenesisState) Validate() error {
	keys := make([]AdmissionKey, len(g.Admissions))
	for i, admission := range g.Admissions {
		keys[i] = admission.Key()
	}
	if err := validateKeys(keys); err != nil {
		return errorsmod.Wrap(err, "admissions")
	}
	for i, admission := range g.Admissions {
		if err := validateReason(admission.ReasonUri); err != nil {
			return errorsmod.Wrapf(err, "admissions: entry %d", i)
		}
	}
	return nil
}
