// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// voucher is a coin of another chain, as it is called on this one.
const voucher = "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2"

// withVouchers gives an account coins of another chain.
func withVouchers(name string, amount int64) chain.Option {
	coin, address := sdk.NewInt64Coin(voucher, amount), chain.NewAccount(name).String()
	return chain.WithModuleGenesis(banktypes.ModuleName, func(g *banktypes.GenesisState) {
		for i := range g.Balances {
			if g.Balances[i].Address == address {
				g.Balances[i].Coins = g.Balances[i].Coins.Add(coin)
				g.Supply = g.Supply.Add(coin)
			}
		}
	})
}

func TestAContributorIsPaidInASponsorsCoinOfAnotherChain(t *testing.T) {
	w := newWorld(t, quick, withVouchers("account-5", 1_000_000))
	sponsor, better, worse := w.Accounts[5], w.Accounts[0], w.Accounts[1]
	had := func(a chain.Account) int64 { return w.App.Bank.GetBalance(w.Ctx(), a.Address, voucher).Amount.Int64() }
	w.MustDeliver(&emissiontypes.MsgFundTopic{
		Sponsor: sponsor.String(), TopicId: goTopic, Coins: sdk.NewCoins(sdk.NewInt64Coin(voucher, 900_000)), Epochs: 3,
	})
	require.EqualValues(t, 100_000, had(sponsor))

	models := []*model{{owner: better, bytes: "a"}, {owner: worse, bytes: "b"}}
	w.enter(goTopic, models...)
	for range 2 {
		epoch := w.play(goTopic, w.unanimous(entry(models[0], 60_000), entry(models[1], 30_000)))
		require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
	}
	w.NextBlock()
	w.MustDeliver(&emissiontypes.MsgClaim{Contributor: better.String()})
	w.MustDeliver(&emissiontypes.MsgClaim{Contributor: worse.String()})
	require.Greater(t, had(better), had(worse))
	require.Positive(t, had(worse))
	require.InDelta(t, 300_000, had(better)+had(worse), 1, "one epoch of three has matured")

	w.MustGovern(&emissiontypes.MsgEndStreams{Authority: app.Authority(), TopicId: goTopic, StreamIds: []uint64{1}})
	require.GreaterOrEqual(t, had(sponsor), int64(100_000+300_000), "the last part goes back")
}
