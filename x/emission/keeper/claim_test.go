// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/pkg/split"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

// matured is a fixture in which epoch 1 of topic 1 and of topic 2 has matured: alice has two
// contributions in topic 1, one paid to her and one to "safe", and one in topic 2.
func matured(t *testing.T) (f *fixture, mine, safe, second uint64) {
	t.Helper()
	f = newFixture(t)
	params := types.DefaultParams()
	params.MaturityEpochs = 1
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	mine, safe = f.contribution(1, "alice", "alice"), f.contribution(1, "alice", "safe")
	other := f.contribution(1, "bob", "bob")
	second = f.contribution(2, "alice", "alice")
	f.issue(5)
	for epoch := uint64(1); epoch <= 2; epoch++ {
		f.pay(scored(1, epoch, []uint64{mine, safe, other}, one/2, one/4, one/4))
		f.pay(scored(2, epoch, []uint64{second}, one))
		f.issue(5)
	}
	return f, mine, safe, second
}

func TestAClaimPaysEachPayoutOnceAndTakesOnlyWhatIsMature(t *testing.T) {
	f, mine, safe, second := matured(t)
	owed, other, elsewhere := f.reward(mine), f.reward(safe), f.reward(second)
	response, err := f.claim("alice")
	require.NoError(t, err)
	require.Equal(t, []types.Payment{
		{Recipient: text(account("alice")), Amount: owed.Mature + elsewhere.Mature},
		{Recipient: text(account("safe")), Amount: other.Mature},
	}, response.Payments)
	require.Equal(t, owed.Mature+elsewhere.Mature, f.bank.of(account("alice")))
	require.Equal(t, other.Mature, f.bank.of(account("safe")))
	require.Equal(t, types.RewardAccount{ContributionId: mine, Immature: owed.Immature, Claimed: owed.Mature}, f.reward(mine))
	require.Contains(t, events(f), "weal.emission.v1.EventClaimed")
	f.audit()
}

func TestATeamSharesAClaimToTheUnit(t *testing.T) {
	f, mine, safe, _ := matured(t)
	share := func(name string, bp uint32) contributiontypes.Payee {
		return contributiontypes.Payee{Address: text(account(name)), ShareBp: bp}
	}
	f.contributions.list[mine-1].Split = []contributiontypes.Payee{share("bob", 3_333), share("carol", 3_333), share("safe", 3_334)}
	owed, other := f.reward(mine).Mature, f.reward(safe).Mature
	parts := split.BasisPoints(owed, 3_333, 3_333, 3_334)
	response, err := f.claim("alice", 1)
	require.NoError(t, err)
	require.Equal(t, []types.Payment{
		{Recipient: text(account("bob")), Amount: parts[0]},
		{Recipient: text(account("carol")), Amount: parts[1]},
		{Recipient: text(account("safe")), Amount: parts[2] + other},
	}, response.Payments, "one transfer a recipient, also of one that is paid for two contributions")
	require.Equal(t, owed+other, f.bank.of(account("bob"))+f.bank.of(account("carol"))+f.bank.of(account("safe")))
	f.audit()
}

func TestAClaimOfTopicsLeavesTheOthers(t *testing.T) {
	f, mine, _, second := matured(t)
	before := f.reward(mine)
	_, err := f.claim("alice", 2, 3)
	require.NoError(t, err)
	require.Zero(t, f.reward(second).Mature)
	require.Equal(t, before, f.reward(mine))
	f.audit()
}

func TestAClaimOfWhatLeftItsRowPaysAsWell(t *testing.T) {
	f, mine, _, _ := matured(t)
	// Nobody scores it any more, and both of its epochs mature.
	for epoch := uint64(3); epoch <= 5; epoch++ {
		f.pay(scored(1, epoch, []uint64{3}, one))
	}
	require.Contains(t, settledOf(f), mine)
	before := f.reward(mine)
	require.Zero(t, before.Immature)
	_, err := f.claim("alice", 1)
	require.NoError(t, err)
	require.Equal(t, types.RewardAccount{ContributionId: mine, Claimed: before.Mature}, f.reward(mine))
	f.audit()
}

