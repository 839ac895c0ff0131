// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"flag"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

var (
	people     = []string{"alice", "bob", "carol"}
	validators = []string{"val1", "val2", "gone"}
)

// history drives the module and the model side by side.
type history struct {
	*fixture
	m      *model
	rt     *rapid.T
	outer  *testing.T
	epochs map[uint64]uint64
	// alone says that claims are made of which the model does not know.
	alone bool
}

func newHistory(t *testing.T, rt *rapid.T) *history {
	h := &history{fixture: newFixture(t), m: newModel(genesisSupply), rt: rt, outer: t, epochs: map[uint64]uint64{}}
	h.t = rt
	h.m.shares = map[uint64]int64{1: 6000, 2: 3000}
	h.m.params.ParamsDelaySeconds = types.MinParamsDelaySeconds
	require.NoError(t, h.k.Params.Set(h.ctx, h.m.params))
	return h
}

func (h *history) id(label string, hi uint64) uint64 {
	return rapid.Uint64Range(1, hi).Draw(h.rt, label)
}

func (h *history) Block(*rapid.T) {
	dt := time.Duration(rapid.Int64Range(-5_000, 90_000).Draw(h.rt, "ms")) * time.Millisecond
	h.block(dt)
	h.m.block(h.ctx.BlockTime())
}

func (h *history) ManyBlocks(*rapid.T) {
	for range rapid.IntRange(1, 30).Draw(h.rt, "blocks") {
		h.block(6001 * time.Millisecond)
		h.m.block(h.ctx.BlockTime())
	}
}

func (h *history) Contribute(*rapid.T) {
	count := uint64(len(h.contributions.list))
	var parents []contributiontypes.Parent
	id := count + 1
	for i := uint64(1); i <= min(count, 3); i++ {
		if share := rapid.Uint32Range(0, 1666).Draw(h.rt, "share"); share > 0 {
			parents = append(parents, contributiontypes.Parent{Id: count - min(count, 3) + i, ShareBp: share})
			h.m.lineage[id] = append(h.m.lineage[id], [2]int64{int64(count - min(count, 3) + i), int64(share)})
		}
	}
	owner, payout := rapid.SampledFrom(people).Draw(h.rt, "owner"), rapid.SampledFrom(people).Draw(h.rt, "payout")
	topic := h.id("topic", 3)
	h.m.owner[id], h.m.payout[id], h.m.topicOf[id] = owner, payout, topic
	require.Equal(h.t, id, h.contribution(topic, owner, payout, parents...))
}

var rewardRules = []topictypes.RewardRule{topictypes.REWARD_RULE_PROPORTIONAL, topictypes.REWARD_RULE_FRONTIER}

// BeginEpoch lets an epoch begin. The one that is paid next may be another, of which nobody noticed the beginning.
func (h *history) BeginEpoch(*rapid.T) {
	topic := h.id("topic", 3)
	next := h.epochs[topic] + uint64(rapid.IntRange(1, 2).Draw(h.rt, "gap"))
	require.NoError(h.t, h.k.ScoringHooks().AfterEpochOpened(h.ctx, topic, next))
	h.m.begun[topic] = modelParams{params: h.m.params, epoch: next}
}

