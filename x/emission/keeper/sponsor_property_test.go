// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

// patronage drives sponsors' coins through random epochs, beside the model.
type patronage struct {
	*fixture
	m      *patronModel
	rt     *rapid.T
	epochs map[uint64]uint64
	funded sdk.Coins
}

func (p *patronage) topic() uint64 { return rapid.Uint64Range(1, 2).Draw(p.rt, "topic") }

func (p *patronage) Fund(*rapid.T) {
	epochs := rapid.Uint32Range(1, 4).Draw(p.rt, "epochs")
	coins := rapid.SampledFrom([]sdk.Coins{
		{coin(atom, 10_007)}, {coin("usd", 4_001)}, {coin(atom, 5_555), coin("usd", 7_777)}, {coin("usd", 4_000), coin(types.Denom, 9_999)},
	}).Draw(p.rt, "coins")
	topic := p.topic()
	if err := p.fund(topic, epochs, coins...); err == nil {
		p.funded = p.funded.Add(coins...)
		p.m.fund(topic, epochs, coins)
	}
}

func (p *patronage) Pay(*rapid.T) {
	topic := p.topic()
	if !p.topics[topic].IsLive() {
		return
	}
	p.epochs[topic]++
	var ids, incentives []uint64
	for i, c := range p.contributions.list {
		if c.TopicId == topic && rapid.Bool().Draw(p.rt, "scored") {
			ids = append(ids, uint64(i)+1)
			incentives = append(incentives, rapid.SampledFrom([]uint64{0, 1, 12_345, one / 7, one / 3}).Draw(p.rt, "incentive"))
		}
	}
	p.pay(scored(topic, p.epochs[topic], ids, incentives...))
	p.m.pay(topic, p.epochs[topic], ids, incentives)
}

func (p *patronage) Block(*rapid.T) {
	p.block(time.Second)
	p.m.block(func(id uint64) bool {
		status := p.contributions.list[id-1].Status
		return status == contributiontypes.STATUS_QUARANTINED || status == contributiontypes.STATUS_REMOVED
	})
}

func (p *patronage) Judge(*rapid.T) {
	at := rapid.IntRange(0, len(p.contributions.list)-1).Draw(p.rt, "which")
	p.contributions.list[at].Status = rapid.SampledFrom([]contributiontypes.Status{
		contributiontypes.STATUS_ACTIVE, contributiontypes.STATUS_QUARANTINED, contributiontypes.STATUS_REMOVED,
	}).Draw(p.rt, "status")
}

func (p *patronage) Claim(*rapid.T) {
	who := rapid.SampledFrom(people).Draw(p.rt, "who")
	if _, err := p.claim(who); err != nil {
		require.ErrorIs(p.rt, err, types.ErrNothingToClaim)
	}
	var ids []uint64
	for i, c := range p.contributions.list {
		if c.Contributor == text(account(who)) {
			ids = append(ids, uint64(i)+1)
		}
	}
	p.m.claim(who, ids)
}

func (p *patronage) Retire(*rapid.T) {
	if p.topics[2].IsLive() && rapid.IntRange(0, 9).Draw(p.rt, "whim") == 0 {
		p.retire(2)
		p.m.retire(2)
	}
}

func (p *patronage) End(*rapid.T) {
	topic := p.topic()
	if streams := p.streams(topic).Streams; len(streams) > 0 {
		_, err := p.msg.EndStreams(p.ctx, &types.MsgEndStreams{Authority: authority, TopicId: topic, StreamIds: []uint64{streams[0].StreamId}})
		require.NoError(p.rt, err)
		p.m.end(topic, 1)
	}
}

// Check looks for every unit of the denoms that are not the chain's own: with the sponsor, in
// the module's account, claimed, or in the community pool.
func (p *patronage) Check(*rapid.T) {
	p.audit()
	for _, denom := range []string{atom, "usd"} {
		sum := int64(0)
		for _, who := range append([]string{"sponsor", types.ModuleName, "distribution"}, people...) {
			sum += p.ofDenom(who, denom)
		}
		require.Equal(p.rt, int64(1_000_000_000), sum, denom)
		require.Equal(p.rt, 1_000_000_000-p.funded.AmountOf(denom).Int64()+p.m.refunded.of(denom), p.ofDenom("sponsor", denom))
		require.Equal(p.rt, p.m.community.of(denom), p.ofDenom("distribution", denom))
		for _, who := range people {
			require.Equal(p.rt, p.m.claimed[who].of(denom), p.ofDenom(who, denom), who)
		}
		for i := range p.contributions.list {
			id := uint64(i) + 1
			require.Equal(p.rt, p.m.mature[id].of(denom), p.ofSponsors(id).AmountOf(denom).Int64(), "contribution %d", id)
		}
	}
}

func TestSponsorsCoinsGoWhereTheModelSays(t *testing.T) {
	operations := 0
	rapid.Check(t, func(rt *rapid.T) {
		p := &patronage{fixture: sponsored(t), m: newPatronModel(), rt: rt, epochs: map[uint64]uint64{}}
		p.t = rt
		for _, name := range people {
			p.contribution(2, name, name)
		}
		// Some long histories find more than many short ones.
		actions := map[string]func(*rapid.T){
			"": func(*rapid.T) { p.Check(nil); operations++ }, "fund": p.Fund, "pay": p.Pay, "pay again": p.Pay, "block": p.Block, "blocks": p.Block,
			"judge": p.Judge, "claim": p.Claim, "retire": p.Retire, "end": p.End,
		}
		for range longHistories {
			rt.Repeat(actions)
		}
	})
	requireTenThousand(t, operations)
}