func TestARoyaltyFromAnotherTopicIsClaimedWithItsContribution(t *testing.T) {
	f, mine, _, second := matured(t)
	child := f.contribution(2, "dora", "dora", contributiontypes.Parent{Id: mine, ShareBp: 4_900}, contributiontypes.Parent{Id: second, ShareBp: 100})
	for epoch := uint64(3); epoch <= 4; epoch++ {
		f.pay(scored(2, epoch, []uint64{second, child}, one/2, one/2))
		f.issue(1)
	}
	homes := 0
	for _, topicID := range []uint64{1, 2} {
		for _, id := range rowOf(f, topicID) {
			if id == mine {
				homes++
			}
		}
	}
	require.Equal(t, 2, homes)
	before := f.reward(mine)
	_, err := f.claim("alice", 1)
	require.NoError(t, err)
	after := f.reward(mine)
	require.Zero(t, after.Mature)
	require.Equal(t, before.Mature, after.Claimed)
	require.Positive(t, f.reward(second).Mature)
	f.audit()
}

func TestClaimsAreRefused(t *testing.T) {
	many := make([]uint64, types.MaxClaimTopics+1)
	for i := range many {
		many[i] = uint64(i + 1)
	}
	cases := map[string]struct {
		msg     types.MsgClaim
		prepare func(f *fixture)
		want    error
		says    string
	}{
		"of an account without contributions": {
			msg: types.MsgClaim{Contributor: text(account("nobody"))}, want: types.ErrNothingToClaim, says: "no contribution of this account",
		},
		"of topics where the account has nothing": {
			msg: types.MsgClaim{Contributor: text(account("alice")), TopicIds: []uint64{3}}, want: types.ErrNothingToClaim,
		},
		"twice, and the text says how much is immature and when": {
			msg: types.MsgClaim{Contributor: text(account("alice")), TopicIds: []uint64{2}},
			prepare: func(f *fixture) {
				_, err := f.claim("alice")
				require.NoError(f.t, err)
			},
			want: types.ErrNothingToClaim, says: "uweal are immature: the first of them can be claimed once epoch 3 of topic 2 is paid",
		},
		"of an unknown topic": {
			msg: types.MsgClaim{Contributor: text(account("alice")), TopicIds: []uint64{1, 9}}, want: types.ErrUnknownTopic, says: "topic 9",
		},
		"of topics that do not rise": {
			msg: types.MsgClaim{Contributor: text(account("alice")), TopicIds: []uint64{2, 1}}, want: types.ErrInvalidClaim,
		},
		"of a topic named twice": {
			msg: types.MsgClaim{Contributor: text(account("alice")), TopicIds: []uint64{2, 2}}, want: types.ErrInvalidClaim,
		},
		"of too many topics": {
			msg: types.MsgClaim{Contributor: text(account("alice")), TopicIds: many}, want: types.ErrInvalidClaim, says: "at most 100",
		},
		"by no address": {
			msg: types.MsgClaim{Contributor: "alice"}, want: sdkerrors.ErrInvalidAddress,
		},
		"by another chain's address": {
			msg: types.MsgClaim{Contributor: operator("val1")}, want: sdkerrors.ErrInvalidAddress,
		},
		"to a blocked recipient, which loses nothing": {
			msg:     types.MsgClaim{Contributor: text(account("alice"))},
			prepare: func(f *fixture) { f.bank.blocked[string(account("safe"))] = true },
			want:    types.ErrBlockedRecipient, says: "the rewards stay mature",
		},
		"to a payout that is no address, which loses nothing": {
			msg:     types.MsgClaim{Contributor: text(account("alice"))},
			prepare: func(f *fixture) { f.contributions.list[1].Payout = "safe" },
			want:    types.ErrBlockedRecipient,
		},
		"when a contribution cannot be read": {
			msg:     types.MsgClaim{Contributor: text(account("alice"))},
			prepare: func(f *fixture) { f.contributions.fail = errBroken },
			want:    errBroken,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f, _, _, _ := matured(t)
			if c.prepare != nil {
				c.prepare(f)
			}
			f.refused(c.want, func() error {
				_, err := f.msg.Claim(f.ctx, &c.msg)
				require.ErrorContains(t, err, c.says)
				return err
			})
			f.audit()
		})
	}
}

func TestABankThatDoesNotPayFailsTheClaim(t *testing.T) {
	f, _, _, _ := matured(t)
	f.bank.failSend = true
	cached, _ := f.ctx.CacheContext()
	_, err := f.msg.Claim(cached, &types.MsgClaim{Contributor: text(account("alice"))})
	require.ErrorIs(t, err, errBroken)
	f.audit()
}