func (h *history) PayEpoch(*rapid.T) {
	topic := h.id("topic", 3)
	h.epochs[topic] += uint64(rapid.IntRange(1, 2).Draw(h.rt, "gap"))
	result := scoringtypes.EpochResult{TopicId: topic, Epoch: h.epochs[topic], RewardRule: rapid.SampledFrom(rewardRules).Draw(h.rt, "rule")}
	left := one
	for id := uint64(1); id <= uint64(len(h.contributions.list)); id++ {
		if removed := h.m.held[id] != nil && h.m.held[id].removed; removed {
			continue
		}
		if h.m.topicOf[id] == topic && result.RewardRule == topictypes.REWARD_RULE_FRONTIER && rapid.Bool().Draw(h.rt, "holds") {
			share := scoringtypes.RewardShare{ContributionId: id, Stock: rapid.Uint64Range(0, left/2).Draw(h.rt, "stock"), Depth: rapid.Uint64Range(0, left/2).Draw(h.rt, "depth")}
			left -= share.Total()
			result.Shares = append(result.Shares, share)
		}
		if h.m.topicOf[id] == topic && rapid.Bool().Draw(h.rt, "scored") {
			result.ContributionIds = append(result.ContributionIds, id)
			result.Incentive = append(result.Incentive, rapid.SampledFrom([]uint64{0, 1, 12345, one / 3, one / 2, one}).Draw(h.rt, "incentive"))
		}
	}
	for _, v := range validators {
		result.Validators = append(result.Validators, scoringtypes.ValidatorResult{Operator: operator(v), Dividend: rapid.Uint64Range(0, one/3).Draw(h.rt, "dividend")})
	}
	present := map[string]bool{}
	for operator, status := range h.staking {
		present[operator] = status != stakingtypes.Unbonded
	}
	h.payInPieces(result)
	spent := h.m.pay(result, present)
	p := h.payment(topic, result.Epoch)
	require.True(h.t, h.alone || spent.Uint64() == p.ContributorsSpent+p.StewardCut+p.ScoringSpent, "%s spent: %v", spent, p.EpochPayment)
}

// payInPieces pays an epoch, pieces of any size at a time, and does other things in between. The chain may be another
// one before it is whole.
func (h *history) payInPieces(result scoringtypes.EpochResult) {
	require.NoError(h.t, h.k.ScoringHooks().BeginRewards(h.ctx, result.Scored()))
	for whole := false; !whole; {
		h.duringPayment()
		h.k.SetTileSize(rapid.IntRange(1, 4).Draw(h.rt, "piece"))
		var err error
		_, whole, err = h.k.ScoringHooks().GoOnRewards(h.ctx, result.Scored(), rapid.IntRange(1, 2).Draw(h.rt, "pieces"))
		require.NoError(h.t, err)
	}
	h.duringPayment()
	require.NoError(h.t, h.k.ScoringHooks().AfterEpochScored(h.ctx, result.Scored()))
}

// duringPayment does what nobody may notice a payment by: it does not count before it is whole.
func (h *history) duringPayment() {
	switch rapid.IntRange(0, 9).Draw(h.rt, "meanwhile") {
	case 0:
		h.Resume(nil)
	case 1:
		h.Claim(nil)
	case 2:
		h.Check(nil)
	}
}

// Fail lets a payment end half way, as when an epoch is voided while it is closed.
func (h *history) Fail(*rapid.T) {
	topic := h.id("topic", 3)
	h.epochs[topic]++
	result := scoringtypes.EpochResult{TopicId: topic, Epoch: h.epochs[topic], RewardRule: topictypes.REWARD_RULE_PROPORTIONAL}
	for id := uint64(1); id <= uint64(len(h.contributions.list)); id++ {
		if h.m.topicOf[id] == topic {
			result.ContributionIds, result.Incentive = append(result.ContributionIds, id), append(result.Incentive, one/4)
		}
	}
	require.NoError(h.t, h.k.ScoringHooks().BeginRewards(h.ctx, result.Scored()))
	for range rapid.IntRange(0, 3).Draw(h.rt, "pieces") {
		h.k.SetTileSize(rapid.IntRange(1, 4).Draw(h.rt, "piece"))
		_, _, err := h.k.ScoringHooks().GoOnRewards(h.ctx, result.Scored(), 1)
		require.NoError(h.t, err)
	}
}

func (h *history) Claim(*rapid.T) {
	owner := rapid.SampledFrom(people).Draw(h.rt, "owner")
	topics := rapid.SampledFrom([][]uint64{nil, {1}, {2, 3}, {1, 2, 3}}).Draw(h.rt, "topics")
	_, err := h.claim(owner, topics...)
	if h.alone && err == nil {
		return
	}
	if !h.alone && h.m.claim(owner, topics) {
		require.NoError(h.t, err)
	} else {
		require.ErrorIs(h.t, err, types.ErrNothingToClaim)
	}
}

