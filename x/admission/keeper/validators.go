// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/admission/types"
)

// ValidatorMayScore reports whether an operator may validate and score: it is admitted,
// or the chain is open to everyone.
func (k *Keeper) ValidatorMayScore(ctx context.Context, operator sdk.ValAddress) (bool, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return false, err
	}
	if !params.ValidatorsPermissioned {
		return true, nil
	}
	return k.IsAdmitted(ctx, types.ROLE_VALIDATOR, 0, sdk.AccAddress(operator))
}

// jail takes an operator's validator, if there is one, out of the set, and has slashing
// refuse to let it out again. It reports whether the validator was free before.
func (k *Keeper) jail(ctx context.Context, operator sdk.ValAddress) (bool, error) {
	validator, found, err := k.validator(ctx, operator)
	if err != nil || !found {
		return false, err
	}
	consAddr, err := validator.GetConsAddr()
	if err != nil {
		return false, err
	}
	if err := k.holdInJail(ctx, consAddr); err != nil {
		return false, err
	}
	if validator.IsJailed() {
		return false, nil
	}
	return true, k.staking.Jail(ctx, consAddr)
}

// holdInJail sets the time that slashing compares with when a validator asks to leave the
// jail. A validator that was never bonded has no record there, and would be let out; so
// it gets one. One that is tombstoned stays in jail for ever anyway.
func (k *Keeper) holdInJail(ctx context.Context, consAddr sdk.ConsAddress) error {
	info, err := k.slashing.GetValidatorSigningInfo(ctx, consAddr)
	if errors.Is(err, slashingtypes.ErrNoSigningInfoFound) {
		height := sdk.UnwrapSDKContext(ctx).BlockHeight()
		info = slashingtypes.NewValidatorSigningInfo(consAddr, height, 0, time.Unix(0, 0).UTC(), false, 0)
	} else if err != nil {
		return err
	}
	if info.Tombstoned {
		return nil
	}
	info.JailedUntil = types.RevokedUntil()
	return k.slashing.SetValidatorSigningInfo(ctx, consAddr, info)
}

// mayUnjail ends what holdInJail began: from now on the operator may leave the jail by
// itself. A jail for another reason keeps its time.
func (k *Keeper) mayUnjail(ctx context.Context, operator sdk.ValAddress) error {
	validator, found, err := k.validator(ctx, operator)
	if err != nil || !found {
		return err
	}
	consAddr, err := validator.GetConsAddr()
	if err != nil {
		return err
	}
	info, err := k.slashing.GetValidatorSigningInfo(ctx, consAddr)
	if errors.Is(err, slashingtypes.ErrNoSigningInfoFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Tombstoned || !info.JailedUntil.Equal(types.RevokedUntil()) {
		return nil
	}
	info.JailedUntil = sdk.UnwrapSDKContext(ctx).BlockTime()
	return k.slashing.SetValidatorSigningInfo(ctx, consAddr, info)
}

// checkAllAdmitted refuses to close the set around a validator that is not admitted.
func (k *Keeper) checkAllAdmitted(ctx context.Context) error {
	bonded, err := k.bonded(ctx)
	if err != nil {
		return err
	}
	for _, member := range bonded {
		admitted, err := k.IsAdmitted(ctx, types.ROLE_VALIDATOR, 0, sdk.AccAddress(member.operator))
		if err != nil {
			return err
		}
		if !admitted {
			return errorsmod.Wrapf(types.ErrUnadmittedValidator, "%s (account %s) makes blocks: admit it in the same proposal, before the parameters change", member.operator, sdk.AccAddress(member.operator))
		}
	}
	return nil
}

// member is a validator of the set.
type member struct {
	operator sdk.ValAddress
	power    int64
}

// bonded returns who makes blocks now, at most max_validators of staking.
func (k *Keeper) bonded(ctx context.Context) ([]member, error) {
	validators, err := k.staking.GetBondedValidatorsByPower(ctx)
	if err != nil {
		return nil, err
	}
	reduction := k.staking.PowerReduction(ctx)
	members := make([]member, 0, len(validators))
	for _, validator := range validators {
		power := validator.ConsensusPower(reduction)
		if power <= 0 {
			continue // slashed to nothing: it leaves the set at the end of the block
		}
		operator, err := k.validatorAddressCodec.StringToBytes(validator.GetOperator())
		if err != nil {
			return nil, err
		}
		members = append(members, member{operator: operator, power: power})
	}
	return members, nil
}

func (k *Keeper) validator(ctx context.Context, operator sdk.ValAddress) (stakingtypes.Validator, bool, error) {
	validator, err := k.staking.GetValidator(ctx, operator)
	if errors.Is(err, stakingtypes.ErrNoValidatorFound) {
		return stakingtypes.Validator{}, false, nil
	}
	return validator, err == nil, err
}
