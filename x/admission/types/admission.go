// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"
	"time"

	errorsmod "cosmossdk.io/errors"
)

// MaxURIBytes is the longest reason_uri and statement_uri.
const MaxURIBytes = 256

// RevokedUntil is until when a validator whose admission was revoked sits in jail. It is
// the last day that a protobuf timestamp can name, and another second of it than the one
// by which the evidence module marks a double signer, so that an admission granted again
// ends what a revocation began and nothing else.
func RevokedUntil() time.Time {
	return time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
}

// Never is when an admission without an end is looked at, and later than any end.
func Never() time.Time {
	return time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC)
}

// NewAdmission makes the record of a grant. at is the time of the block.
func NewAdmission(grant Grant, at time.Time) Admission {
	return Admission{
		Role:      grant.Key.Role,
		TopicId:   grant.Key.TopicId,
		Address:   grant.Key.Address,
		GrantedAt: &at,
		ReasonUri: grant.ReasonUri,
		ExpiresAt: grant.ExpiresAt,
	}
}

// HoldsAt reports whether the admission is in force. That of a validator is until it is
// taken, since the validator set cannot lose everybody at once.
func (a Admission) HoldsAt(now time.Time) bool {
	return a.Role == ROLE_VALIDATOR || a.ExpiresAt == nil || a.ExpiresAt.After(now)
}

// DueAt is when the admission has to be taken, or to be looked at again.
func (a Admission) DueAt() time.Time {
	switch {
	case a.DeferredUntil != nil:
		return *a.DeferredUntil
	case a.ExpiresAt != nil:
		return *a.ExpiresAt
	default:
		return Never()
	}
}

// EndsLike reports whether the admission ends when a grant does.
func (a Admission) EndsLike(grant Grant) bool {
	if a.ExpiresAt == nil || grant.ExpiresAt == nil {
		return a.ExpiresAt == grant.ExpiresAt
	}
	return a.ExpiresAt.Equal(*grant.ExpiresAt)
}

// Key names the admission.
func (a Admission) Key() AdmissionKey {
	return AdmissionKey{Role: a.Role, TopicId: a.TopicId, Address: a.Address}
}

// Validate checks every field. It returns ErrInvalidRole, ErrInvalidTopic,
// ErrInvalidAddress, ErrInvalidReason or ErrInvalidExpiry.
func (a Admission) Validate() error {
	if err := a.Key().Validate(); err != nil {
		return err
	}
	if err := validateReason(a.ReasonUri); err != nil {
		return err
	}
	if a.DeferredUntil != nil && (a.ExpiresAt == nil || a.DeferredUntil.Before(*a.ExpiresAt)) {
		return errorsmod.Wrapf(ErrInvalidExpiry, "deferred_until is %s, expected a time behind expires_at", a.DeferredUntil)
	}
	if err := validateExpiry(a.DeferredUntil); err != nil {
		return err
	}
	return validateExpiry(a.ExpiresAt)
}

// validateTerms checks all but the key. It returns ErrInvalidReason or ErrInvalidExpiry.
func (g Grant) validateTerms() error {
	if err := validateReason(g.ReasonUri); err != nil {
		return err
	}
	return validateExpiry(g.ExpiresAt)
}

func validateExpiry(at *time.Time) error {
	if at == nil || at.After(time.Unix(0, 0)) && at.Before(Never()) {
		return nil
	}
	return errorsmod.Wrapf(ErrInvalidExpiry, "expires_at is %s, expected a time up to %s: leave it out for an admission without an end", at, Never())
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
	return validateAddress(k.Address)
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

// validateReason checks that a reason is empty or a URI. It returns ErrInvalidReason.
func validateReason(uri string) error {
	if uri == "" {
		return nil
	}
	if wrong := wrongURI(uri); wrong != "" {
		return errorsmod.Wrapf(ErrInvalidReason, "reason_uri %s", wrong)
	}
	return nil
}

// wrongURI says what keeps a text from being scheme:rest in at most MaxURIBytes of
// printable ASCII. It is written out rather than left to net/url: all nodes must agree,
// whatever version of Go they were built with.
func wrongURI(uri string) string {
	if len(uri) > MaxURIBytes {
		return fmt.Sprintf("is %d bytes, expected at most %d: serve it under a shorter one", len(uri), MaxURIBytes)
	}
	colon := -1
	for i := range len(uri) {
		if uri[i] <= ' ' || uri[i] > '~' {
			return fmt.Sprintf("%q has a byte that is not printable ASCII at %d: percent-encode it", uri, i)
		}
		if uri[i] == ':' && colon < 0 {
			colon = i
		}
	}
	if colon < 1 || colon == len(uri)-1 {
		return fmt.Sprintf("%q is no URI: write a scheme and a location, as in https://example.org/minutes", uri)
	}
	return ""
}
