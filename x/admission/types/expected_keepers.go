// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// StakingKeeper is what admission asks of x/staking.
type StakingKeeper interface {
	// GetValidator returns the validator of an operator, or stakingtypes.ErrNoValidatorFound.
	GetValidator(ctx context.Context, operator sdk.ValAddress) (stakingtypes.Validator, error)
	// GetBondedValidatorsByPower returns the validators that are bonded and not jailed, at most max_validators.
	GetBondedValidatorsByPower(ctx context.Context) ([]stakingtypes.Validator, error)
	// Jail takes a validator that is not jailed out of the set.
	Jail(ctx context.Context, consAddr sdk.ConsAddress) error
	// PowerReduction is how many tokens are one unit of voting power.
	PowerReduction(ctx context.Context) math.Int
}

// SlashingKeeper is what admission asks of x/slashing, which decides who may leave the jail.
type SlashingKeeper interface {
	// GetValidatorSigningInfo returns a validator's record, or slashingtypes.ErrNoSigningInfoFound.
	GetValidatorSigningInfo(ctx context.Context, consAddr sdk.ConsAddress) (slashingtypes.ValidatorSigningInfo, error)
	// SetValidatorSigningInfo stores a validator's record.
	SetValidatorSigningInfo(ctx context.Context, consAddr sdk.ConsAddress, info slashingtypes.ValidatorSigningInfo) error
}
