// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/keeper"
	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const (
	// genesisSupply leaves 20,000,000 WEAL to be issued.
	genesisSupply uint64 = 1_000_000_000_000
	one                  = types.FractionOne
)

var (
	accounts  = addresscodec.NewBech32Codec("weal")
	operators = addresscodec.NewBech32Codec("wealvaloper")
	authority = text(account("gov"))
	holder    = account("holder")
	start     = time.UnixMilli(1_800_000_000_000).UTC()
)

// testingT is a test's or a property's.
type testingT interface {
	require.TestingT
	Helper()
	Fatalf(format string, args ...any)
}

// fixture is the module alone, over a real store, with fakes beside it.
type fixture struct {
	t             testingT
	ctx           sdk.Context
	cdc           codec.Codec
	k             *keeper.Keeper
	msg           types.MsgServer
	query         types.QueryServer
	store         *failingStore
	bank          *fakeBank
	distribution  *fakeDistribution
	staking       fakeStaking
	stake         *fakeStake
	topics        fakeTopics
	contributions *fakeContributions
	// keepEvents keeps the events of all blocks together.
	keepEvents bool
}

// bare is a fixture without genesis.
func bare(t testing.TB) *fixture {
	t.Helper()
	key := storetypes.NewKVStoreKey(types.StoreKey)
	bank := newFakeBank()
	f := &fixture{
		t:             t,
		store:         &failingStore{KVStoreService: runtime.NewKVStoreService(key), after: -1},
		ctx:           testutil.DefaultContextWithDB(t, key, storetypes.NewTransientStoreKey("transient")).Ctx.WithBlockTime(start).WithBlockHeight(1),
		cdc:           codec.NewProtoCodec(codectypes.NewInterfaceRegistry()),
		bank:          bank,
		distribution:  &fakeDistribution{bank: bank, allocated: map[string]uint64{}},
		staking:       fakeStaking{operator("val1"): stakingtypes.Bonded, operator("val2"): stakingtypes.Bonded},
		topics:        fakeTopics{},
		contributions: &fakeContributions{},
	}
	for id := uint64(1); id <= 3; id++ {
		f.topics[id] = topictypes.Topic{Id: id, Status: topictypes.STATUS_ACTIVE}
	}
	f.stake = newFakeStake(f.staking, func() context.Context { return f.ctx })
	f.k = keeper.NewKeeper(f.cdc, f.store, authority, accounts, operators,
		fakeAccounts{}, bank, f.distribution, f.stake, f.topics, f.contributions, fakeScoring(5_000), authtypes.FeeCollectorName)
	f.stake.hooks = f.k.StakingHooks()
	f.msg, f.query = keeper.NewMsgServer(f.k), keeper.NewQueryServer(f.k)
	return f
}

// newFixture is a new chain on which topic 1 has 6000, topic 2 has 3000 basis points and
// topic 3 none.
func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := bare(t)
	f.bank.fund(holder, genesisSupply)
	require.NoError(t, f.k.InitGenesis(f.ctx, types.GenesisState{
		Params:        types.DefaultParams(),
		TopicAccounts: []types.TopicAccount{{TopicId: 1, ShareBp: 6000}, {TopicId: 2, ShareBp: 3000}},
	}))
	return f
}

// contribution adds one and returns its id.
func (f *fixture) contribution(topicID uint64, contributor, payout string, parents ...contributiontypes.Parent) uint64 {
	id := uint64(len(f.contributions.list)) + 1
	f.contributions.add(contributiontypes.Contribution{
		Id: id, TopicId: topicID, Contributor: text(account(contributor)), Payout: text(account(payout)), Parents: parents,
	})
	return id
}

// block begins a block that much later.
func (f *fixture) block(dt time.Duration) {
	f.t.Helper()
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(dt)).WithBlockHeight(f.ctx.BlockHeight() + 1)
	if !f.keepEvents {
		f.ctx = f.ctx.WithEventManager(sdk.NewEventManager())
	}
	require.NoError(f.t, f.k.BeginBlock(f.ctx))
}

// issue lets n blocks of a minute pass.
func (f *fixture) issue(n int) {
	f.t.Helper()
	for range n {
		f.block(time.Minute)
	}
}

// pay pays an epoch, a piece a block as if it were a large one.
func (f *fixture) pay(result scoringtypes.EpochResult) {
	f.t.Helper()
	require.NoError(f.t, f.tryPay(result))
}

// tryPay keeps nothing of a payment that fails, as x/scoring does.
func (f *fixture) tryPay(result scoringtypes.EpochResult) error {
	ctx, write := f.ctx.CacheContext()
	if err := payIn(ctx, f.k, result, func() int { return 1 }); err != nil {
		return err
	}
	write()
	return nil
}

