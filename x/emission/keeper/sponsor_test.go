// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"cosmossdk.io/math"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const atom = "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2"

func coin(denom string, amount int64) sdk.Coin { return sdk.NewInt64Coin(denom, amount) }

// sponsored is a chain on which rewards mature with the next epoch and a sponsor has coins.
func sponsored(t testing.TB) *fixture {
	t.Helper()
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaturityEpochs, params.KeepEpochs, params.CarryEpochs = 1, 10, 1
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	f.bank.balances[string(account("sponsor"))] += 1_000_000_000
	f.bank.balances[string(holder)] -= 1_000_000_000
	f.bank.others[string(account("sponsor"))] = sdk.NewCoins(coin(atom, 1_000_000_000), coin("usd", 1_000_000_000))
	f.contribution(1, "alice", "alice")
	f.contribution(1, "bob", "bob")
	f.contribution(1, "carol", "carol")
	f.issue(2)
	return f
}

func (f *fixture) fund(topic uint64, epochs uint32, coins ...sdk.Coin) error {
	_, err := f.msg.FundTopic(f.ctx, &types.MsgFundTopic{Sponsor: text(account("sponsor")), TopicId: topic, Epochs: epochs, Coins: coins})
	return err
}

func (f *fixture) ofDenom(who, denom string) int64 {
	return f.bank.GetAllBalances(f.ctx, account(who)).AmountOf(denom).Int64()
}

func (f *fixture) streams(topic uint64) *types.QueryStreamsResponse {
	f.t.Helper()
	response, err := f.query.Streams(f.ctx, &types.QueryStreamsRequest{TopicId: topic})
	require.NoError(f.t, err)
	return response
}

func (f *fixture) ofSponsors(id uint64) sdk.Coins {
	f.t.Helper()
	response, err := f.query.Sponsored(f.ctx, &types.QuerySponsoredRequest{ContributionId: id})
	require.NoError(f.t, err)
	return response.Account.Mature
}

func TestASponsorsCoinsGoByIncentiveEpochByEpochAndAreClaimedWithTheRest(t *testing.T) {
	f := sponsored(t)
	before := f.bank.of(account("sponsor"))
	require.NoError(t, f.fund(1, 3, coin(atom, 10_000), coin(types.Denom, 3_000)))
	require.Contains(t, events(f), "weal.emission.v1.EventTopicFunded")
	require.Equal(t, before-3_000-2*3*1_000, f.bank.of(account("sponsor")), "the coins, and the fee for two streams of three epochs")
	f.audit()

	ids := []uint64{1, 2, 3}
	f.pay(scored(1, 1, ids, one/2, one/4, one/4))
	require.Equal(t, coin(atom, 6_667), f.streams(1).Streams[0].Left)
	f.block(time.Second)
	require.Empty(t, f.ofSponsors(1), "immature")
	f.pay(scored(1, 2, ids, one/2, one/4, one/4))
	f.block(time.Second)
	f.audit()
	require.Equal(t, sdk.NewCoins(coin(atom, 1_666), coin(types.Denom, 500)), f.ofSponsors(1))
	require.Equal(t, sdk.NewCoins(coin(atom, 833), coin(types.Denom, 250)), f.ofSponsors(2))
	require.Equal(t, coin(atom, 1), f.streams(1).Carry.Coins[0], "what nobody got goes into the next pot")

	mature := f.reward(1).Mature
	response, err := f.claim("alice")
	require.NoError(t, err)
	require.Equal(t, []types.Payment{{Recipient: text(account("alice")), Amount: mature, Sponsored: sdk.NewCoins(coin(atom, 1_666), coin(types.Denom, 500))}}, response.Payments)
	require.Equal(t, mature+500, f.bank.of(account("alice")))
	require.Equal(t, int64(1_666), f.ofDenom("alice", atom))
	f.audit()

	f.pay(scored(1, 3, ids, 0, one, 0))
	require.Contains(t, events(f), "weal.emission.v1.EventStreamEnded")
	require.Empty(t, f.streams(1).Streams)
	f.pay(scored(1, 4, ids, 0, one, 0))
	f.block(time.Second)
	f.block(time.Second)
	require.Equal(t, coin(atom, 833+833+3_335), f.ofSponsors(2)[0], "the last epoch has all that was left, and the carry")
	f.refused(types.ErrNothingToClaim, func() error {
		_, err := f.claim("alice", 2)
		return err
	})
	f.audit()
}

