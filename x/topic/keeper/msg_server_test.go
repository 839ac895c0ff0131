// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/topic/types"
)

func TestTheAuthorityOpensTopicsWithRisingIds(t *testing.T) {
	f := newFixture(t)
	require.Equal(t, uint64(1), f.create("first"))
	require.Equal(t, uint64(2), f.create("second"))
	require.Equal(t, []string{"created 1", "created 2"}, f.hooks.calls)
	require.Equal(t, `weal.topic.v1.EventTopicCreated {"creator":"\"`+authority+`\"","deposit":"\"0\"","sandbox":"false","slug":"\"first\"","steward":"\"`+
		steward+`\"","topic_id":"\"1\""}`, f.events()[0])

	require.Equal(t, types.NewTopic(2, authority, 0, spec("second")), f.topic(2))
	require.Zero(t, f.held(), "the people leave no deposit")
	topic, err := f.keeper.GetTopicBySlug(f.ctx, "first")
	require.NoError(t, err)
	require.Equal(t, uint64(1), topic.Id)
}

func TestAnAdmittedStewardOpensAPaidTopicForADeposit(t *testing.T) {
	f := newFixture(t)
	f.admission[string(f.address(steward))] = true
	f.fund(steward, 1_500_000_000)
	id := f.mustCreate(steward, spec("first"))
	require.Equal(t, types.NewTopic(id, steward, 1_000_000_000, spec("first")), f.topic(id))
	require.Equal(t, uint64(1_000_000_000), f.held())
	require.Equal(t, uint64(500_000_000), f.balance(steward))
}

func TestAnybodyOpensAPaidTopicWhereTheParamsSayOpen(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.OpenCreation = true
	f.setParams(params)
	f.fund(steward, params.TopicDeposit)
	f.mustCreate(steward, spec("first"))
	require.Equal(t, params.TopicDeposit, f.held())
}

func TestAnybodyOpensASandboxForASmallDeposit(t *testing.T) {
	f := newFixture(t)
	f.fund(steward, 10_000_000)
	id := f.mustCreate(steward, sandbox("first", steward))
	require.True(t, f.topic(id).Sandbox)
	require.Equal(t, uint64(10_000_000), f.topic(id).Deposit)
	require.Zero(t, f.balance(steward))
}

func TestAPauseAndAResumeTellTheHooks(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, types.STATUS_PAUSED, f.topic(1).Status)
	require.Equal(t, &types.Pause{Height: 1}, f.topic(1).Pause)

	_, err = f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, types.STATUS_ACTIVE, f.topic(1).Status)
	require.Equal(t, []string{"created 1", "paused 1", "resumed 1"}, f.hooks.calls)
	require.Equal(t, []string{
		`weal.topic.v1.EventTopicPaused {"guardian":"\"\"","reason_uri":"\"\"","topic_id":"\"1\"","until_ms":"\"0\""}`,
		`weal.topic.v1.EventTopicResumed {"topic_id":"\"1\""}`,
	}, f.events()[1:])
}

func TestAStewardRetiresItsTopicAndGetsItsDepositBack(t *testing.T) {
	f := newFixture(t)
	f.fund(steward, 10_000_000)
	id := f.mustCreate(steward, sandbox("first", steward))
	f.update(steward, id, func(s *types.TopicSpec) { s.Title = "Another title" })
	f.offer(id, account(8))

	resp, err := f.msg.RetireTopic(f.ctx, &types.MsgRetireTopic{Sender: steward, TopicId: id})
	require.NoError(t, err)
	require.Equal(t, uint64(10_000_000), resp.Deposit)
	require.Equal(t, uint64(10_000_000), f.balance(steward))
	require.Zero(t, f.held())
	require.Equal(t, types.STATUS_RETIRED, f.topic(id).Status)
	require.Zero(t, f.topic(id).Deposit)
	require.Equal(t, []string{"created 1", "asked about 1", "retired 1"}, f.hooks.calls)
	events := f.events()
	require.Equal(t, `weal.topic.v1.EventTopicRetired {"creator":"\"`+steward+`\"","deposit":"\"10000000\"","sender":"\"`+steward+`\"","topic_id":"\"1\""}`,
		events[len(events)-1])

	// Nothing waits for it any more, and its slug is free.
	shown, err := f.query.Topic(f.ctx, &types.QueryTopicRequest{TopicId: id})
	require.NoError(t, err)
	require.Nil(t, shown.Pending)
	require.Nil(t, shown.Offer)
	require.Equal(t, uint64(2), f.create("first"))
	topic, err := f.keeper.GetTopicBySlug(f.ctx, "first")
	require.NoError(t, err)
	require.Equal(t, uint64(2), topic.Id)
}

