// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// MaxBatch is how many admissions one message grants or takes.
const MaxBatch = 100

// Validate checks every grant, and that there are 1 to MaxBatch and no key stands twice.
// It returns ErrBatchSize, ErrDuplicate, or what is wrong with a grant.
func (m MsgAdmit) Validate() error {
	keys := make([]AdmissionKey, len(m.Grants))
	for i, grant := range m.Grants {
		keys[i] = grant.Key
	}
	if err := validateBatch(keys); err != nil {
		return err
	}
	for i, grant := range m.Grants {
		if err := validateReason(grant.ReasonUri); err != nil {
			return errorsmod.Wrapf(err, "entry %d", i)
		}
	}
	return nil
}

// Validate checks every key, and that there are 1 to MaxBatch and none stands twice. It
// returns ErrBatchSize, ErrDuplicate, ErrInvalidReason, or what is wrong with a key.
func (m MsgRevoke) Validate() error {
	if err := validateBatch(m.Keys); err != nil {
		return err
	}
	return validateReason(m.ReasonUri)
}

func validateBatch(keys []AdmissionKey) error {
	if len(keys) == 0 || len(keys) > MaxBatch {
		return errorsmod.Wrapf(ErrBatchSize, "%d, expected 1 to %d: split a longer list into several messages of one proposal", len(keys), MaxBatch)
	}
	return validateKeys(keys)
}

// validateKeys checks every key, and that none stands twice.
func validateKeys(keys []AdmissionKey) error {
	seen := make(map[AdmissionKey]int, len(keys))
	for i, key := range keys {
		if err := key.Validate(); err != nil {
			return errorsmod.Wrapf(err, "entry %d", i)
		}
		if first, twice := seen[key]; twice {
			return errorsmod.Wrapf(ErrDuplicate, "entries %d and %d both name %s as %s: name each once", first, i, key.Address, key.Role)
		}
		seen[key] = i
	}
	return nil
}
