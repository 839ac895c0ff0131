// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"
)

// MaxBatch is how many admissions one message grants or takes.
const MaxBatch = 100

// Validate checks every grant, and that there are 1 to MaxBatch and no key stands twice.
// It returns ErrBatchSize, ErrDuplicate, ErrInvalidExpiry, or what is wrong with a grant.
func (m MsgAdmit) Validate() error {
	keys := make([]AdmissionKey, len(m.Grants))
	for i, grant := range m.Grants {
		keys[i] = grant.Key
	}
	if err := validateBatch(keys); err != nil {
		return err
	}
	for i, grant := range m.Grants {
		if err := grant.validateTerms(); err != nil {
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

// Key names the admission that is asked for.
func (m MsgApply) Key() AdmissionKey {
	return AdmissionKey{Role: m.Role, TopicId: m.TopicId, Address: m.Applicant}
}

// Validate checks every field. It returns ErrInvalidStatement, or what is wrong with the
// key.
func (m MsgApply) Validate() error {
	if err := m.Key().Validate(); err != nil {
		return err
	}
	return validateStatement(m.StatementUri)
}

// Validate checks the address. It returns ErrInvalidAddress.
func (m MsgWithdrawApplication) Validate() error { return validateAddress(m.Applicant) }

// Validate checks that there are 1 to MaxBatch ids and none stands twice. It returns
// ErrBatchSize, ErrDuplicate or ErrInvalidReason.
func (m MsgReject) Validate() error {
	if err := validateSize(len(m.ApplicationIds)); err != nil {
		return err
	}
	for i, id := range m.ApplicationIds {
		if slices.Contains(m.ApplicationIds[:i], id) {
			return errorsmod.Wrapf(ErrDuplicate, "application %d stands twice: name each once", id)
		}
	}
	return validateReason(m.ReasonUri)
}

// Key names the admission that is given up.
func (m MsgResign) Key() AdmissionKey {
	return AdmissionKey{Role: m.Role, TopicId: m.TopicId, Address: m.Address}
}

// Validate checks the key. It returns what is wrong with it.
func (m MsgResign) Validate() error { return m.Key().Validate() }

// Validate checks the registrar. It returns ErrInvalidAddress, ErrInvalidRole or
// ErrDuplicate.
func (m MsgSetRegistrar) Validate() error { return NewRegistrar(m.Registrar, m.Roles).Validate() }

// Validate checks the parameters. It returns ErrInvalidParams.
func (m MsgUpdateParams) Validate() error { return m.Params.Validate() }

func validateBatch(keys []AdmissionKey) error {
	if err := validateSize(len(keys)); err != nil {
		return err
	}
	return validateKeys(keys)
}

func validateSize(n int) error {
	if n == 0 || n > MaxBatch {
		return errorsmod.Wrapf(ErrBatchSize, "%d, expected 1 to %d: split a longer list into several messages of one proposal", n, MaxBatch)
	}
	return nil
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
