// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// IsAdmitted reports whether an account holds a role now. topicID is the topic of a
// contributor and 0 for every other role.
func (k *Keeper) IsAdmitted(ctx context.Context, role types.Role, topicID uint64, addr sdk.AccAddress) (bool, error) {
	return k.admissions.Has(ctx, storeKey(role, topicID, addr))
}

// GetParams returns the module's parameters.
func (k *Keeper) GetParams(ctx context.Context) (types.Params, error) {
	return k.params.Get(ctx)
}

// admit grants a batch whose fields are valid: all of it, or nothing.
func (k *Keeper) admit(ctx context.Context, grants []types.Grant) error {
	for _, grant := range grants {
		admitted, err := k.holds(ctx, grant.Key)
		if err != nil {
			return err
		}
		if admitted {
			return errorsmod.Wrapf(types.ErrAlreadyAdmitted, "%s is admitted as %s: leave it out of the batch", grant.Key.Address, describe(grant.Key))
		}
	}
	now := sdk.UnwrapSDKContext(ctx).BlockTime()
	for _, grant := range grants {
		if err := k.grant(ctx, types.NewAdmission(grant, now)); err != nil {
			return err
		}
	}
	return nil
}

// grant stores an admission and, for a validator, opens the jail.
func (k *Keeper) grant(ctx context.Context, admission types.Admission) error {
	addr, err := k.store(ctx, admission)
	if err != nil {
		return err
	}
	if admission.Role == types.ROLE_VALIDATOR {
		if err := k.mayUnjail(ctx, sdk.ValAddress(addr)); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventAdmitted{Key: admission.Key(), ReasonUri: admission.ReasonUri})
}

// revoke takes a batch whose keys are valid: all of it, or nothing.
func (k *Keeper) revoke(ctx context.Context, keys []types.AdmissionKey, reason string) error {
	for _, key := range keys {
		admitted, err := k.holds(ctx, key)
		if err != nil {
			return err
		}
		if !admitted {
			return errorsmod.Wrapf(types.ErrNotAdmitted, "%s is not admitted as %s: leave it out of the batch", key.Address, describe(key))
		}
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	if params.ValidatorsPermissioned {
		if err := k.checkValidatorLeft(ctx, keys); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if err := k.take(ctx, params, key, reason); err != nil {
			return err
		}
	}
	return nil
}

// take removes an admission and, where only admitted operators validate, jails the
// validator that lost it.
func (k *Keeper) take(ctx context.Context, params types.Params, key types.AdmissionKey, reason string) error {
	addr, err := k.addressCodec.StringToBytes(key.Address)
	if err != nil {
		return err
	}
	if err := k.admissions.Remove(ctx, storeKey(key.Role, key.TopicId, addr)); err != nil {
		return err
	}
	jailed := false
	if key.Role == types.ROLE_VALIDATOR && params.ValidatorsPermissioned {
		if jailed, err = k.jail(ctx, addr); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventRevoked{Key: key, ReasonUri: reason, Jailed: jailed})
}

// store writes an admission under its key and returns the account.
func (k *Keeper) store(ctx context.Context, admission types.Admission) ([]byte, error) {
	addr, err := k.addressCodec.StringToBytes(admission.Address)
	if err != nil {
		return nil, err
	}
	return addr, k.admissions.Set(ctx, storeKey(admission.Role, admission.TopicId, addr), admission)
}

func (k *Keeper) holds(ctx context.Context, key types.AdmissionKey) (bool, error) {
	addr, err := k.addressCodec.StringToBytes(key.Address)
	if err != nil {
		return false, err
	}
	return k.IsAdmitted(ctx, key.Role, key.TopicId, addr)
}

func storeKey(role types.Role, topicID uint64, addr []byte) admissionKey {
	return collections.Join3(uint32(role), topicID, addr)
}
