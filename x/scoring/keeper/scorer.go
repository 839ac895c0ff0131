// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// setScorer makes an account the operator's hot key, and takes the one before away. The account is
// created when it does not exist, so that it can sign without ever having been funded.
func (k *Keeper) setScorer(ctx context.Context, operator sdk.ValAddress, scorer sdk.AccAddress) error {
	if err := k.checkScorer(ctx, operator, scorer); err != nil {
		return err
	}
	if err := k.removeScorer(ctx, operator); err != nil {
		return err
	}
	if !k.account.HasAccount(ctx, scorer) {
		k.account.SetAccount(ctx, k.account.NewAccountWithAddress(ctx, scorer))
	}
	if err := k.Scorers.Set(ctx, operator, scorer); err != nil {
		return err
	}
	return k.Operators.Set(ctx, scorer, operator)
}

// checkScorer refuses an account that speaks for a validator already (ErrInvalidScorer).
func (k *Keeper) checkScorer(ctx context.Context, operator sdk.ValAddress, scorer sdk.AccAddress) error {
	if bytes.Equal(operator, scorer) {
		return errorsmod.Wrap(types.ErrInvalidScorer, "it is the operator's own account, which may always score: name another one, or none")
	}
	validator, err := k.isValidator(ctx, sdk.ValAddress(scorer))
	if err != nil {
		return err
	}
	if validator {
		return errorsmod.Wrap(types.ErrInvalidScorer, "it is another validator's operator account: make a key for scoring alone")
	}
	taken, err := k.Operators.Get(ctx, scorer)
	switch {
	case errors.Is(err, collections.ErrNotFound):
		return nil
	case err != nil:
		return err
	case !bytes.Equal(taken, operator):
		return errorsmod.Wrap(types.ErrInvalidScorer, "it is another validator's scorer key: no two validators share one, make another")
	}
	return nil
}

// removeScorer takes the operator's hot key away, if it has one.
func (k *Keeper) removeScorer(ctx context.Context, operator sdk.ValAddress) error {
	scorer, err := k.scorerOf(ctx, operator)
	if err != nil || scorer == nil {
		return err
	}
	if err := k.Operators.Remove(ctx, scorer); err != nil {
		return err
	}
	return k.Scorers.Remove(ctx, operator)
}

// scorerOf returns the operator's hot key; nil when it named none.
func (k *Keeper) scorerOf(ctx context.Context, operator sdk.ValAddress) (sdk.AccAddress, error) {
	scorer, err := k.Scorers.Get(ctx, operator)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	return scorer, err
}

// operatorOf returns the validator that an account scores for: its own, or the one that named it
// (ErrNotValidator for neither).
func (k *Keeper) operatorOf(ctx context.Context, signer sdk.AccAddress) (sdk.ValAddress, error) {
	own := sdk.ValAddress(signer)
	validator, err := k.isValidator(ctx, own)
	if err != nil {
		return nil, err
	}
	if validator {
		return own, nil
	}
	operator, err := k.Operators.Get(ctx, signer)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrap(types.ErrNotValidator, "sign with a validator's operator account, or let the validator name this account with `weald tx scoring set-scorer`")
	}
	return operator, err
}

// isValidator reports whether staking knows a validator of that operator.
func (k *Keeper) isValidator(ctx context.Context, operator sdk.ValAddress) (bool, error) {
	_, err := k.staking.GetValidator(ctx, operator)
	if errors.Is(err, stakingtypes.ErrNoValidatorFound) {
		return false, nil
	}
	return err == nil, err
}