func TestTheAuthorityRetiresATopicWithoutAskingAndItsSlugStaysTaken(t *testing.T) {
	f := newFixture(t)
	id := f.create("first")
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: id})
	require.NoError(t, err)
	_, err = f.msg.RetireTopic(f.ctx, &types.MsgRetireTopic{Sender: authority, TopicId: id})
	require.NoError(t, err)
	require.Equal(t, []string{"created 1", "paused 1", "retired 1"}, f.hooks.calls)
	_, err = f.msg.CreateTopic(f.ctx, &types.MsgCreateTopic{Creator: authority, Spec: spec("first")})
	require.ErrorIs(t, err, types.ErrSlugTaken)
}

func TestAPaidTopicMayTakeTheNameOfTheSandboxThatItWasTriedIn(t *testing.T) {
	f := newFixture(t)
	f.fund(steward, 10_000_000)
	tried := f.mustCreate(steward, sandbox("first", steward))
	_, err := f.msg.CreateTopic(f.ctx, &types.MsgCreateTopic{Creator: authority, Spec: spec("first")})
	require.ErrorIs(t, err, types.ErrSlugTaken)
	f.retire(steward, tried)
	paid := f.create("first")

	// Ending the topic that came after it does not give the name free twice.
	require.Equal(t, types.STATUS_RETIRED, f.topic(tried).Status)
	topic, err := f.keeper.GetTopicBySlug(f.ctx, "first")
	require.NoError(t, err)
	require.Equal(t, paid, topic.Id)
}

func TestRetiredTopicsMakeRoomForOthers(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaxTopics, params.MaxSandboxes, params.MaxSandboxesPerSteward = 1, 1, 1
	f.setParams(params)
	f.fund(steward, 10_000_000)
	for _, slug := range []string{"one", "two", "three"} {
		f.retire(authority, f.create(slug))
		f.retire(steward, f.mustCreate(steward, sandbox(slug+"-try", steward)))
	}
	require.Equal(t, uint64(10_000_000), f.balance(steward))
}

func TestTopicsThatExistStayWhenParamsNarrow(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	before := f.topic(1)
	narrow := types.DefaultParams()
	narrow.MaxTopics, narrow.MinEpochBlocks, narrow.MaxEpochBlocks, narrow.MaxActive, narrow.MaxArtifactBytes = 1, 100, 200, 8, 1<<10
	f.setParams(narrow)
	require.Equal(t, narrow, f.params())
	require.Equal(t, `weal.topic.v1.EventParamsUpdated {"authority":"\"`+authority+`\""}`, f.events()[1])

	require.Equal(t, before, f.topic(1))
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	_, err = f.msg.UpdateTopic(f.ctx, &types.MsgUpdateTopic{Sender: authority, TopicId: 1, Spec: before.Spec()})
	require.ErrorIs(t, err, types.ErrInvalidArtifactRules)

	// The state that such params leave behind is one that a chain can begin from.
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	again := newEmpty(t)
	require.NoError(t, again.keeper.InitGenesis(again.ctx, g))
}

func TestTheConsensusParamsMayNameAnotherAuthority(t *testing.T) {
	f := newFixture(t)
	other := account(4)
	ctx := f.ctx.WithConsensusParams(cmtproto.ConsensusParams{Authority: &cmtproto.AuthorityParams{Authority: other}})
	_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()})
	require.ErrorIs(t, err, sdkerrors.ErrUnauthorized)
	_, err = f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Creator: authority, Spec: spec("first")})
	require.ErrorIs(t, err, types.ErrInvalidSteward)
	_, err = f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Creator: other, Spec: spec("first")})
	require.NoError(t, err)
}

func TestATopicThatSaysNothingOfItsScoringHasTheDefault(t *testing.T) {
	f := newFixture(t)
	plain := spec("plain")
	plain.Scoring = types.Scoring{}
	require.Equal(t, types.DefaultScoring(), f.topic(f.mustCreate(authority, plain)).Scoring)
	require.Equal(t, spec("named").Scoring, f.topic(f.create("named")).Scoring, "what it says stands")
}
