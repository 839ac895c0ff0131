// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"
)

// MaxPayees is how many accounts a team may have: a claim pays each of them with a
// transfer.
const MaxPayees = 16

// Payees are who receives what a contribution earns, with 10000 basis points
// together: its team, or its payout alone.
func (c Contribution) Payees() []Payee {
	if len(c.Split) > 0 {
		return c.Split
	}
	return []Payee{{Address: c.Payout, ShareBp: BasisPoints}}
}

// Owners are the accounts that gain by a contribution, each once: the contributor
// and the payees.
func (c Contribution) Owners() []string {
	owners := []string{c.Contributor}
	for _, p := range c.Payees() {
		if !slices.Contains(owners, p.Address) {
			owners = append(owners, p.Address)
		}
	}
	return owners
}

// ValidateSplit checks a team: at most MaxPayees accounts, each once, with a share
// each and the whole together. None is a team too: it leaves the payout.
func ValidateSplit(ac address.Codec, payees []Payee) error {
	if len(payees) > MaxPayees {
		return errorsmod.Wrapf(ErrInvalidSplit, "%d payees, expected at most %d: let one account of the team pay the others", len(payees), MaxPayees)
	}
	if len(payees) == 0 {
		return nil
	}
	var sum uint64
	for i, p := range payees {
		if _, err := ac.StringToBytes(p.Address); err != nil {
			return errorsmod.Wrapf(ErrInvalidAddress, "split[%d] %q: %s; expected an account's bech32 address", i, p.Address, err)
		}
		if slices.ContainsFunc(payees[:i], func(q Payee) bool { return q.Address == p.Address }) {
			return errorsmod.Wrapf(ErrInvalidSplit, "split[%d] %s stands there twice: name each account once, with its whole share", i, p.Address)
		}
		if p.ShareBp == 0 || p.ShareBp > BasisPoints {
			return errorsmod.Wrapf(ErrInvalidSplit, "split[%d] has %d basis points, expected 1 to %d", i, p.ShareBp, BasisPoints)
		}
		sum += uint64(p.ShareBp)
	}
	if sum != BasisPoints {
		return errorsmod.Wrapf(ErrInvalidSplit, "shares are %d basis points together, expected exactly %d", sum, BasisPoints)
	}
	return nil
}
