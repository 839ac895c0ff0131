// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"time"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// IsAdmitted reports whether an account holds a role now. topicID is the topic of a
// contributor and 0 for every other role.
func (k *Keeper) IsAdmitted(ctx context.Context, role types.Role, topicID uint64, addr sdk.AccAddress) (bool, error) {
	admission, found, err := k.find(ctx, storeKey(role, topicID, addr))
	if err != nil || !found {
		return false, err
	}
	return admission.HoldsAt(blockTime(ctx)), nil
}

// GetParams returns the module's parameters.
func (k *Keeper) GetParams(ctx context.Context) (types.Params, error) {
	return k.params.Get(ctx)
}

// admit grants a batch whose fields are valid: all of it, or nothing.
func (k *Keeper) admit(ctx context.Context, grants []types.Grant, by string) error {
	now := blockTime(ctx)
	for _, grant := range grants {
		if grant.ExpiresAt != nil && !grant.ExpiresAt.After(now) {
			return errorsmod.Wrapf(types.ErrInvalidExpiry, "%s would end at %s, and it is %s: give a later end, or none", grant.Key.Address, grant.ExpiresAt, now)
		}
		admission, found, err := k.findByKey(ctx, grant.Key)
		if err != nil {
			return err
		}
		if found && admission.HoldsAt(now) && admission.EndsLike(grant) {
			return errorsmod.Wrapf(types.ErrAlreadyAdmitted, "%s is admitted as %s: leave it out of the batch", grant.Key.Address, describe(grant.Key))
		}
	}
	for _, grant := range grants {
		if err := k.grant(ctx, grant, by); err != nil {
			return err
		}
	}
	return nil
}

// grant stores an admission, closes the application for it and, for a validator, opens
// the jail.
func (k *Keeper) grant(ctx context.Context, grant types.Grant, by string) error {
	now := blockTime(ctx)
	key, err := k.accounts().key(grant.Key)
	if err != nil {
		return err
	}
	former, found, err := k.find(ctx, key)
	if err != nil {
		return err
	}
	// One that is over, and whose turn in the queue has not come, is no former term.
	renewed := found && former.HoldsAt(now)
	admission := types.NewAdmission(grant, now)
	change := types.Change{Key: grant.Key, Act: types.ACT_ADMITTED, By: by, ReasonUri: grant.ReasonUri}
	if renewed {
		admission.GrantedAt, change.Act = former.GrantedAt, types.ACT_RENEWED
	}
	if err := k.admissions.Set(ctx, key, admission); err != nil {
		return err
	}
	if grant.Key.Role == types.ROLE_VALIDATOR {
		if err := k.letIn(ctx, key.K3()); err != nil {
			return err
		}
	}
	if err := k.settle(ctx, key, grant.ReasonUri); err != nil {
		return err
	}
	if err := k.record(ctx, change); err != nil {
		return err
	}
	return emit(ctx, &types.EventAdmitted{Key: grant.Key, ReasonUri: grant.ReasonUri, By: by, ExpiresAt: grant.ExpiresAt, Renewed: renewed})
}

// find returns the record of a key, in force or not.
func (k *Keeper) find(ctx context.Context, key admissionKey) (types.Admission, bool, error) {
	admission, err := k.admissions.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Admission{}, false, nil
	}
	return admission, err == nil, err
}

func (k *Keeper) findByKey(ctx context.Context, key types.AdmissionKey) (types.Admission, bool, error) {
	stored, err := k.accounts().key(key)
	if err != nil {
		return types.Admission{}, false, err
	}
	return k.find(ctx, stored)
}

func (k *Keeper) accounts() accountReader { return accountReader{k.addressCodec} }

func blockTime(ctx context.Context) time.Time { return sdk.UnwrapSDKContext(ctx).BlockTime() }
