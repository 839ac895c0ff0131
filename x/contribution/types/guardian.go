// SPDX-License-Identifier: Apache-2.0

package types

import (
	"bytes"
	"time"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"
)

const (
	// MaxGuardians bounds the list.
	MaxGuardians = 16
	// MaxHeld bounds what guardians may hold of a topic, however large it is, and how many topics.
	MaxHeld = 64
	// MinGuardianPeriodSeconds is a minute, for networks that vote in seconds.
	MinGuardianPeriodSeconds = 60
	// MaxGuardianPeriodSeconds is 72 hours: nobody but the people takes a model out of scoring for longer.
	MaxGuardianPeriodSeconds = 72 * 3_600
	// MaxGuardianShareBp leaves three quarters of a topic to itself, whatever guardians do.
	MaxGuardianShareBp = 2_500
	// MinGuardianCooldownSeconds is a day.
	MinGuardianCooldownSeconds = 86_400
	// MaxGuardianCooldownSeconds is a year.
	MaxGuardianCooldownSeconds = 365 * 86_400
)

// GuardianPeriodMs is how long a quarantine or a pause by a guardian lasts, in milliseconds.
func (p Params) GuardianPeriodMs() int64 { return int64(p.GuardianPeriodSeconds) * 1_000 } //nolint:gosec // below 2^31

// GuardianCooldownMs is how long the next one has to wait, in milliseconds.
func (p Params) GuardianCooldownMs() int64 { return int64(p.GuardianCooldownSeconds) * 1_000 } //nolint:gosec // below 2^31

// MayHold is how many contributions of a topic guardians may hold when so many compete besides those that they hold: their share,
// rounded down, one at least, and at most MaxHeld; none when the share is 0.
func (p Params) MayHold(competing uint32, held int) uint32 {
	if p.GuardianShareBp == 0 {
		return 0
	}
	all := uint64(competing) + uint64(held)                                        //nolint:gosec // a length
	return uint32(min(max(all*uint64(p.GuardianShareBp)/BasisPoints, 1), MaxHeld)) //nolint:gosec // at most MaxHeld
}

// MayPause is how many topics guardians may hold paused at once when so many paid ones live: their share, bounded as MayHold is.
func (p Params) MayPause(paid uint32) uint32 { return p.MayHold(paid, 0) }

// IsGuarded reports whether a guardian quarantined it and the people have not decided yet.
func (c Contribution) IsGuarded() bool { return c.Quarantine != nil && c.Quarantine.UntilMs > 0 }

// CheckGuardable refuses one that is quarantined, or that a guardian had not long ago.
func (c Contribution) CheckGuardable(nowMs int64) error {
	switch {
	case c.IsQuarantined():
		return errorsmod.Wrapf(ErrWrongStatus, "contribution %d is quarantined since block %d: a guardian cannot prolong that, a proposal can", c.Id, c.Quarantine.Height)
	case nowMs < c.GuardableFromMs:
		return errorsmod.Wrapf(ErrGuardCooldown, "guardians had contribution %d, and may have it again from %s on: propose a quarantine", c.Id, time.UnixMilli(c.GuardableFromMs).UTC().Format(time.RFC3339))
	default:
		return nil
	}
}

// validateGuard checks what is said of guardians.
func (c Contribution) validateGuard() error {
	q := c.Quarantine
	switch {
	case c.GuardableFromMs < 0:
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d: guardable_from_ms is %d, expected none below 0", c.Id, c.GuardableFromMs)
	case q == nil:
		return nil
	case q.UntilMs < 0 || q.UntilMs > 0 && (q.Guardian == "" || c.GuardableFromMs <= q.UntilMs):
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d: a quarantine until %d ms by %q, guardable from %d ms: one that ends by itself is a guardian's, and the next waits longer", c.Id, q.UntilMs, q.Guardian, c.GuardableFromMs)
	case q.Guardian != "":
		return errorsmod.Wrapf(validateAddress(bech32Codec{}, "guardian", q.Guardian), "contribution %d", c.Id)
	default:
		return nil
	}
}

// ValidateGuardians checks a list of guardians; sorted asks for the order of a genesis.
func ValidateGuardians(ac address.Codec, guardians []string, sorted bool) error {
	if len(guardians) > MaxGuardians {
		return errorsmod.Wrapf(ErrInvalidGuardians, "%d guardians, expected at most %d", len(guardians), MaxGuardians)
	}
	seen := make([][]byte, 0, len(guardians))
	for _, guardian := range guardians {
		account, err := ac.StringToBytes(guardian)
		if err != nil {
			return errorsmod.Wrapf(ErrInvalidGuardians, "%q: %s; expected an account's bech32 address", guardian, err)
		}
		for i, other := range seen {
			if bytes.Equal(other, account) || sorted && i == len(seen)-1 && bytes.Compare(other, account) > 0 {
				return errorsmod.Wrapf(ErrInvalidGuardians, "%s is there twice, or out of order", guardian)
			}
		}
		seen = append(seen, account)
	}
	return nil
}

// Validate checks what can be checked of a list without state.
func (m *MsgSetGuardians) Validate(ac address.Codec) error {
	return ValidateGuardians(ac, m.Guardians, false)
}

// Validate checks that the grounds of a quarantine can be read.
func (m *MsgGuardianQuarantine) Validate(ac address.Codec) error {
	if err := validateAddress(ac, "guardian", m.Guardian); err != nil {
		return err
	}
	return errorsmod.Wrap(ValidateURI(m.ReasonUri), "reason_uri: say why")
}

// Validate checks that the grounds of a pause can be read.
func (m *MsgGuardianPauseTopic) Validate(ac address.Codec) error {
	if err := validateAddress(ac, "guardian", m.Guardian); err != nil {
		return err
	}
	return errorsmod.Wrap(ValidateURI(m.ReasonUri), "reason_uri: say why")
}
