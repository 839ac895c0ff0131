// SPDX-License-Identifier: Apache-2.0

package types

import (
	"crypto/sha256"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"
)

// SaltBytes is the length of the salt in a commitment: enough that nobody finds
// an artifact's digest by trying.
const SaltBytes = 32

// Validate checks what can be checked of a commit without state.
func (m *MsgCommitContribution) Validate(ac address.Codec) error {
	if err := validateAddress(ac, "contributor", m.Contributor); err != nil {
		return err
	}
	return validateHash(m.Hash)
}

// Validate checks what can be checked of a reveal without state.
func (m *MsgRevealContribution) Validate(ac address.Codec) error {
	if err := validateAddress(ac, "contributor", m.Contributor); err != nil {
		return err
	}
	if m.Payout != "" {
		if err := validateAddress(ac, "payout", m.Payout); err != nil {
			return err
		}
	}
	if len(m.Salt) != SaltBytes {
		return errorsmod.Wrapf(ErrInvalidSalt, "salt is %d bytes, expected %d: send the random bytes that are in the hash", len(m.Salt), SaltBytes)
	}
	if err := m.Artifact.Validate(); err != nil {
		return err
	}
	if err := ValidateParents(m.ContributionId, m.Parents); err != nil {
		return err
	}
	return validateDescription(m.License, m.MetadataUri)
}

// Validate checks what can be checked of a withdrawal without state.
func (m *MsgWithdrawContribution) Validate(ac address.Codec) error {
	return validateAddress(ac, "contributor", m.Contributor)
}

func validateAddress(ac address.Codec, field, addr string) error {
	if _, err := ac.StringToBytes(addr); err != nil {
		return errorsmod.Wrapf(ErrInvalidAddress, "%s %q: %s; expected an account's bech32 address", field, addr, err)
	}
	return nil
}

func validateHash(hash []byte) error {
	if len(hash) != sha256.Size {
		return errorsmod.Wrapf(ErrInvalidHash, "hash is %d bytes, expected %d: send the SHA-256 over chain id, topic, contributor, salt and artifact digest", len(hash), sha256.Size)
	}
	return nil
}

func validateDescription(license, metadataURI string) error {
	if err := ValidateLicense(license); err != nil {
		return err
	}
	if metadataURI == "" {
		return nil
	}
	return errorsmod.Wrap(ValidateURI(metadataURI), "metadata_uri")
}
