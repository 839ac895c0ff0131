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

// BankKeeper is what admission asks of x/bank, for deposits.
type BankKeeper interface {
	// SendCoinsFromAccountToModule takes a deposit.
	SendCoinsFromAccountToModule(ctx context.Context, from sdk.AccAddress, module string, amount sdk.Coins) error
	// SendCoinsFromModuleToAccount gives a deposit back.
	SendCoinsFromModuleToAccount(ctx context.Context, module string, to sdk.AccAddress, amount sdk.Coins) error
	// GetBalance returns what an account owns of a coin.
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
}
