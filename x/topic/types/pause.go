// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"
)

// Paused returns the topic with a pause of that kind.
func (t Topic) Paused(pause Pause) Topic {
	t.Status, t.Pause = STATUS_PAUSED, &pause
	return t
}

// Resumed returns the topic without its pause.
func (t Topic) Resumed() Topic {
	t.Status, t.Pause = STATUS_ACTIVE, nil
	return t
}

// IsGuarded reports whether a guardian paused it and the people have not decided yet.
func (t Topic) IsGuarded() bool { return t.Pause != nil && t.Pause.UntilMs > 0 }

// validatePause checks what is said of pauses.
func (t Topic) validatePause(ac address.Codec) error {
	p := t.Pause
	switch {
	case (p != nil) != (t.Status == STATUS_PAUSED):
		return errorsmod.Wrapf(ErrInvalidGenesis, "status is %s with pause %v: a topic that is paused has one, and no other", t.Status, p)
	case t.GuardableFromMs < 0:
		return errorsmod.Wrapf(ErrInvalidGenesis, "guardable_from_ms is %d, expected none below 0", t.GuardableFromMs)
	case p == nil:
		return nil
	case p.Height < 0 || p.UntilMs < 0:
		return errorsmod.Wrapf(ErrInvalidGenesis, "a pause since block %d until %d ms, expected none below 0", p.Height, p.UntilMs)
	case p.Guardian == "" && (p.UntilMs > 0 || p.ReasonUri != ""):
		return errorsmod.Wrapf(ErrInvalidGenesis, "a pause until %d ms for %q by nobody: one that ends by itself, and that has grounds, is a guardian's", p.UntilMs, p.ReasonUri)
	case p.Guardian == "":
		return nil
	case t.GuardableFromMs <= p.UntilMs:
		return errorsmod.Wrapf(ErrInvalidGenesis, "a pause until %d ms, guardable from %d ms: guardians' next one waits longer", p.UntilMs, t.GuardableFromMs)
	}
	if _, err := ac.StringToBytes(p.Guardian); err != nil {
		return errorsmod.Wrapf(ErrInvalidGenesis, "guardian %q: %s; name the account that began the pause", p.Guardian, err)
	}
	return validateURI(ErrInvalidGenesis, "pause.reason_uri", p.ReasonUri)
}
