// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// sandboxOf is a place to practise that an account answers for.
func sandboxOf(steward chain.Account, slug string) topictypes.TopicSpec {
	spec := topic(0, slug, quick).Spec()
	spec.Steward, spec.Sandbox, spec.Pricing = steward.String(), true, topictypes.Pricing{}
	return spec
}

// openTopic opens a topic by transaction.
func (w *world) openTopic(creator chain.Account, spec topictypes.TopicSpec) uint64 {
	w.t.Helper()
	res := w.MustDeliver(&topictypes.MsgCreateTopic{Creator: creator.String(), Spec: spec})
	return answer[topictypes.MsgCreateTopicResponse](w.t, res).TopicId
}

func (w *world) topic(id uint64) topictypes.Topic {
	w.t.Helper()
	found, err := w.App.Topic.GetTopic(w.Ctx(), id)
	require.NoError(w.t, err)
	return found
}

// TestAStewardPractisesThenOpensAPaidTopicAndEndsIt is the way that a steward goes: a
// sandbox by itself, a paid topic by the people, and both to their end.
func TestAStewardPractisesThenOpensAPaidTopicAndEndsIt(t *testing.T) {
	w := newWorld(t, quick)
	steward := w.Accounts[5]
	deposit := topictypes.DefaultParams().SandboxDeposit

	before := w.balance(steward.Address)
	practice := w.openTopic(steward, sandboxOf(steward, "practice"))
	require.Equal(t, before-chain.TxFee-deposit, w.balance(steward.Address))
	tried := &model{owner: w.Accounts[0], bytes: "a first try"}
	w.enter(practice, tried)
	epoch := w.play(practice, w.unanimous(entry(tried, 9)))
	require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
	require.Zero(t, w.payment(practice, epoch.Number).Budget, "practice is not paid")
	require.Contains(t, w.MustRefuse(topictypes.ErrNotSteward, &topictypes.MsgRetireTopic{Sender: w.Accounts[1].String(), TopicId: practice}), steward.String())
	w.MustDeliver(&topictypes.MsgRetireTopic{Sender: steward.String(), TopicId: practice})
	require.Equal(t, before-2*chain.TxFee, w.balance(steward.Address))

	paid := topic(0, "practice", quick).Spec()
	paid.Steward = steward.String()
	require.Contains(t, w.MustRefuse(topictypes.ErrCreationClosed, &topictypes.MsgCreateTopic{Creator: steward.String(), Spec: paid}), "propose the topic")
	w.MustGovern(&topictypes.MsgCreateTopic{Creator: app.Authority(), Spec: paid})
	id := practice + 1
	require.Equal(t, "practice", w.topic(id).Slug)
	w.MustGovern(&emissiontypes.MsgSetTopicShares{Authority: app.Authority(), Shares: []emissiontypes.TopicShare{
		{TopicId: goTopic, ShareBp: 5000}, {TopicId: id, ShareBp: 1000},
	}})
	require.Contains(t, w.MustRefuse(emissiontypes.ErrTopicAtStake, &topictypes.MsgRetireTopic{Sender: steward.String(), TopicId: id}), "weald tx topic propose retire")

	earner := &model{owner: w.Accounts[1], bytes: "a model that earns"}
	w.enter(id, earner)
	epoch = w.play(id, w.unanimous(entry(earner, 9)))
	require.Positive(t, w.payment(id, epoch.Number).Budget)
	w.MustRefuse(emissiontypes.ErrNothingToClaim, &emissiontypes.MsgClaim{Contributor: earner.owner.String()})
	w.MustGovern(&topictypes.MsgRetireTopic{Sender: app.Authority(), TopicId: id})
	require.Equal(t, topictypes.STATUS_RETIRED, w.topic(id).Status)

	// What was earned is the contributor's, and no epoch begins any more.
	had := w.balance(earner.owner.Address)
	w.MustDeliver(&emissiontypes.MsgClaim{Contributor: earner.owner.String()})
	require.Greater(t, w.balance(earner.owner.Address), had)
	w.NextBlocks(30)
	last, _ := w.epoch(id)
	require.Less(t, last.EndHeight, w.Height())
}

// TestAnUpdateHoldsFromTheNextEpochOn: the running epoch keeps the clock it began with.
func TestAnUpdateHoldsFromTheNextEpochOn(t *testing.T) {
	w := newWorld(t, quick)
	steward := w.Accounts[5]
	spec := sandboxOf(steward, "practice")
	id := w.openTopic(steward, spec)
	epoch := w.open(id)
	spec.Schedule.EpochBlocks, spec.Schedule.RevealBlocks = 14, 2
	w.MustDeliver(&topictypes.MsgUpdateTopic{Sender: steward.String(), TopicId: id, Spec: spec})
	require.Equal(t, uint64(10), w.topic(id).Schedule.EpochBlocks)
	w.RunTo(epoch.EndHeight)
	closed := w.closed(id, epoch.Number)
	require.Equal(t, epoch.EndHeight, closed.EndHeight)
	next := w.open(id)
	require.Equal(t, int64(14), next.EndHeight-next.StartHeight+1)
	require.Equal(t, uint64(14), w.topic(id).Schedule.EpochBlocks)
}
