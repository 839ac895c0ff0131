// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/core/address"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/merit/keeper"
	"github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

const halfLife = 180 * 24 * time.Hour

var (
	accounts  = addresscodec.NewBech32Codec("weal")
	operators = addresscodec.NewBech32Codec("wealvaloper")
	authority = text("gov")
	start     = time.UnixMilli(1_800_000_000_000).UTC()
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	sdk.GetConfig().SetBech32PrefixForValidator("wealvaloper", "wealvaloperpub")
	m.Run()
}

// account is that of a name.
func account(name string) sdk.AccAddress { return fmt.Appendf(nil, "%-20.20s", name) }

func text(name string) string {
	address, err := accounts.BytesToString(account(name))
	if err != nil {
		panic(err)
	}
	return address
}

func operator(name string) string {
	address, err := operators.BytesToString(account(name))
	if err != nil {
		panic(err)
	}
	return address
}

// testingT is a test's, a benchmark's or a property's.
type testingT interface {
	require.TestingT
	Helper()
}

// fixture is the module and x/gov over a real store, with fakes beside them.
type fixture struct {
	t             testingT
	ctx           sdk.Context
	k             *keeper.Keeper
	gov           *govkeeper.Keeper
	sdkGov        *govkeeper.Keeper
	sdkTally      govkeeper.CalculateVoteResultsAndVotingPowerFn
	msg           types.MsgServer
	query         types.QueryServer
	staking       *fakeStaking
	contributions *fakeContributions
	emission      *fakeEmission
}

func bare(t testing.TB) *fixture {
	t.Helper()
	keys := storetypes.NewKVStoreKeys(types.StoreKey, govtypes.StoreKey)
	f := &fixture{
		t:             t,
		ctx:           testutil.DefaultContextWithKeys(keys, nil, nil).WithBlockTime(start).WithBlockHeight(1),
		staking:       &fakeStaking{delegations: map[string][]stakingtypes.Delegation{}},
		contributions: &fakeContributions{byID: map[uint64]contributiontypes.Contribution{}},
		emission:      &fakeEmission{rewards: map[string][]reward{}},
	}
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	f.k = keeper.NewKeeper(cdc, runtime.NewKVStoreService(keys[types.StoreKey]), authority, accounts, f.staking, f.contributions, f.emission)
	newGov := func(tally govkeeper.CalculateVoteResultsAndVotingPowerFn) *govkeeper.Keeper {
		return govkeeper.NewKeeper(cdc, runtime.NewKVStoreService(keys[govtypes.StoreKey]), fakeAccounts{}, nil, nil, nil, govtypes.DefaultConfig(), authority, tally)
	}
	f.gov = newGov(f.k.VoteResults)
	f.sdkTally = govkeeper.NewDefaultCalculateVoteResultsAndVotingPower(f.staking)
	f.sdkGov = newGov(f.sdkTally)
	f.k.SetGov(f.gov)
	require.NoError(t, f.gov.Params.Set(f.ctx, govv1.DefaultParams()))
	f.msg, f.query = keeper.NewMsgServer(f.k), keeper.NewQueryServer(f.k)
	return f
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := bare(t)
	require.NoError(t, f.k.InitGenesis(f.ctx, *types.DefaultGenesis()))
	return f
}

// contribution adds one of topic 1 with a team that shares equally, or one payout.
func (f *fixture) contribution(id uint64, payees ...string) {
	c := contributiontypes.Contribution{Id: id, TopicId: 1, Status: contributiontypes.STATUS_ACTIVE, Contributor: text(payees[0]), Payout: text(payees[0])}
	if len(payees) > 1 {
		for i, payee := range payees {
			share := uint32(10_000 / len(payees))
			if i == 0 {
				share += uint32(10_000 % len(payees))
			}
			c.Split = append(c.Split, contributiontypes.Payee{Address: text(payee), ShareBp: share})
		}
	}
	f.contributions.byID[id] = c
}

// pay pays an epoch of topic 1 and ends the block.
func (f *fixture) pay(epoch uint64, rewards ...reward) {
	f.t.Helper()
	f.emission.rewards[fmt.Sprint(1, " ", epoch)] = rewards
	require.NoError(f.t, f.k.ScoringHooks().AfterEpochScored(f.ctx, scoringtypes.ScoredEpoch{TopicID: 1, Number: epoch, IDs: []uint64{1}}))
	f.endBlock()
}

