// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// putOut is what an operator without an admission meets: jail, or on an open chain a place
// on the list of those who will be jailed when it is closed. It reports whether a
// validator that was free was jailed.
func (k *Keeper) putOut(ctx context.Context, operator sdk.ValAddress) (bool, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return false, err
	}
	if params.ValidatorsPermissioned {
		return k.jail(ctx, operator)
	}
	_, found, err := k.validator(ctx, operator)
	if err != nil || !found {
		return false, err
	}
	return false, k.outsiders.Set(ctx, operator)
}

// letIn ends what putOut did.
func (k *Keeper) letIn(ctx context.Context, operator sdk.ValAddress) error {
	if err := k.outsiders.Remove(ctx, operator); err != nil {
		return err
	}
	return k.mayUnjail(ctx, operator)
}

// jailOutsiders jails, on a chain that was closed, up to MaxExpiries of the validators
// that were created while it was open and are not admitted. It runs before staking settles
// the set, so that none of them enters it.
func (k *Keeper) jailOutsiders(ctx context.Context) error {
	params, err := k.params.Get(ctx)
	if err != nil || !params.ValidatorsPermissioned {
		return err
	}
	var found []sdk.ValAddress
	err = k.outsiders.Walk(ctx, nil, func(operator []byte) (bool, error) {
		found = append(found, operator)
		return len(found) == types.MaxExpiries, nil
	})
	if err != nil {
		return err
	}
	for _, operator := range found {
		if err := k.outsiders.Remove(ctx, operator); err != nil {
			return err
		}
		if err := k.jailOutsider(ctx, operator); err != nil {
			return err
		}
	}
	return nil
}

// jailOutsider jails one, and says so.
func (k *Keeper) jailOutsider(ctx context.Context, operator sdk.ValAddress) error {
	if _, err := k.jail(ctx, operator); err != nil {
		return err
	}
	address, err := k.addressCodec.BytesToString(operator)
	if err != nil {
		return err
	}
	return emit(ctx, &types.EventOutsiderJailed{Address: address})
}
