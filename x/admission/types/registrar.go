// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// NewRegistrar orders the roles.
func NewRegistrar(address string, roles []Role) Registrar {
	sorted := slices.Clone(roles)
	slices.Sort(sorted)
	return Registrar{Address: address, Roles: sorted}
}

// Decides reports whether the registrar decides about a role.
func (r Registrar) Decides(role Role) bool { return slices.Contains(r.Roles, role) }

// Validate checks that the address is an account's, and that the roles exist and none
// stands twice. It returns ErrInvalidAddress, ErrInvalidRole or ErrDuplicate.
func (r Registrar) Validate() error {
	if err := validateAddress(r.Address); err != nil {
		return err
	}
	for i, role := range r.Roles {
		if err := role.Validate(); err != nil {
			return err
		}
		if slices.Contains(r.Roles[:i], role) {
			return errorsmod.Wrapf(ErrDuplicate, "%s stands twice: name each role once", role)
		}
	}
	return nil
}

// validateAddress checks that an address is an account's, and spelt as the chain spells it.
func validateAddress(address string) error {
	addr, err := sdk.AccAddressFromBech32(address)
	if err != nil {
		return errorsmod.Wrapf(ErrInvalidAddress, "%q: %s; give the account's address, for a validator that of its operator's account", address, err)
	}
	// One account, one spelling: a second one would pass as another entry of a batch.
	if addr.String() != address {
		return errorsmod.Wrapf(ErrInvalidAddress, "%q: write %s", address, addr)
	}
	return nil
}
