// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/admission/types"
)

// permit checks that a signer may decide about every one of the roles: it is the
// authority, or a registrar for them. It runs here, and not in the ante handler, so that
// authz, governance and interchain accounts cannot pass by.
func (k *Keeper) permit(ctx context.Context, signer string, roles []types.Role) error {
	if signer == k.authority {
		return nil
	}
	addr, err := k.addressCodec.StringToBytes(signer)
	if err != nil {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "invalid authority; expected %s or a registrar, got %q, which is no address", k.authority, signer)
	}
	registrar, err := k.registrars.Get(ctx, addr)
	if errors.Is(err, collections.ErrNotFound) {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "invalid authority; expected %s or a registrar, got %s: make it a proposal, or ask a registrar", k.authority, signer)
	}
	if err != nil {
		return err
	}
	for _, role := range roles {
		if !registrar.Decides(role) {
			return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "registrar %s decides about %v and not about %s: make it a proposal", signer, registrar.Roles, role)
		}
	}
	return nil
}

// setRegistrar names a registrar or changes its roles; without any it is dismissed.
func (k *Keeper) setRegistrar(ctx context.Context, registrar types.Registrar) error {
	addr, err := k.addressCodec.StringToBytes(registrar.Address)
	if err != nil {
		return err
	}
	known, err := k.registrars.Has(ctx, addr)
	if err != nil {
		return err
	}
	if len(registrar.Roles) == 0 {
		if !known {
			return errorsmod.Wrapf(types.ErrRegistrarNotFound, "%s cannot be dismissed: name its roles with --roles to make it one", registrar.Address)
		}
		return k.registrars.Remove(ctx, addr)
	}
	if !known {
		if err := k.checkRoomForRegistrar(ctx); err != nil {
			return err
		}
	}
	return k.registrars.Set(ctx, addr, registrar)
}

// checkRoomForRegistrar counts the registrars, of which there are never many.
func (k *Keeper) checkRoomForRegistrar(ctx context.Context) error {
	count := 0
	err := k.registrars.Walk(ctx, nil, func([]byte, types.Registrar) (bool, error) {
		count++
		return count >= types.MaxRegistrars, nil
	})
	if err != nil {
		return err
	}
	if count >= types.MaxRegistrars {
		return errorsmod.Wrapf(types.ErrTooManyRegistrars, "there are %d, as many as there may be: dismiss one first", count)
	}
	return nil
}