func TestATeamSharesASponsorsCoinsToTheUnit(t *testing.T) {
	f := sponsored(t)
	f.contributions.list[0].Split = []contributiontypes.Payee{{Address: text(account("alice")), ShareBp: 3_333}, {Address: text(account("dora")), ShareBp: 6_667}}
	require.NoError(t, f.fund(1, 1, coin(atom, 1_001)))
	f.pay(scored(1, 1, []uint64{1}, one))
	f.pay(scored(1, 2, []uint64{1}, one))
	f.block(time.Second)
	_, err := f.claim("alice")
	require.NoError(t, err)
	require.Equal(t, [2]int64{334, 667}, [2]int64{f.ofDenom("alice", atom), f.ofDenom("dora", atom)})
	f.audit()
}

func TestAnEpochWithoutIncentivesTakesNothingFromStreams(t *testing.T) {
	f := sponsored(t)
	require.NoError(t, f.fund(1, 2, coin("usd", 2_000)))
	f.pay(scored(1, 1, []uint64{1, 2}, 0, 0))
	f.pay(scored(1, 2, nil))
	require.Equal(t, uint32(2), f.streams(1).Streams[0].EpochsLeft)
	require.Empty(t, f.streams(1).Pots)
	f.audit()
}

func TestWhoIsQuarantinedOrRemovedWhenItsEpochMaturesLeavesItsPartToTheTopic(t *testing.T) {
	f := sponsored(t)
	require.NoError(t, f.fund(1, 2, coin("usd", 8_000)))
	f.pay(scored(1, 1, []uint64{1, 2, 3}, one/2, one/4, one/4))
	f.contributions.list[0].Status = contributiontypes.STATUS_QUARANTINED
	f.contributions.list[1].Status = contributiontypes.STATUS_REMOVED
	f.pay(scored(1, 2, []uint64{3}, one))
	f.block(time.Second)
	require.Empty(t, f.ofSponsors(1))
	require.Empty(t, f.ofSponsors(2))
	require.Equal(t, sdk.NewCoins(coin("usd", 1_000)), f.ofSponsors(3))
	require.Equal(t, sdk.NewCoins(coin("usd", 3_000)), f.streams(1).Carry.Coins)
	require.Contains(t, events(f), "weal.emission.v1.EventSponsoredReturned")
	f.audit()
	f.pay(scored(1, 3, []uint64{3}, one))
	require.Equal(t, sdk.NewCoins(coin("usd", 3_000)), f.streams(1).Pots[1].Coins, "a carry that is worth it is a pot of its own")
	f.audit()
}

func TestARetiredTopicGivesBackWhatIsLeftAndSharesWhatWasTaken(t *testing.T) {
	f := sponsored(t)
	require.NoError(t, f.fund(1, 4, coin("usd", 8_000)))
	f.pay(scored(1, 1, []uint64{1, 2, 3}, one/3, one/3, one/3))
	f.pay(scored(1, 2, []uint64{1, 2, 3}, one/3, one/3, one/3))
	f.retire(1)
	require.Equal(t, int64(1_000_000_000-4_000), f.ofDenom("sponsor", "usd"))
	f.audit()
	for range 4 {
		f.block(time.Second)
	}
	require.Equal(t, sdk.NewCoins(coin("usd", 1_332)), f.ofSponsors(2))
	require.Empty(t, f.streams(1).Pots)
	require.Equal(t, int64(4), f.ofDenom("distribution", "usd"), "the community pool has what nobody got")
	f.audit()
}

func TestTheAuthorityEndsStreamsWithARefund(t *testing.T) {
	f := sponsored(t)
	require.NoError(t, f.fund(1, 4, coin("usd", 8_000)))
	require.NoError(t, f.fund(1, 4, coin(atom, 8_000)))
	end := func(signer string, topic uint64, ids ...uint64) error {
		_, err := f.msg.EndStreams(f.ctx, &types.MsgEndStreams{Authority: signer, TopicId: topic, StreamIds: ids})
		return err
	}
	f.refused(sdkerrors.ErrUnauthorized, func() error { return end(text(account("sponsor")), 1, 1) })
	f.refused(types.ErrStreamNotFound, func() error { return end(authority, 2, 1) })
	f.refused(types.ErrStreamNotFound, func() error { return end(authority, 1) })
	f.refused(types.ErrStreamNotFound, func() error { return end(authority, 1, 2, 1) })
	require.NoError(t, end(authority, 1, 1))
	require.Equal(t, int64(1_000_000_000), f.ofDenom("sponsor", "usd"))
	require.Len(t, f.streams(1).Streams, 1)
	f.audit()
}