// payIn pays an epoch, as many pieces at a time as pieces says.
func payIn(ctx context.Context, k *keeper.Keeper, result scoringtypes.EpochResult, pieces func() int) error {
	hooks, epoch := k.ScoringHooks(), result.Scored()
	if err := hooks.BeginRewards(ctx, epoch); err != nil {
		return err
	}
	for whole := false; !whole; {
		var err error
		if _, whole, err = hooks.GoOnRewards(ctx, epoch, pieces()); err != nil {
			return err
		}
	}
	return hooks.AfterEpochScored(ctx, epoch)
}

// scored is a result in which the contributions share by incentives and val1 has all dividends.
func scored(topicID, epoch uint64, ids []uint64, incentive ...uint64) scoringtypes.EpochResult {
	return scoringtypes.EpochResult{
		TopicId: topicID, Epoch: epoch, RewardRule: topictypes.REWARD_RULE_PROPORTIONAL, ContributionIds: ids, Incentive: incentive,
		Validators: []scoringtypes.ValidatorResult{{Operator: operator("val1"), Dividend: one}},
	}
}

// claim claims for a contributor.
func (f *fixture) claim(contributor string, topics ...uint64) (*types.MsgClaimResponse, error) {
	return f.msg.Claim(f.ctx, &types.MsgClaim{Contributor: text(account(contributor)), TopicIds: topics})
}

// paidEpoch is a stored payment with all its rewards.
type paidEpoch struct {
	types.EpochPayment
	Matured bool
	Rewards []types.Reward
}

// RewardOf is what the payment gave a contribution, or 0.
func (p paidEpoch) RewardOf(id uint64) uint64 {
	for _, reward := range p.Rewards {
		if reward.ContributionId == id {
			return reward.Amount
		}
	}
	return 0
}

// payment is a stored payment.
func (f *fixture) payment(topicID, epoch uint64) paidEpoch {
	f.t.Helper()
	page := &query.PageRequest{}
	var paid paidEpoch
	for {
		response, err := f.query.EpochPayment(f.ctx, &types.QueryEpochPaymentRequest{TopicId: topicID, Epoch: epoch, Pagination: page})
		require.NoError(f.t, err)
		paid.EpochPayment, paid.Matured = response.Payment, response.Matured
		paid.Rewards = append(paid.Rewards, response.Rewards...)
		if page.Key = response.Pagination.NextKey; page.Key == nil {
			return paid
		}
	}
}

// reward is a contribution's account.
func (f *fixture) reward(id uint64) types.RewardAccount {
	f.t.Helper()
	response, err := f.query.Reward(f.ctx, &types.QueryRewardRequest{ContributionId: id})
	require.NoError(f.t, err)
	return response.Account
}

// topicAccount is a topic's account as it stands in this block.
func (f *fixture) topicAccount(id uint64) types.TopicAccount {
	f.t.Helper()
	response, err := f.query.TopicAccounts(f.ctx, &types.QueryTopicAccountsRequest{})
	require.NoError(f.t, err)
	for _, a := range response.Accounts {
		if a.TopicId == id {
			return a
		}
	}
	f.t.Fatalf("topic %d has no account", id)
	return types.TopicAccount{}
}

// audit requires every identity to hold.
func (f *fixture) audit() {
	f.t.Helper()
	response, err := f.query.Audit(f.ctx, &types.QueryAuditRequest{})
	require.NoError(f.t, err)
	for _, c := range response.Checks {
		require.True(f.t, c.Ok, "%s: %s", c.Name, c.Detail)
	}
	require.True(f.t, response.Ok)
}

// state is everything that the module keeps and the bank, to see that nothing has changed.
func (f *fixture) state() string {
	f.t.Helper()
	genesis, err := f.k.ExportGenesis(f.ctx)
	require.NoError(f.t, err)
	bz, err := f.cdc.MarshalJSON(genesis)
	require.NoError(f.t, err)
	return fmt.Sprint(string(bz), f.bank.supply, f.bank.balances, f.bank.others, f.distribution.allocated)
}

// refused requires an error and that nothing was half written.
func (f *fixture) refused(want error, do func() error) {
	f.t.Helper()
	before := f.state()
	err := do()
	require.ErrorIs(f.t, err, want)
	require.Equal(f.t, before, f.state(), "something was written")
}

func account(name string) sdk.AccAddress {
	sum := sha256.Sum256([]byte(name))
	return sum[:20]
}

func text(addr sdk.AccAddress) string {
	s, err := accounts.BytesToString(addr)
	if err != nil {
		panic(err)
	}
	return s
}

func operator(name string) string {
	s, err := operators.BytesToString(account(name))
	if err != nil {
		panic(err)
	}
	return s
}
