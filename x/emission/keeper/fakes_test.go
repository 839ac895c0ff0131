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
	// others are balances of other denoms.
	others  map[string]sdk.Coins
	supply  uint64
	blocked map[string]bool
	// failSend makes the sends fail.
	failSend bool
	// sends counts them.
	sends int
}

func newFakeBank() *fakeBank {
	return &fakeBank{balances: map[string]uint64{}, others: map[string]sdk.Coins{}, blocked: map[string]bool{}}
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
	return &fakeBank{balances: maps.Clone(b.balances), others: maps.Clone(b.others), supply: b.supply, blocked: b.blocked, failSend: b.failSend}
}

func (b *fakeBank) GetSupply(_ context.Context, denom string) sdk.Coin {
	return sdk.NewCoin(denom, math.NewIntFromUint64(b.supply))
}

func (b *fakeBank) GetBalance(_ context.Context, addr sdk.AccAddress, denom string) sdk.Coin {
	return sdk.NewCoin(denom, math.NewIntFromUint64(b.of(addr)))
}

func (b *fakeBank) GetAllBalances(_ context.Context, addr sdk.AccAddress) sdk.Coins {
	return b.others[string(addr)].Add(types.Coins(b.of(addr))...)
}

func (b *fakeBank) SendCoinsFromAccountToModule(_ context.Context, sender sdk.AccAddress, recipient string, coins sdk.Coins) error {
	return b.send(sender, authtypes.NewModuleAddress(recipient), coins)
}

func (b *fakeBank) MintCoins(_ context.Context, module string, coins sdk.Coins) error {
	b.fund(authtypes.NewModuleAddress(module), amountOf(coins))
	return nil
}

func (b *fakeBank) BurnCoins(_ context.Context, module string, coins sdk.Coins) error {
	b.burn(authtypes.NewModuleAddress(module), amountOf(coins))
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
	b.sends++
	amount := amountOf(coins)
	if b.failSend {
		return errBroken
	}
	if coins.IsZero() || b.of(from) < amount {
		return fmt.Errorf("send of %s with a balance of %d", coins, b.of(from))
	}
	other := slices.DeleteFunc(slices.Clone(coins), func(c sdk.Coin) bool { return c.Denom == types.Denom })
	left, negative := b.others[string(from)].SafeSub(other...)
	if negative {
		return fmt.Errorf("send of %s with a balance of %s", other, b.others[string(from)])
	}
	b.others[string(from)] = left
	b.others[string(to)] = b.others[string(to)].Add(other...)
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

// fakeScoring is the cap of scoring power.
type fakeScoring uint32

func (f fakeScoring) PowerCapBp(context.Context) (uint32, error) { return uint32(f), nil }

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
	// lineage is as x/contribution stores it.
	lineage map[uint64][]byte
	fail    error
	// lookups are the tiles that were asked for.
	lookups []uint64
}

func (f *fakeContributions) GetContribution(_ context.Context, id uint64) (contributiontypes.Contribution, error) {
	if id == 0 || id > uint64(len(f.list)) {
		return contributiontypes.Contribution{}, errors.New("no such contribution")
	}
	return f.list[id-1], f.fail
}

func (f *fakeContributions) LineageTile(_ context.Context, id uint64) (contributiontypes.LineageTile, error) {
	f.lookups = append(f.lookups, contributiontypes.LineageTileOf(id))
	return f.tile(id)
}

func (f *fakeContributions) tile(id uint64) (contributiontypes.LineageTile, error) {
	number := contributiontypes.LineageTileOf(id)
	packed, found := f.lineage[number]
	if !found {
		return contributiontypes.NewLineageTile(number), f.fail
	}
	tile, err := contributiontypes.UnpackLineageTile(number, packed)
	return tile, errors.Join(err, f.fail)
}

// add notes a contribution and what it was built on.
func (f *fakeContributions) add(c contributiontypes.Contribution) {
	f.list = append(f.list, c)
	if len(c.Parents) == 0 {
		return
	}
	tile, err := f.tile(c.Id)
	if err != nil {
		panic(err)
	}
	tile.Add(c.Id, c.Parents)
	if f.lineage == nil {
		f.lineage = map[uint64][]byte{}
	}
	f.lineage[contributiontypes.LineageTileOf(c.Id)] = tile.Pack()
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
