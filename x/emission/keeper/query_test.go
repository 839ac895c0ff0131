// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"cosmossdk.io/collections"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/emission/types"
)

func TestAPaymentIsFoundByItsEpochOrAsTheLastOne(t *testing.T) {
	f := lived(t)
	require.Equal(t, uint64(7), f.payment(1, 7).Epoch)
	require.Equal(t, uint64(9), f.payment(1, 0).Epoch)
	require.Equal(t, uint64(4), f.payment(2, 0).Epoch)
}

func TestPaymentsThatAreNotThereSaySo(t *testing.T) {
	f := lived(t)
	_, err := f.msg.SetTopicShares(f.ctx, &types.MsgSetTopicShares{Authority: authority, Shares: []types.TopicShare{{TopicId: 3, ShareBp: 1}}})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		req  types.QueryEpochPaymentRequest
		says string
	}{
		"to come":             {types.QueryEpochPaymentRequest{TopicId: 1, Epoch: 10}, "epoch 10 of topic 1 was not paid"},
		"deleted":             {types.QueryEpochPaymentRequest{TopicId: 1, Epoch: 1}, "older than keep_epochs"},
		"of an unknown topic": {types.QueryEpochPaymentRequest{TopicId: 9, Epoch: 1}, "weald query topic list"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.query.EpochPayment(f.ctx, &c.req)
			require.Equal(t, codes.NotFound, status.Code(err))
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestTopicAccountsComeInPages(t *testing.T) {
	f := lived(t)
	first, err := f.query.TopicAccounts(f.ctx, &types.QueryTopicAccountsRequest{Pagination: &query.PageRequest{Limit: 2}})
	require.NoError(t, err)
	require.Len(t, first.Accounts, 2)
	rest, err := f.query.TopicAccounts(f.ctx, &types.QueryTopicAccountsRequest{Pagination: &query.PageRequest{Key: first.Pagination.NextKey}})
	require.NoError(t, err)
	require.Len(t, rest.Accounts, 1)
	require.Equal(t, uint64(3), rest.Accounts[0].TopicId)
}

func TestRewardsOfAContributorComeInPages(t *testing.T) {
	f := newFixture(t)
	f.contribution(1, "bob", "bob")
	for range 5 {
		f.contribution(1, "alice", "alice")
	}
	f.issue(3)
	f.pay(scored(1, 1, []uint64{2, 4}, one/2, one/2))
	var got []uint64
	page := &query.PageRequest{Limit: 2}
	for pages := 0; ; pages++ {
		response, err := f.query.Rewards(f.ctx, &types.QueryRewardsRequest{Contributor: text(account("alice")), Pagination: page})
		require.NoError(t, err)
		for _, a := range response.Accounts {
			got = append(got, a.ContributionId)
			require.Equal(t, f.reward(a.ContributionId), a)
		}
		if response.Pagination.NextKey == nil {
			require.Equal(t, 2, pages)
			break
		}
		page.Key = response.Pagination.NextKey
	}
	require.Equal(t, []uint64{2, 3, 4, 5, 6}, got)
}

func TestMalformedQueriesAreRefused(t *testing.T) {
	f := lived(t)
	alice := text(account("alice"))
	for name, ask := range map[string]func() error{
		"a page of topics that is too large": func() error {
			_, err := f.query.TopicAccounts(f.ctx, &types.QueryTopicAccountsRequest{Pagination: &query.PageRequest{Limit: types.MaxPageSize + 1}})
			return err
		},
		"a page of rewards that is too large": func() error {
			_, err := f.query.Rewards(f.ctx, &types.QueryRewardsRequest{Contributor: alice, Pagination: &query.PageRequest{Limit: types.MaxPageSize + 1}})
			return err
		},
		"an offset": func() error {
			_, err := f.query.Rewards(f.ctx, &types.QueryRewardsRequest{Contributor: alice, Pagination: &query.PageRequest{Offset: 1}})
			return err
		},
		"a key of another length": func() error {
			_, err := f.query.Rewards(f.ctx, &types.QueryRewardsRequest{Contributor: alice, Pagination: &query.PageRequest{Key: []byte{1}}})
			return err
		},
		"a steward that is no address": func() error {
			_, err := f.query.StewardAccounts(f.ctx, &types.QueryStewardAccountsRequest{Steward: "sam"})
			return err
		},
		"a contributor that is no address": func() error {
			_, err := f.query.Rewards(f.ctx, &types.QueryRewardsRequest{Contributor: "alice"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, codes.InvalidArgument, status.Code(ask())) })
	}
}

// theft takes a unit each from where the audit must miss it, and more of the supply than was
// burnt in this block, which the next one will observe.
var theft = map[string]func(f *fixture){
	"from the module's account":  func(f *fixture) { f.bank.balances[string(fakeAccounts{}.GetModuleAddress(types.ModuleName))]-- },
	"by minting past the module": func(f *fixture) { f.bank.fund(holder, 1_000_000) },
	"from a topic's account": func(f *fixture) {
		a := f.topicAccount(1)
		a.Accrued--
		require.NoError(f.t, f.k.TopicAccounts.Set(f.ctx, 1, a))
	},
	"from a fraction of a topic": func(f *fixture) {
		a := f.topicAccount(1)
		a.AccruedCarryBp ^= 1
		require.NoError(f.t, f.k.TopicAccounts.Set(f.ctx, 1, a))
	},
	"from what a budget came of": func(f *fixture) {
		p := f.payment(1, 9).EpochPayment
		p.Accrual.Accrued--
		p.Accrual.Carried++
		require.NoError(f.t, f.k.Payments.Set(f.ctx, collections.Join(p.TopicId, p.Epoch), p))
	},
	"from a steward": func(f *fixture) {
		less := types.StewardAccount{Steward: text(account("sam")), TopicId: 1, Mature: f.cutOf("sam", 1) - 1}
		require.NoError(f.t, f.k.StewardAccounts.Set(f.ctx, collections.Join([]byte(account("sam")), uint64(1)), less))
	},
	"from the issuance's carry": func(f *fixture) {
		i := f.issuance()
		i.TopicCarryBp ^= 1
		require.NoError(f.t, f.k.Issuance.Set(f.ctx, i))
	},
	"from the kept sum of shares": func(f *fixture) { require.NoError(f.t, f.k.Accruing.Set(f.ctx, 5999)) },
	"from a reward": func(f *fixture) {
		genesis, err := f.k.ExportGenesis(f.ctx)
		require.NoError(f.t, err)
		tile := *lastTile(genesis)
		tile.Rewards[0].Total--
		tile.Rewards[1].Total++
		require.NoError(f.t, f.k.RewardTiles.Set(f.ctx, collections.Join3(uint64(1), tile.Epoch, tile.FirstID()), tile))
	},
}

func TestTheAuditMissesEveryUnitThatIsTaken(t *testing.T) {
	for name, steal := range theft {
		t.Run(name, func(t *testing.T) {
			f := lived(t)
			steal(f)
			response, err := f.query.Audit(f.ctx, &types.QueryAuditRequest{})
			require.NoError(t, err)
			require.False(t, response.Ok)
		})
	}
}