// Judge quarantines a contribution, or releases or removes one that is quarantined.
func (h *history) Judge(*rapid.T) {
	if len(h.contributions.list) == 0 {
		return
	}
	id, hooks := h.id("judged", uint64(len(h.contributions.list))), h.k.ContributionHooks()
	c := &h.contributions.list[id-1]
	switch hold := h.m.held[id]; {
	case hold == nil:
		c.Status = contributiontypes.STATUS_QUARANTINED
		require.NoError(h.t, hooks.AfterContributionQuarantined(h.ctx, id))
		h.m.quarantine(id)
	case hold.removed:
	case rapid.Bool().Draw(h.rt, "release"):
		c.Status = contributiontypes.STATUS_REVEALED
		require.NoError(h.t, hooks.AfterContributionReleased(h.ctx, id))
		h.m.release(id)
	default:
		c.Status = contributiontypes.STATUS_REMOVED
		require.NoError(h.t, hooks.AfterContributionRemoved(h.ctx, id))
		h.m.remove(id)
	}
}

// Handover names another steward of a topic, or none, or another part of its budgets.
func (h *history) Handover(*rapid.T) {
	id := h.id("topic", 3)
	next := modelSteward{rapid.SampledFrom(append([]string{""}, people...)).Draw(h.rt, "steward"), uint64(rapid.IntRange(0, 500).Draw(h.rt, "bp"))}
	topic := h.topics[id]
	topic.Steward, topic.StewardBp = "", uint32(next.bp)
	if next.name != "" {
		topic.Steward = text(account(next.name))
	}
	h.topics[id], h.m.steward[id] = topic, next
}

func (h *history) SetShares(*rapid.T) {
	topic, share := h.id("topic", 3), int64(rapid.IntRange(0, 5000).Draw(h.rt, "share"))
	sum := share
	for id, other := range h.m.shares {
		if id != topic {
			sum += other
		}
	}
	err := setShares(h.fixture, types.TopicShare{TopicId: topic, ShareBp: uint32(share)})
	if sum > 10_000 {
		require.ErrorIs(h.t, err, types.ErrInvalidShares)
		return
	}
	require.NoError(h.t, err)
	h.m.shares[topic] = share
}

func (h *history) Pause(*rapid.T) {
	topic := h.id("topic", 2)
	h.m.paused[topic] = rapid.Bool().Draw(h.rt, "paused")
	hook := h.k.TopicHooks().AfterTopicResumed
	if h.m.paused[topic] {
		hook = h.k.TopicHooks().AfterTopicPaused
	}
	require.NoError(h.t, hook(h.ctx, topic))
}

func (h *history) Burn(*rapid.T) {
	amount := rapid.Uint64Range(1, 1_000_000_000).Draw(h.rt, "amount")
	h.bank.burn(holder, amount)
	h.m.supply.Sub(h.m.supply, n(amount))
}

func (h *history) Unbond(*rapid.T) {
	h.staking[operator("val2")] = rapid.SampledFrom([]stakingtypes.BondStatus{stakingtypes.Bonded, stakingtypes.Unbonding, stakingtypes.Unbonded}).Draw(h.rt, "status")
}

func (h *history) UpdateParams(*rapid.T) { h.updateParams(h.someParams()) }

func (h *history) someParams() types.Params {
	params := types.DefaultParams()
	params.MaturityEpochs = rapid.Uint32Range(0, 4).Draw(h.rt, "maturity")
	params.CarryEpochs = rapid.Uint32Range(1, 4).Draw(h.rt, "carry")
	params.KeepEpochs = max(params.MaturityEpochs, params.CarryEpochs) + rapid.Uint32Range(1, 3).Draw(h.rt, "keep")
	params.ContributorsBp = rapid.Uint32Range(1000, 9000).Draw(h.rt, "contributors")
	params.SecurityBp = rapid.Uint32Range(0, 5000).Draw(h.rt, "security")
	params.TopicsBp = 9000 - params.SecurityBp
	params.CommunityBp = 1000
	params.ParamsDelaySeconds = rapid.Uint64Range(types.MinParamsDelaySeconds, 300).Draw(h.rt, "delay")
	return params
}

