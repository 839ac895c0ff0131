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

// clearField in an update clears a field, as an empty one leaves it as it is.
const clearField = "-"

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
	if m.VersionOf >= m.ContributionId && m.VersionOf > 0 {
		return errorsmod.Wrapf(ErrInvalidVersion, "version_of is %d, expected an id below the contribution's own %d", m.VersionOf, m.ContributionId)
	}
	return validateDescription(m.License, m.MetadataUri, m.Endpoint)
}

// Validate checks what can be checked of an update without state.
func (m *MsgUpdateContribution) Validate(ac address.Codec) error {
	if err := validateAddress(ac, "contributor", m.Contributor); err != nil {
		return err
	}
	if len(m.Uris) == 0 && m.MetadataUri == "" && m.Endpoint == "" && m.Payout == "" {
		return errorsmod.Wrap(ErrNothingToUpdate, "name uris, metadata_uri, endpoint or payout; a single hyphen clears metadata_uri or endpoint")
	}
	if len(m.Uris) > 0 {
		if err := validateURIs(m.Uris); err != nil {
			return err
		}
	}
	if m.Payout != "" {
		if err := validateAddress(ac, "payout", m.Payout); err != nil {
			return err
		}
	}
	return validateDescription("", cleared(m.MetadataUri, m.MetadataUri), cleared(m.Endpoint, m.Endpoint))
}

// Apply returns the contribution with what the update names.
func (m *MsgUpdateContribution) Apply(c Contribution) Contribution {
	if len(m.Uris) > 0 {
		c.Artifact.Uris = m.Uris
	}
	if m.Payout != "" {
		c.Payout = m.Payout
	}
	c.MetadataUri = cleared(m.MetadataUri, c.MetadataUri)
	c.Endpoint = cleared(m.Endpoint, c.Endpoint)
	return c
}

// cleared is what a field becomes: kept when nothing is said, nothing when a
// hyphen is.
func cleared(said, kept string) string {
	switch said {
	case "":
		return kept
	case clearField:
		return ""
	default:
		return said
	}
}

// Validate checks what can be checked of a team without state.
func (m *MsgSetSplit) Validate(ac address.Codec) error {
	if err := validateAddress(ac, "contributor", m.Contributor); err != nil {
		return err
	}
	return ValidateSplit(ac, m.Split)
}

// Validate checks what can be checked of an endorsement without state.
func (m *MsgEndorse) Validate() error {
	if m.ReasonUri == "" {
		return nil
	}
	return errorsmod.Wrap(ValidateURI(m.ReasonUri), "reason_uri")
}

// Validate checks that the grounds of a quarantine can be read.
func (m *MsgQuarantine) Validate() error {
	return errorsmod.Wrap(ValidateURI(m.ReasonUri), "reason_uri: say why")
}

// Validate checks that the grounds of a removal can be read.
func (m *MsgRemove) Validate() error {
	return errorsmod.Wrap(ValidateURI(m.ReasonUri), "reason_uri: say why")
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

func validateDescription(license, metadataURI, endpoint string) error {
	if err := ValidateLicense(license); err != nil {
		return err
	}
	if metadataURI != "" {
		if err := ValidateURI(metadataURI); err != nil {
			return errorsmod.Wrap(err, "metadata_uri")
		}
	}
	if endpoint != "" {
		if err := ValidateURI(endpoint); err != nil {
			return errorsmod.Wrap(err, "endpoint")
		}
	}
	return nil
}