func TestFundingIsRefused(t *testing.T) {
	many := sdk.Coins{}
	for i := range types.MaxStreamDenoms + 1 {
		many = append(many, coin(fmt.Sprintf("denom%d", i), 1_000))
	}
	huge := sdk.NewCoin("usd", math.NewIntFromBigInt(math.NewInt(2).BigInt().Lsh(math.OneInt().BigInt(), 128)))
	for name, c := range map[string]struct {
		msg     types.MsgFundTopic
		prepare func(f *fixture)
		want    error
		says    string
	}{
		"for no epochs":       {msg: types.MsgFundTopic{TopicId: 1, Coins: sdk.Coins{coin("usd", 1_000)}}, want: types.ErrInvalidFunding},
		"for too many":        {msg: types.MsgFundTopic{TopicId: 1, Epochs: 10_001, Coins: sdk.Coins{coin("usd", 100_000_000)}}, want: types.ErrInvalidFunding},
		"of nothing":          {msg: types.MsgFundTopic{TopicId: 1, Epochs: 1}, want: types.ErrInvalidFunding},
		"of too many denoms":  {msg: types.MsgFundTopic{TopicId: 1, Epochs: 1, Coins: many}, want: types.ErrInvalidFunding},
		"of a denom twice":    {msg: types.MsgFundTopic{TopicId: 1, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000), coin("usd", 1_000)}}, want: types.ErrInvalidFunding},
		"of dust":             {msg: types.MsgFundTopic{TopicId: 1, Epochs: 10, Coins: sdk.Coins{coin("usd", 9_999)}}, want: types.ErrInvalidFunding, says: "10000 in all"},
		"of more than can be": {msg: types.MsgFundTopic{TopicId: 1, Epochs: 1, Coins: sdk.Coins{huge}}, want: types.ErrInvalidFunding},
		"of an unknown topic": {msg: types.MsgFundTopic{TopicId: 9, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}}, want: types.ErrUnknownTopic},
		"by an account that takes no coins": {
			msg:     types.MsgFundTopic{TopicId: 1, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}},
			prepare: func(f *fixture) { f.bank.blocked[string(account("sponsor"))] = true }, want: types.ErrBlockedRecipient,
		},
		"of a sandbox": {
			msg: types.MsgFundTopic{TopicId: 3, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}},
			prepare: func(f *fixture) {
				f.topics[3] = topictypes.Topic{Id: 3, Status: topictypes.STATUS_ACTIVE, Sandbox: true}
			}, want: types.ErrInvalidFunding,
		},
		"of a retired topic": {
			msg:     types.MsgFundTopic{TopicId: 1, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}},
			prepare: func(f *fixture) { f.retire(1) }, want: types.ErrInvalidFunding,
		},
		"of a ninth denom": {
			msg: types.MsgFundTopic{TopicId: 1, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}},
			prepare: func(f *fixture) {
				f.bank.others[string(account("sponsor"))] = f.bank.others[string(account("sponsor"))].Add(many...)
				require.NoError(f.t, f.fund(1, 1, many[:types.MaxStreamDenoms]...))
			}, want: types.ErrTooManyStreams, says: "denoms",
		},
		"of a 65th stream": {
			msg: types.MsgFundTopic{TopicId: 1, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}},
			prepare: func(f *fixture) {
				for range types.MaxStreams {
					require.NoError(f.t, f.fund(1, 1, coin("usd", 1_000)))
				}
			}, want: types.ErrTooManyStreams, says: "65 streams",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := sponsored(t)
			if c.prepare != nil {
				c.prepare(f)
			}
			c.msg.Sponsor = text(account("sponsor"))
			f.refused(c.want, func() error {
				_, err := f.msg.FundTopic(f.ctx, &c.msg)
				require.ErrorContains(t, err, c.says)
				return err
			})
			f.audit()
		})
	}
	f := sponsored(t)
	f.refused(sdkerrors.ErrInvalidAddress, func() error {
		_, err := f.msg.FundTopic(f.ctx, &types.MsgFundTopic{Sponsor: "me", TopicId: 1, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}})
		return err
	})
}