// updateParams lets parameters hold once the delay of those that hold is over.
func (h *history) updateParams(params types.Params) {
	_, err := h.msg.UpdateParams(h.ctx, &types.MsgUpdateParams{Authority: authority, Params: params})
	require.NoError(h.t, err)
	if h.m.pending = nil; params == h.m.params {
		return
	}
	h.m.pending = &modelParams{params: params, from: h.ctx.BlockTime().Add(time.Duration(h.m.params.ParamsDelaySeconds) * time.Second)}
}

func (h *history) Resume(*rapid.T) {
	g := resumed(h.outer, h.fixture)
	g.distribution.allocated, g.distribution.community = h.distribution.allocated, h.distribution.community
	for operator, status := range h.staking {
		g.staking[operator] = status
	}
	require.Equal(h.t, derived(h.fixture), derived(g))
	g.ctx, g.keepEvents = g.ctx.WithEventManager(h.ctx.EventManager()), h.keepEvents
	h.fixture, g.t = g, h.rt
}

// Check compares everything that both know, after every step.
func (h *history) Check(*rapid.T) {
	h.audit()
	if h.alone {
		return
	}
	require.Equal(h.t, h.m.supply.Uint64(), h.bank.supply)
	pending, err := h.query.PendingParams(h.ctx, nil)
	require.NoError(h.t, err)
	require.Equal(h.t, h.m.pending == nil, pending.Pending == nil)
	require.LessOrEqual(h.t, h.bank.supply, types.CapUweal)
	require.Equal(h.t, h.m.fees.Uint64(), h.bank.ofModule(authtypes.FeeCollectorName))
	require.Equal(h.t, h.m.pool.Uint64(), h.distribution.community)
	for _, v := range validators {
		require.Equal(h.t, orNothing(h.m.paid[operator(v)]), h.distribution.allocated[operator(v)], v)
	}
	for _, who := range people {
		require.Equal(h.t, orNothing(h.m.payouts[who]), h.bank.of(account(who)), who)
		for topic := uint64(1); topic <= 3; topic++ {
			require.Equal(h.t, orNothing(h.m.cuts[who][topic]), h.cutOf(who, topic), "%s as the steward of topic %d", who, topic)
		}
	}
	for id := range h.m.topicOf {
		a := h.m.accountOf(id)
		want := types.RewardAccount{ContributionId: id, Immature: a[0].Uint64(), Mature: a[1].Uint64(), Claimed: a[2].Uint64()}
		if hold := h.m.held[id]; hold != nil {
			want.Frozen, want.TakenBack = !hold.removed, hold.taken.Uint64()
		}
		require.Equal(h.t, want, h.reward(id))
	}
	accounts, err := h.query.TopicAccounts(h.ctx, &types.QueryTopicAccountsRequest{})
	require.NoError(h.t, err)
	for _, a := range accounts.Accounts {
		owed := fmt.Sprint(a.Accrued*10_000 + a.AccruedCarryBp)
		require.Equal(h.t, h.m.owe(a.TopicId).String(), owed, "topic %d", a.TopicId)
	}
}

func orNothing(i *big.Int) uint64 {
	if i == nil {
		return 0
	}
	return i.Uint64()
}

// longHistories is how many times as many operations as usual one history has.
const longHistories = 4

// requireTenThousand requires that so many operations were compared, unless fewer histories were asked for.
func requireTenThousand(t *testing.T, operations int) {
	t.Helper()
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		require.Greater(t, operations, 10_000)
	}
}

func TestEveryHistoryConservesEveryUnit(t *testing.T) {
	operations := 0
	rapid.Check(t, func(rt *rapid.T) {
		h := newHistory(t, rt)
		actions := map[string]func(*rapid.T){
			"": func(*rapid.T) { h.Check(nil); operations++ }, "block": h.Block, "blocks": h.ManyBlocks, "contribute": h.Contribute, "pay": h.PayEpoch, "pay again": h.PayEpoch,
			"claim": h.Claim, "shares": h.SetShares, "pause": h.Pause, "burn": h.Burn, "unbond": h.Unbond,
			"judge": h.Judge, "handover": h.Handover, "begin": h.BeginEpoch, "params": h.UpdateParams, "resume": h.Resume, "fail": h.Fail,
		}
		for range longHistories {
			rt.Repeat(actions)
		}
	})
	requireTenThousand(t, operations)
}
