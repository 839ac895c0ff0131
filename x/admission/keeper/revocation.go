// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/admission/types"
)

// revoke takes a batch whose keys are valid: all of it, or nothing.
func (k *Keeper) revoke(ctx context.Context, keys []types.AdmissionKey, reason, by string) error {
	for _, key := range keys {
		if err := k.checkHeld(ctx, key, "leave it out of the batch"); err != nil {
			return err
		}
	}
	if err := k.countLoss(ctx, keys); err != nil {
		return err
	}
	for _, key := range keys {
		jailed, err := k.take(ctx, types.Change{Key: key, Act: types.ACT_REVOKED, By: by, ReasonUri: reason})
		if err != nil {
			return err
		}
		if err := emit(ctx, &types.EventRevoked{Key: key, ReasonUri: reason, Jailed: jailed, By: by}); err != nil {
			return err
		}
	}
	return nil
}

// resign takes the admission that its holder gives up.
func (k *Keeper) resign(ctx context.Context, key types.AdmissionKey) error {
	if err := k.checkHeld(ctx, key, "there is nothing to give up"); err != nil {
		return err
	}
	if err := k.countLoss(ctx, []types.AdmissionKey{key}); err != nil {
		return err
	}
	jailed, err := k.take(ctx, types.Change{Key: key, Act: types.ACT_RESIGNED, By: key.Address})
	if err != nil {
		return err
	}
	return emit(ctx, &types.EventResigned{Key: key, Jailed: jailed})
}

// checkHeld refuses a key under which nobody is admitted.
func (k *Keeper) checkHeld(ctx context.Context, key types.AdmissionKey, then string) error {
	admission, found, err := k.findByKey(ctx, key)
	if err != nil {
		return err
	}
	if !found || !admission.HoldsAt(blockTime(ctx)) {
		return errorsmod.Wrapf(types.ErrNotAdmitted, "%s is not admitted as %s: %s", key.Address, describe(key), then)
	}
	return nil
}

// take removes an admission and records why. It reports whether a validator was jailed.
func (k *Keeper) take(ctx context.Context, change types.Change) (bool, error) {
	key, err := k.accounts().key(change.Key)
	if err != nil {
		return false, err
	}
	if err := k.admissions.Remove(ctx, key); err != nil {
		return false, err
	}
	jailed := false
	if change.Key.Role == types.ROLE_VALIDATOR {
		if jailed, err = k.putOut(ctx, key.K3()); err != nil {
			return false, err
		}
	}
	return jailed, k.record(ctx, change)
}
