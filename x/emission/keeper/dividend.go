// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	scoringtypes "github.com/weal-network/weal/x/scoring/types"

	"github.com/weal-network/weal/x/emission/types"
)

// payDividends gives each validator its part through x/distribution, so that commission and
// delegators' shares work as everywhere. The coins go over first and once. The part of a
// validator that is gone stays in the topic.
func (k *Keeper) payDividends(ctx context.Context, budget uint64, results []scoringtypes.ValidatorResult) ([]types.Dividend, error) {
	var (
		dividends  []types.Dividend
		validators []stakingtypes.ValidatorI
		total      uint64
	)
	for i, part := range types.ShareDividends(budget, results) {
		if part == 0 {
			continue
		}
		validator, err := k.payee(ctx, results[i].Operator)
		if err != nil {
			return nil, err
		}
		if validator == nil {
			continue
		}
		dividends = append(dividends, types.Dividend{Operator: results[i].Operator, Amount: part})
		validators = append(validators, validator)
		total += part
	}
	if total == 0 {
		return nil, nil
	}
	if err := k.bank.SendCoinsFromModuleToModule(ctx, types.ModuleName, distrtypes.ModuleName, types.Coins(total)); err != nil {
		return nil, err
	}
	for i, dividend := range dividends {
		tokens := sdk.NewDecCoinsFromCoins(types.Coins(dividend.Amount)...)
		if err := k.distribution.AllocateTokensToValidator(ctx, validators[i], tokens); err != nil {
			return nil, err
		}
	}
	return dividends, nil
}

// payee is the validator of an operator, or nil when it was removed or has unbonded: it has
// no stake behind it any more that a dividend could be shared by.
func (k *Keeper) payee(ctx context.Context, operator string) (stakingtypes.ValidatorI, error) {
	address, err := k.operators.StringToBytes(operator)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrMalformedResult, "validator %q: %s", operator, err)
	}
	validator, err := k.staking.Validator(ctx, address)
	if errors.Is(err, stakingtypes.ErrNoValidatorFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if validator.IsUnbonded() {
		return nil, nil
	}
	return validator, nil
}
