// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/admission/types"
)

// hooks is the gate. Only AfterValidatorCreated ever returns an error: staking calls it
// within the transaction that creates a validator. Most others run at the end of a block,
// where an error halts the chain.
type hooks struct {
	keeper *Keeper
}

var _ stakingtypes.StakingHooks = hooks{}

// Hooks returns what staking has to call.
func (k *Keeper) Hooks() stakingtypes.StakingHooks { return hooks{keeper: k} }

// AfterValidatorCreated refuses a validator whose operator is not admitted. It runs inside
// whatever creates the validator, so that no route (authz, governance, a genesis
// transaction) goes around it.
func (h hooks) AfterValidatorCreated(ctx context.Context, operator sdk.ValAddress) error {
	params, err := h.keeper.params.Get(ctx)
	if err != nil {
		return err
	}
	admitted, err := h.keeper.IsAdmitted(ctx, types.ROLE_VALIDATOR, 0, sdk.AccAddress(operator))
	if err != nil {
		return err
	}
	if params.ValidatorsPermissioned && !admitted {
		return errorsmod.Wrapf(types.ErrValidatorNotAdmitted, "account %s is not on the list of validators: apply with `weald tx admission apply validator`, and wait to be admitted", sdk.AccAddress(operator))
	}
	if !admitted {
		if err := h.keeper.outsiders.Set(ctx, operator); err != nil {
			return err
		}
	}
	// A validator that was revoked, dissolved and is made anew has its old record with slashing.
	return h.keeper.mayUnjail(ctx, operator)
}

// BeforeValidatorModified implements stakingtypes.StakingHooks.
func (hooks) BeforeValidatorModified(context.Context, sdk.ValAddress) error { return nil }

// AfterValidatorRemoved implements stakingtypes.StakingHooks. A validator that is no more
// needs no jail.
func (h hooks) AfterValidatorRemoved(ctx context.Context, _ sdk.ConsAddress, operator sdk.ValAddress) error {
	return h.keeper.outsiders.Remove(ctx, operator)
}

// AfterValidatorConsKeyUpdated implements stakingtypes.StakingHooks. Slashing moves its
// record, and with it the time of a revoked validator's jail, to the new key.
func (hooks) AfterValidatorConsKeyUpdated(context.Context, sdk.ConsAddress, sdk.ConsAddress, sdk.ValAddress) error {
	return nil
}

// AfterValidatorBonded implements stakingtypes.StakingHooks.
func (hooks) AfterValidatorBonded(context.Context, sdk.ConsAddress, sdk.ValAddress) error {
	return nil
}

// AfterValidatorBeginUnbonding implements stakingtypes.StakingHooks.
func (hooks) AfterValidatorBeginUnbonding(context.Context, sdk.ConsAddress, sdk.ValAddress) error {
	return nil
}

// BeforeDelegationCreated implements stakingtypes.StakingHooks.
func (hooks) BeforeDelegationCreated(context.Context, sdk.AccAddress, sdk.ValAddress) error {
	return nil
}

// BeforeDelegationSharesModified implements stakingtypes.StakingHooks.
func (hooks) BeforeDelegationSharesModified(context.Context, sdk.AccAddress, sdk.ValAddress) error {
	return nil
}

// BeforeDelegationRemoved implements stakingtypes.StakingHooks.
func (hooks) BeforeDelegationRemoved(context.Context, sdk.AccAddress, sdk.ValAddress) error {
	return nil
}

// AfterDelegationModified implements stakingtypes.StakingHooks.
func (hooks) AfterDelegationModified(context.Context, sdk.AccAddress, sdk.ValAddress) error {
	return nil
}

// BeforeValidatorSlashed implements stakingtypes.StakingHooks.
func (hooks) BeforeValidatorSlashed(context.Context, sdk.ValAddress, math.LegacyDec) error {
	return nil
}

// AfterUnbondingInitiated implements stakingtypes.StakingHooks.
func (hooks) AfterUnbondingInitiated(context.Context, uint64) error { return nil }
