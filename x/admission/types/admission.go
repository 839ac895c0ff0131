// SPDX-License-Identifier: Apache-2.0

package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// MaxReasonBytes is the longest reason_uri.
const MaxReasonBytes = 256

// RevokedUntil is until when a validator whose admission was revoked sits in jail. It is
// the last day that a protobuf timestamp can name, and another second of it than the one
// by which the evidence module marks a double signer, so that an admission granted again
// ends what a revocation began and nothing else.
func RevokedUntil() time.Time {
	return time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
}

// NewAdmission makes the record of a grant. at is the time of the block.
func NewAdmission(grant Grant, at time.Time) Admission {
	return Admission{
		Role:      grant.Key.Role,
		TopicId:   grant.Key.TopicId,
		Address:   grant.Key.Address,
		GrantedAt: &at,
		ReasonUri: grant.ReasonUri,
	}
}

// Key names the admission.
func (a Admission) Key() AdmissionKey {
	return AdmissionKey{Role: a.Role, TopicId: a.TopicId, Address: a.Address}
}

// Validate checks every field. It returns ErrInvalidRole, ErrInvalidTopic,
// ErrInvalidAddress or ErrInvalidReason.
func (a Admission) Validate() error {
	if err := a.Key().Validate(); err != nil {
		return err
	}
	return validateReason(a.ReasonUri)
}

// Validate checks that the role exists, that a contributor and nobody else has a topic,
// and that the address is an account's. It returns ErrInvalidRole, ErrInvalidTopic or
// ErrInvalidAddress.
func (k AdmissionKey) Validate() error {
	if err := k.Role.Validate(); err != nil {
		return err
	}
	if k.Role == ROLE_CONTRIBUTOR && k.TopicId == 0 {
		return errorsmod.Wrapf(ErrInvalidTopic, "%s of topic 0: name the topic that the account may contribute to", k.Role)
	}
	if k.Role != ROLE_CONTRIBUTOR && k.TopicId != 0 {
		return errorsmod.Wrapf(ErrInvalidTopic, "%s of topic %d: only %s is for one topic, set topic_id to 0", k.Role, k.TopicId, ROLE_CONTRIBUTOR)
	}
	addr, err := sdk.AccAddressFromBech32(k.Address)
	if err != nil {
		return errorsmod.Wrapf(ErrInvalidAddress, "%q: %s; give the account's address, for a validator that of its operator's account", k.Address, err)
	}
	// One account, one spelling: a second one would pass as another entry of a batch.
	if addr.String() != k.Address {
		return errorsmod.Wrapf(ErrInvalidAddress, "%q: write %s", k.Address, addr)
	}
	return nil
}

// Validate checks that the role is one that there is. It returns ErrInvalidRole.
func (r Role) Validate() error {
	switch r {
	case ROLE_VALIDATOR, ROLE_CONTRIBUTOR, ROLE_STEWARD:
		return nil
	default:
		return errorsmod.Wrapf(ErrInvalidRole, "role is %s: choose %s, %s or %s", r, ROLE_VALIDATOR, ROLE_CONTRIBUTOR, ROLE_STEWARD)
	}
}

// validateReason checks that a reason is empty, or scheme:rest in at most MaxReasonBytes
// of printable ASCII. It is written out rather than left to net/url: all nodes must
// agree, whatever version of Go they were built with.
func validateReason(uri string) error {
	if uri == "" {
		return nil
	}
	if len(uri) > MaxReasonBytes {
		return errorsmod.Wrapf(ErrInvalidReason, "reason_uri is %d bytes, expected at most %d: serve it under a shorter one", len(uri), MaxReasonBytes)
	}
	colon := -1
	for i := range len(uri) {
		if uri[i] <= ' ' || uri[i] > '~' {
			return errorsmod.Wrapf(ErrInvalidReason, "reason_uri %q has a byte that is not printable ASCII at %d: percent-encode it", uri, i)
		}
		if uri[i] == ':' && colon < 0 {
			colon = i
		}
	}
	if colon < 1 || colon == len(uri)-1 {
		return errorsmod.Wrapf(ErrInvalidReason, "reason_uri %q is no URI: write a scheme and a location, as in https://example.org/minutes", uri)
	}
	return nil
}
