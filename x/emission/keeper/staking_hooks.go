// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/emission/types"
)

var _ stakingtypes.StakingHooks = StakingHooks{}

// StakingHooks keep ballots in step with delegations. An account that does not vote costs
// one lookup. Slashing changes no shares, only what they are worth, which a tally asks when
// it begins. Some run where an error halts the chain, so they fail only with the store.
type StakingHooks struct{ k *Keeper }

// StakingHooks are called by x/staking.
func (k *Keeper) StakingHooks() StakingHooks { return StakingHooks{k} }

// AfterDelegationModified moves what an account has at a validator behind its vote.
func (h StakingHooks) AfterDelegationModified(ctx context.Context, delegator sdk.AccAddress, operator sdk.ValAddress) error {
	weights, err := h.k.weights(ctx, delegator)
	if err != nil || len(weights) == 0 {
		return err
	}
	delegation, err := h.k.staking.GetDelegation(ctx, delegator, operator)
	if err != nil {
		return err
	}
	if err := h.k.takeBacking(ctx, delegator, operator, weights); err != nil {
		return err
	}
	return h.k.addBacking(ctx, delegator, operator, weights, types.ShareBits(delegation.Shares))
}

// BeforeDelegationRemoved takes from the vote what an account had at a validator.
func (h StakingHooks) BeforeDelegationRemoved(ctx context.Context, delegator sdk.AccAddress, operator sdk.ValAddress) error {
	weights, err := h.k.weights(ctx, delegator)
	if err != nil || len(weights) == 0 {
		return err
	}
	return h.k.takeBacking(ctx, delegator, operator, weights)
}

// AfterValidatorCreated lets the stake at a validator follow the vote that its operator has already.
func (h StakingHooks) AfterValidatorCreated(ctx context.Context, operator sdk.ValAddress) error {
	weights, err := h.k.weights(ctx, operator)
	if err != nil {
		return err
	}
	return h.k.setOwnVote(ctx, operator, weights)
}

// AfterValidatorRemoved ends what followed the operator's vote; the vote stays the account's.
func (h StakingHooks) AfterValidatorRemoved(ctx context.Context, _ sdk.ConsAddress, operator sdk.ValAddress) error {
	return h.k.setOwnVote(ctx, operator, nil)
}

// BeforeValidatorModified implements stakingtypes.StakingHooks.
func (StakingHooks) BeforeValidatorModified(context.Context, sdk.ValAddress) error { return nil }

// AfterValidatorConsKeyUpdated implements stakingtypes.StakingHooks.
func (StakingHooks) AfterValidatorConsKeyUpdated(context.Context, sdk.ConsAddress, sdk.ConsAddress, sdk.ValAddress) error {
	return nil
}

// AfterValidatorBonded implements stakingtypes.StakingHooks.
func (StakingHooks) AfterValidatorBonded(context.Context, sdk.ConsAddress, sdk.ValAddress) error {
	return nil
}

// AfterValidatorBeginUnbonding implements stakingtypes.StakingHooks.
func (StakingHooks) AfterValidatorBeginUnbonding(context.Context, sdk.ConsAddress, sdk.ValAddress) error {
	return nil
}

// BeforeDelegationCreated implements stakingtypes.StakingHooks.
func (StakingHooks) BeforeDelegationCreated(context.Context, sdk.AccAddress, sdk.ValAddress) error {
	return nil
}

// BeforeDelegationSharesModified implements stakingtypes.StakingHooks.
func (StakingHooks) BeforeDelegationSharesModified(context.Context, sdk.AccAddress, sdk.ValAddress) error {
	return nil
}

// BeforeValidatorSlashed implements stakingtypes.StakingHooks.
func (StakingHooks) BeforeValidatorSlashed(context.Context, sdk.ValAddress, math.LegacyDec) error {
	return nil
}

// AfterUnbondingInitiated implements stakingtypes.StakingHooks.
func (StakingHooks) AfterUnbondingInitiated(context.Context, uint64) error { return nil }
