// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"maps"
	"slices"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// fakeStake adds to validators what is delegated to them, and calls the hooks as x/staking does.
type fakeStake struct {
	fakeStaking
	ctx    func() context.Context
	hooks  stakingtypes.StakingHooks
	tokens map[string]math.Int
	// shares are by operator and delegator.
	shares map[string]map[string]math.LegacyDec
}

func newFakeStake(statuses fakeStaking, ctx func() context.Context) *fakeStake {
	return &fakeStake{fakeStaking: statuses, ctx: ctx, tokens: map[string]math.Int{}, shares: map[string]map[string]math.LegacyDec{}}
}

func (s *fakeStake) Validator(ctx context.Context, operator sdk.ValAddress) (stakingtypes.ValidatorI, error) {
	found, err := s.fakeStaking.Validator(ctx, operator)
	if err != nil {
		return found, err
	}
	v := found.(stakingtypes.Validator)
	v.Tokens, v.DelegatorShares = s.tokensOf(v.OperatorAddress), s.sharesOf(v.OperatorAddress)
	return v, nil
}

func (s *fakeStake) tokensOf(operator string) math.Int {
	if tokens, known := s.tokens[operator]; known {
		return tokens
	}
	return math.ZeroInt()
}

func (s *fakeStake) sharesOf(operator string) math.LegacyDec {
	sum := math.LegacyZeroDec()
	for _, shares := range s.shares[operator] {
		sum = sum.Add(shares)
	}
	return sum
}

func (s *fakeStake) GetDelegation(_ context.Context, delegator sdk.AccAddress, operator sdk.ValAddress) (stakingtypes.Delegation, error) {
	address, err := operators.BytesToString(operator)
	if err != nil {
		return stakingtypes.Delegation{}, err
	}
	shares, found := s.shares[address][text(delegator)]
	if !found {
		return stakingtypes.Delegation{}, stakingtypes.ErrNoDelegation
	}
	return stakingtypes.NewDelegation(text(delegator), address, shares), nil
}

func (s *fakeStake) IterateDelegatorDelegations(_ context.Context, delegator sdk.AccAddress, fn func(stakingtypes.Delegation) bool) error {
	for _, operator := range slices.Sorted(maps.Keys(s.shares)) {
		if shares, found := s.shares[operator][text(delegator)]; found && fn(stakingtypes.NewDelegation(text(delegator), operator, shares)) {
			return nil
		}
	}
	return nil
}

func (s *fakeStake) IterateBondedValidatorsByPower(ctx context.Context, fn func(int64, stakingtypes.ValidatorI) bool) error {
	for i, operator := range slices.Sorted(maps.Keys(s.fakeStaking)) {
		address, err := operators.StringToBytes(operator)
		if err != nil {
			return err
		}
		v, err := s.Validator(ctx, address)
		if err != nil {
			return err
		}
		if v.IsBonded() && fn(int64(i), v) {
			return nil
		}
	}
	return nil
}

// delegate buys shares at the validator's rate.
func (s *fakeStake) delegate(who, validator string, amount int64) error {
	operator := operator(validator)
	tokens, shares := s.tokensOf(operator), s.sharesOf(operator)
	bought := math.LegacyNewDec(amount)
	if tokens.IsPositive() {
		bought = shares.MulInt64(amount).QuoInt(tokens)
	}
	s.tokens[operator] = tokens.AddRaw(amount)
	if s.shares[operator] == nil {
		s.shares[operator] = map[string]math.LegacyDec{}
	}
	held, found := s.shares[operator][text(account(who))]
	if !found {
		held = math.LegacyZeroDec()
	}
	s.shares[operator][text(account(who))] = held.Add(bought)
	return s.hooks.AfterDelegationModified(s.ctx(), account(who), sdk.ValAddress(account(validator)))
}

// undelegate sells a part of what somebody has, in hundredths, and returns its tokens.
func (s *fakeStake) undelegate(who, validator string, percent int64) (int64, error) {
	operator, delegator := operator(validator), text(account(who))
	held, found := s.shares[operator][delegator]
	if !found || percent == 0 {
		return 0, nil
	}
	sold := held.MulInt64(percent).QuoInt64(100)
	tokens := sold.MulInt(s.tokensOf(operator)).Quo(s.sharesOf(operator)).TruncateInt()
	if percent == 100 {
		if err := s.hooks.BeforeDelegationRemoved(s.ctx(), account(who), sdk.ValAddress(account(validator))); err != nil {
			return 0, err
		}
		delete(s.shares[operator], delegator)
	} else {
		s.shares[operator][delegator] = held.Sub(sold)
		if err := s.hooks.AfterDelegationModified(s.ctx(), account(who), sdk.ValAddress(account(validator))); err != nil {
			return 0, err
		}
	}
	if s.sharesOf(operator).IsZero() {
		s.tokens[operator] = math.ZeroInt()
	} else {
		s.tokens[operator] = s.tokensOf(operator).Sub(tokens)
	}
	return tokens.Int64(), nil
}

// slash burns a part of a validator's tokens, in hundredths; shares stay.
func (s *fakeStake) slash(validator string, percent int64) {
	tokens := s.tokensOf(operator(validator))
	s.tokens[operator(validator)] = tokens.Sub(tokens.MulRaw(percent).QuoRaw(100))
}