func (f *fixture) endBlock() {
	f.t.Helper()
	require.NoError(f.t, f.k.EndBlock(f.ctx))
	require.NoError(f.t, f.k.Audit(f.ctx))
}

// remove removes a contribution.
func (f *fixture) remove(id uint64) {
	f.t.Helper()
	c := f.contributions.byID[id]
	c.Status = contributiontypes.STATUS_REMOVED
	f.contributions.byID[id] = c
	require.NoError(f.t, f.k.ContributionHooks().AfterContributionRemoved(f.ctx, id))
	require.NoError(f.t, f.k.Audit(f.ctx))
}

func (f *fixture) wait(d time.Duration) {
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(d)).WithBlockHeight(f.ctx.BlockHeight() + 1).WithEventManager(sdk.NewEventManager())
}

// merit is what an account has, in uweal.
func (f *fixture) merit(name string) int64 {
	f.t.Helper()
	response, err := f.query.Account(f.ctx, &types.QueryAccountRequest{Address: text(name)})
	require.NoError(f.t, err)
	return response.Merit.Amount.Int64()
}

func (f *fixture) total() *types.QueryTotalResponse {
	f.t.Helper()
	response, err := f.query.Total(f.ctx, &types.QueryTotalRequest{})
	require.NoError(f.t, err)
	return response
}

type reward struct{ id, amount uint64 }

type fakeEmission struct {
	rewards map[string][]reward
	fail    bool
}

func (f *fakeEmission) EpochRewards(_ context.Context, topicID, epoch, from uint64, fn func(id, amount uint64) (bool, error)) error {
	if f.fail {
		return errors.New("the store is on fire")
	}
	for _, r := range f.rewards[fmt.Sprint(topicID, " ", epoch)] {
		if r.id < from {
			continue
		}
		if stop, err := fn(r.id, r.amount); stop || err != nil {
			return err
		}
	}
	return nil
}

type fakeContributions struct {
	byID map[uint64]contributiontypes.Contribution
}

func (f *fakeContributions) GetContribution(_ context.Context, id uint64) (contributiontypes.Contribution, error) {
	c, found := f.byID[id]
	if !found {
		return c, contributiontypes.ErrContributionNotFound
	}
	return c, nil
}

// fakeAccounts is what x/gov asks when it is built.
type fakeAccounts struct{ govtypes.AccountKeeper }

func (fakeAccounts) AddressCodec() address.Codec                 { return accounts }
func (fakeAccounts) GetModuleAddress(name string) sdk.AccAddress { return account(name) }

type fakeStaking struct {
	govtypes.StakingKeeper
	validators  []stakingtypes.Validator
	delegations map[string][]stakingtypes.Delegation
}

func (f *fakeStaking) ValidatorAddressCodec() address.Codec { return operators }

func (f *fakeStaking) IterateBondedValidatorsByPower(_ context.Context, fn func(int64, stakingtypes.ValidatorI) bool) error {
	for i, v := range f.validators {
		if v.IsBonded() && fn(int64(i), v) {
			return nil
		}
	}
	return nil
}

func (f *fakeStaking) IterateDelegations(_ context.Context, delegator sdk.AccAddress, fn func(int64, stakingtypes.DelegationI) bool) error {
	for i, d := range f.delegations[string(delegator)] {
		if fn(int64(i), d) {
			return nil
		}
	}
	return nil
}

// validator adds one whose shares are worth tokens/shares each.
func (f *fakeStaking) validator(name string, status stakingtypes.BondStatus, tokens int64) {
	f.validators = append(f.validators, stakingtypes.Validator{
		OperatorAddress: operator(name), Status: status, Jailed: status != stakingtypes.Bonded, Tokens: math.NewInt(tokens), DelegatorShares: math.LegacyZeroDec(),
	})
}

// delegate gives an account shares of the last validator, or of the one at a place.
func (f *fakeStaking) delegate(name string, at int, shares math.LegacyDec) {
	v := &f.validators[at]
	v.DelegatorShares = v.DelegatorShares.Add(shares)
	key := string(account(name))
	f.delegations[key] = append(f.delegations[key], stakingtypes.Delegation{DelegatorAddress: text(name), ValidatorAddress: v.OperatorAddress, Shares: shares})
}
