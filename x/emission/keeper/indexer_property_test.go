// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"cosmossdk.io/collections"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// indexed is a history with sponsors that an indexer listens to.
type indexed struct {
	*history
	x *indexer
}

func newIndexed(t *testing.T, rt *rapid.T) *indexed {
	h := &indexed{history: newHistory(t, rt), x: newIndexer(types.TopicAccount{TopicId: 1, ShareBp: 6000}, types.TopicAccount{TopicId: 2, ShareBp: 3000})}
	h.alone, h.keepEvents = true, true
	h.ctx = h.ctx.WithEventManager(sdk.NewEventManager())
	h.bank.balances[string(account("sponsor"))] += 1_000_000_000
	h.bank.balances[string(holder)] -= 1_000_000_000
	h.bank.others[string(account("sponsor"))] = sdk.NewCoins(coin(atom, 1_000_000_000), coin("usd", 1_000_000_000))
	return h
}

func (h *indexed) Fund(rt *rapid.T) {
	coins := rapid.SampledFrom([]sdk.Coins{{coin(atom, 10_007)}, {coin(atom, 5_555), coin("usd", 7_777)}, {coin("usd", 4_000), coin(types.Denom, 9_999)}}).Draw(rt, "coins")
	if err := h.fund(h.id("topic", 3), rapid.Uint32Range(1, 3).Draw(rt, "epochs"), coins...); err != nil {
		require.ErrorIs(h.t, err, types.ErrInvalidFunding)
	}
}

func (h *indexed) EndStream(*rapid.T) {
	topic := h.id("topic", 3)
	if streams := h.streams(topic).Streams; len(streams) > 0 {
		_, err := h.msg.EndStreams(h.ctx, &types.MsgEndStreams{Authority: authority, TopicId: topic, StreamIds: []uint64{streams[0].StreamId}})
		require.NoError(h.t, err)
	}
}

func (h *indexed) Retire(rt *rapid.T) {
	if h.topics[3].IsLive() && rapid.IntRange(0, 9).Draw(rt, "whim") == 0 {
		h.retire(3)
	}
}

// SetShares leaves a topic alone that is retired.
func (h *indexed) SetShares(rt *rapid.T) {
	if h.topics[3].IsLive() {
		h.history.SetShares(rt)
	}
}

// Listen lets the indexer read what was said since, and compares all that it keeps with all that the module does.
func (h *indexed) Listen(*rapid.T) {
	for _, event := range h.ctx.EventManager().ABCIEvents() {
		message, err := sdk.ParseTypedEvent(event)
		require.NoError(h.t, err)
		require.NoError(h.t, h.x.read(message))
	}
	h.ctx = h.ctx.WithEventManager(sdk.NewEventManager())
	h.compareIssuance()
	h.compareRewards()
	h.compareSponsors()
}

func (h *indexed) compareIssuance() {
	h.t.Helper()
	i := h.issuance()
	require.Equal(h.t, i.Minted, h.x.minted)
	require.Equal(h.t, i.Burnt, h.x.observed)
	for _, name := range validators {
		require.Equal(h.t, h.distribution.allocated[operator(name)], h.x.dividends[operator(name)], name)
	}
	topics, err := h.query.TopicAccounts(h.ctx, &types.QueryTopicAccountsRequest{})
	require.NoError(h.t, err)
	for _, a := range topics.Accounts {
		require.Equal(h.t, a.Accrued*types.BasisPoints+a.AccruedCarryBp, h.x.owe(a.TopicId).Uint64(), "topic %d", a.TopicId)
		require.Equal(h.t, a.Paused, h.x.shares[a.TopicId].Paused)
	}
}

func (h *indexed) compareRewards() {
	h.t.Helper()
	burnt := uint64(0)
	for id := uint64(1); id <= uint64(len(h.contributions.list)); id++ {
		want, got := h.reward(id), *h.x.account(id)
		// That it was removed is x/contribution's to say.
		got.Frozen = want.Frozen
		require.Equal(h.t, want, got)
		burnt += want.TakenBack
	}
	require.LessOrEqual(h.t, burnt, h.x.burnt)
	accounts, err := h.k.StewardAccounts.Iterate(h.ctx, nil)
	require.NoError(h.t, err)
	kept, err := accounts.Values()
	require.NoError(h.t, err)
	mature := map[string]map[uint64]uint64{}
	for _, a := range kept {
		if mature[a.Steward] == nil {
			mature[a.Steward] = map[uint64]uint64{}
		}
		mature[a.Steward][a.TopicId] = a.Mature
	}
	for steward, topics := range h.x.stewards {
		for topic, amount := range topics {
			require.Equal(h.t, mature[steward][topic], amount)
			delete(mature[steward], topic)
		}
		require.Empty(h.t, mature[steward])
		delete(mature, steward)
	}
	require.Empty(h.t, mature)
}

func (h *indexed) compareSponsors() {
	h.t.Helper()
	streams := 0
	for topic := uint64(1); topic <= 3; topic++ {
		kept := h.streams(topic)
		for _, s := range kept.Streams {
			require.Equal(h.t, s, h.x.streams[s.StreamId])
		}
		streams += len(kept.Streams)
		require.True(h.t, kept.Carry.Coins.Equal(h.x.carries[topic]), "carry of topic %d: %s, %s", topic, kept.Carry.Coins, h.x.carries[topic])
	}
	require.Len(h.t, h.x.streams, streams)
	for at, rest := range h.x.pots {
		pot, err := h.k.Pots.Get(h.ctx, collections.Join(at.topic, at.epoch))
		if err != nil {
			require.ErrorIs(h.t, err, collections.ErrNotFound)
			require.True(h.t, rest.IsZero(), "pot %v is gone and has %s", at, rest)
			continue
		}
		require.True(h.t, pot.Rest().Equal(rest), "pot %v: %s, %s", at, pot.Rest(), rest)
	}
	for id := uint64(1); id <= uint64(len(h.contributions.list)); id++ {
		require.True(h.t, h.ofSponsors(id).Equal(h.x.sponsored[id]), "contribution %d", id)
	}
}

func TestAnIndexerRebuildsEveryBalanceFromEventsAlone(t *testing.T) {
	operations := 0
	rapid.Check(t, func(rt *rapid.T) {
		h := newIndexed(t, rt)
		actions := map[string]func(*rapid.T){
			"": func(*rapid.T) { h.Listen(nil); operations++ }, "block": h.Block, "blocks": h.ManyBlocks, "contribute": h.Contribute, "contribute again": h.Contribute,
			"pay": h.PayEpoch, "pay again": h.PayEpoch, "claim": h.Claim, "shares": h.SetShares, "pause": h.Pause, "burn": h.Burn, "unbond": h.Unbond,
			"judge": h.Judge, "handover": h.Handover, "begin": h.BeginEpoch, "params": h.UpdateParams, "resume": h.Resume, "fail": h.Fail,
			"fund": h.Fund, "end": h.EndStream, "retire": h.Retire,
		}
		for range longHistories {
			rt.Repeat(actions)
		}
	})
	requireTenThousand(t, operations)
}
