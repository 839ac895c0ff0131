// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

var errBroken = errors.New("broken on purpose")

// fakeAccounts knows module accounts by their usual addresses.
type fakeAccounts struct{}

func (fakeAccounts) GetModuleAddress(name string) sdk.AccAddress {
	return authtypes.NewModuleAddress(name)
}

func (fakeAccounts) GetModuleAccount(_ context.Context, name string) sdk.ModuleAccountI {
	return authtypes.NewEmptyModuleAccount(name, authtypes.Minter)
}

// fakeBank keeps balances of one denom in memory and fails on demand.
type fakeBank struct {
	balances map[string]uint64
	supply   uint64
	blocked  map[string]bool
	// failSend makes the sends fail.
	failSend bool
}

func newFakeBank() *fakeBank {
	return &fakeBank{balances: map[string]uint64{}, blocked: map[string]bool{}}
}

// fund gives an account coins of genesis.
func (b *fakeBank) fund(addr sdk.AccAddress, amount uint64) {
	b.balances[string(addr)] += amount
	b.supply += amount
}

// burn takes coins of an account out of the supply, as slashing and deposits do.
func (b *fakeBank) burn(addr sdk.AccAddress, amount uint64) {
	if b.balances[string(addr)] < amount {
		panic("burn of more than there is")
	}
	b.balances[string(addr)] -= amount
	b.supply -= amount
}

func (b *fakeBank) of(addr sdk.AccAddress) uint64 { return b.balances[string(addr)] }

func (b *fakeBank) ofModule(name string) uint64 { return b.of(authtypes.NewModuleAddress(name)) }

func (b *fakeBank) clone() *fakeBank {
	return &fakeBank{balances: maps.Clone(b.balances), supply: b.supply, blocked: b.blocked, failSend: b.failSend}
}

func (b *fakeBank) GetSupply(_ context.Context, denom string) sdk.Coin {
	return sdk.NewCoin(denom, math.NewIntFromUint64(b.supply))
}

func (b *fakeBank) GetBalance(_ context.Context, addr sdk.AccAddress, denom string) sdk.Coin {
	return sdk.NewCoin(denom, math.NewIntFromUint64(b.of(addr)))
}

func (b *fakeBank) MintCoins(_ context.Context, module string, coins sdk.Coins) error {
	b.fund(authtypes.NewModuleAddress(module), amountOf(coins))
	return nil
}

func (b *fakeBank) SendCoinsFromModuleToModule(_ context.Context, sender, recipient string, coins sdk.Coins) error {
	return b.send(authtypes.NewModuleAddress(sender), authtypes.NewModuleAddress(recipient), coins)
}

func (b *fakeBank) SendCoinsFromModuleToAccount(_ context.Context, sender string, recipient sdk.AccAddress, coins sdk.Coins) error {
	if b.BlockedAddr(recipient) {
		return errors.New("blocked by the bank")
	}
	return b.send(authtypes.NewModuleAddress(sender), recipient, coins)
}

func (b *fakeBank) BlockedAddr(addr sdk.AccAddress) bool { return b.blocked[string(addr)] }

func (b *fakeBank) send(from, to sdk.AccAddress, coins sdk.Coins) error {
	amount := amountOf(coins)
	if b.failSend {
		return errBroken
	}
	if amount == 0 || b.of(from) < amount {
		return fmt.Errorf("send of %d with a balance of %d", amount, b.of(from))
	}
	b.balances[string(from)] -= amount
	b.balances[string(to)] += amount
	return nil
}

func amountOf(coins sdk.Coins) uint64 { return coins.AmountOf(types.Denom).Uint64() }

// fakeDistribution records who was given what.
type fakeDistribution struct {
	bank      *fakeBank
	allocated map[string]uint64
	community uint64
}

func (d *fakeDistribution) FundCommunityPool(_ context.Context, coins sdk.Coins, sender sdk.AccAddress) error {
	d.community += amountOf(coins)
	return d.bank.send(sender, authtypes.NewModuleAddress(distrtypes.ModuleName), coins)
}

func (d *fakeDistribution) AllocateTokensToValidator(_ context.Context, v stakingtypes.ValidatorI, tokens sdk.DecCoins) error {
	d.allocated[v.GetOperator()] += tokens.AmountOf(types.Denom).TruncateInt().Uint64()
	return nil
}

// fakeStaking has the validators in it.
type fakeStaking map[string]stakingtypes.BondStatus

func (s fakeStaking) Validator(_ context.Context, operator sdk.ValAddress) (stakingtypes.ValidatorI, error) {
	address, err := operators.BytesToString(operator)
	if err != nil {
		return nil, err
	}
	status, found := s[address]
	if !found {
		return stakingtypes.Validator{}, stakingtypes.ErrNoValidatorFound
	}
	return stakingtypes.Validator{OperatorAddress: address, Status: status}, nil
}

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

// fakeTopics are the topics by id.
type fakeTopics map[uint64]topictypes.Topic

func (f fakeTopics) GetTopic(_ context.Context, id uint64) (topictypes.Topic, error) {
	topic, found := f[id]
	if !found {
		return topictypes.Topic{}, errors.New("no such topic")
	}
	return topic, nil
}

// fakeContributions are the contributions; id i is at i-1.
type fakeContributions struct {
	list []contributiontypes.Contribution
	fail error
	// lookups counts calls of Parents.
	lookups int
}

func (f *fakeContributions) GetContribution(_ context.Context, id uint64) (contributiontypes.Contribution, error) {
	if id == 0 || id > uint64(len(f.list)) {
		return contributiontypes.Contribution{}, errors.New("no such contribution")
	}
	return f.list[id-1], f.fail
}

func (f *fakeContributions) Parents(ctx context.Context, id uint64) ([]contributiontypes.Parent, error) {
	f.lookups++
	c, err := f.GetContribution(ctx, id)
	return c.Parents, err
}

func (f *fakeContributions) ContributionsOf(_ context.Context, contributor sdk.AccAddress, fn func(uint64) (bool, error)) error {
	address, err := accounts.BytesToString(contributor)
	if err != nil {
		return err
	}
	for _, c := range f.list {
		if c.Contributor != address {
			continue
		}
		if stop, err := fn(c.Id); stop || err != nil {
			return err
		}
	}
	return nil
}
