// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/topic/types"
)

func TestTheAuthorityOpensTopicsWithRisingIds(t *testing.T) {
	f := newFixture(t)
	require.Equal(t, uint64(1), f.create("first"))
	require.Equal(t, uint64(2), f.create("second"))
	require.Equal(t, []string{"created 1", "created 2"}, f.hooks.calls)
	require.Equal(t, `weal.topic.v1.EventTopicCreated {"slug":"\"first\"","steward":"\"`+steward+`\"","topic_id":"\"1\""}`, f.events()[0])

	topic, err := f.keeper.GetTopic(f.ctx, 2)
	require.NoError(t, err)
	require.Equal(t, types.NewTopic(2, spec("second")), topic)
	topic, err = f.keeper.GetTopicBySlug(f.ctx, "first")
	require.NoError(t, err)
	require.Equal(t, uint64(1), topic.Id)
}

func TestARefusedMessageSaysWhyAndLeavesNothingBehind(t *testing.T) {
	narrow := types.DefaultParams()
	narrow.MaxTopics = 2
	cases := map[string]struct {
		send func(f *fixture, ctx sdk.Context) error
		want error
	}{
		"a create by somebody else": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: steward, Spec: spec("third")})
			return err
		}, sdkerrors.ErrUnauthorized},
		"a create by nobody": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Spec: spec("third")})
			return err
		}, sdkerrors.ErrUnauthorized},
		"a create with a slug that is taken": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: authority, Spec: spec("first")})
			return err
		}, types.ErrSlugTaken},
		"a create beyond max_topics": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: authority, Params: narrow})
			require.NoError(f.t, err)
			_, err = f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: authority, Spec: spec("third")})
			return err
		}, types.ErrTooManyTopics},
		"a create that is not well formed": {func(f *fixture, ctx sdk.Context) error {
			s := spec("third")
			s.ArtifactRules.MediaTypes = []string{"application/x-pickle"}
			_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: authority, Spec: s})
			return err
		}, types.ErrInvalidArtifactRules},
		"a create that a hook refuses": {func(f *fixture, ctx sdk.Context) error {
			f.hooks.refuses = true
			_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: authority, Spec: spec("third")})
			return err
		}, errHook},
		"an update by somebody else": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateTopic(ctx, &types.MsgUpdateTopic{Authority: steward, TopicId: 1, Spec: spec("first")})
			return err
		}, sdkerrors.ErrUnauthorized},
		"an update of an unknown topic": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateTopic(ctx, &types.MsgUpdateTopic{Authority: authority, TopicId: 3, Spec: spec("first")})
			return err
		}, types.ErrTopicNotFound},
		"an update of the topic zero": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateTopic(ctx, &types.MsgUpdateTopic{Authority: authority, Spec: spec("first")})
			return err
		}, types.ErrTopicNotFound},
		"an update with another slug": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateTopic(ctx, &types.MsgUpdateTopic{Authority: authority, TopicId: 1, Spec: spec("third")})
			return err
		}, types.ErrSlugFixed},
		"an update with another topic's slug": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateTopic(ctx, &types.MsgUpdateTopic{Authority: authority, TopicId: 1, Spec: spec("second")})
			return err
		}, types.ErrSlugFixed},
		"an update that is not well formed": {func(f *fixture, ctx sdk.Context) error {
			s := spec("first")
			s.Schedule.RevealBlocks = s.Schedule.EpochBlocks
			_, err := f.msg.UpdateTopic(ctx, &types.MsgUpdateTopic{Authority: authority, TopicId: 1, Spec: s})
			return err
		}, types.ErrInvalidSchedule},
		"a pause by somebody else": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.PauseTopic(ctx, &types.MsgPauseTopic{Authority: steward, TopicId: 1})
			return err
		}, sdkerrors.ErrUnauthorized},
		"a pause of an unknown topic": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.PauseTopic(ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 3})
			return err
		}, types.ErrTopicNotFound},
		"a pause of a paused topic": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.PauseTopic(ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 2})
			return err
		}, types.ErrAlreadyPaused},
		"a pause that a hook refuses": {func(f *fixture, ctx sdk.Context) error {
			f.hooks.refuses = true
			_, err := f.msg.PauseTopic(ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
			return err
		}, errHook},
		"a resume by somebody else": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.ResumeTopic(ctx, &types.MsgResumeTopic{Authority: steward, TopicId: 2})
			return err
		}, sdkerrors.ErrUnauthorized},
		"a resume of an unknown topic": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.ResumeTopic(ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 3})
			return err
		}, types.ErrTopicNotFound},
		"a resume of an active topic": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.ResumeTopic(ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 1})
			return err
		}, types.ErrNotPaused},
		"a resume that a hook refuses": {func(f *fixture, ctx sdk.Context) error {
			f.hooks.refuses = true
			_, err := f.msg.ResumeTopic(ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 2})
			return err
		}, errHook},
		"params by somebody else": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: steward, Params: narrow})
			return err
		}, sdkerrors.ErrUnauthorized},
		"params out of bounds": {func(f *fixture, ctx sdk.Context) error {
			_, err := f.msg.UpdateParams(ctx, &types.MsgUpdateParams{Authority: authority})
			return err
		}, types.ErrInvalidParams},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.create("first")
			f.create("second")
			_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 2})
			require.NoError(t, err)
			before, told, events := f.state(), len(f.hooks.calls), len(f.events())

			require.ErrorIs(t, f.attempt(func(ctx sdk.Context) error { return c.send(f, ctx) }), c.want)

			require.Equal(t, before, f.state())
			require.Len(t, f.hooks.calls, told)
			require.Len(t, f.events(), events)
		})
	}
}

func TestAnUpdateReplacesAllButIdStatusAndSlug(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)

	changed := spec("first")
	changed.Title, changed.Access, changed.Schedule.EpochBlocks = "Another title", types.ACCESS_ADMITTED, 48
	_, err = f.msg.UpdateTopic(f.ctx, &types.MsgUpdateTopic{Authority: authority, TopicId: 1, Spec: changed})
	require.NoError(t, err)

	topic, err := f.keeper.GetTopicBySlug(f.ctx, "first")
	require.NoError(t, err)
	require.Equal(t, changed, topic.Spec())
	require.Equal(t, types.STATUS_PAUSED, topic.Status)
	require.Equal(t, `weal.topic.v1.EventTopicUpdated {"topic_id":"\"1\""}`, f.events()[2])
}

func TestAPauseAndAResumeTellTheHooks(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	topic, err := f.keeper.GetTopic(f.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, types.STATUS_PAUSED, topic.Status)

	_, err = f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	topic, err = f.keeper.GetTopic(f.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, types.STATUS_ACTIVE, topic.Status)
	require.Equal(t, []string{"created 1", "paused 1", "resumed 1"}, f.hooks.calls)
	require.Equal(t, []string{
		`weal.topic.v1.EventTopicPaused {"topic_id":"\"1\""}`,
		`weal.topic.v1.EventTopicResumed {"topic_id":"\"1\""}`,
	}, f.events()[1:])
}

func TestTopicsThatExistStayWhenParamsNarrow(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	before, err := f.keeper.GetTopic(f.ctx, 1)
	require.NoError(t, err)
	narrow := types.Params{MaxTopics: 1, MinEpochBlocks: 100, MaxEpochBlocks: 200, MaxActive: 8, MaxArtifactBytes: 1 << 10}
	_, err = f.msg.UpdateParams(f.ctx, &types.MsgUpdateParams{Authority: authority, Params: narrow})
	require.NoError(t, err)
	require.Equal(t, narrow, f.params())
	require.Equal(t, `weal.topic.v1.EventParamsUpdated {"authority":"\"`+authority+`\""}`, f.events()[1])

	after, err := f.keeper.GetTopic(f.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, before, after)
	_, err = f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	_, err = f.msg.UpdateTopic(f.ctx, &types.MsgUpdateTopic{Authority: authority, TopicId: 1, Spec: before.Spec()})
	require.ErrorIs(t, err, types.ErrInvalidArtifactRules)

	// The state that such params leave behind is one that a chain can begin from.
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	again := newEmpty(t)
	require.NoError(t, again.keeper.InitGenesis(again.ctx, g))
}

func TestTheConsensusParamsMayNameAnotherAuthority(t *testing.T) {
	f := newFixture(t)
	ctx := f.ctx.WithConsensusParams(cmtproto.ConsensusParams{Authority: &cmtproto.AuthorityParams{Authority: steward}})
	_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: authority, Spec: spec("first")})
	require.ErrorIs(t, err, sdkerrors.ErrUnauthorized)
	_, err = f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: steward, Spec: spec("first")})
	require.NoError(t, err)
}

// A model of one line a topic: what it is called and whether it is paused.
func TestAnyOrderOfMessagesKeepsTopicsAsAModelSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := newFixture(t)
		var slugs []string
		paused := map[uint64]bool{}
		id := func() uint64 { return rapid.Uint64Range(0, uint64(len(slugs))+1).Draw(rt, "id") }
		exists := func(id uint64) bool { return id >= 1 && id <= uint64(len(slugs)) }
		rt.Repeat(map[string]func(*rapid.T){
			"create": func(t *rapid.T) {
				slug := fmt.Sprintf("topic-%d", rapid.IntRange(0, 9).Draw(t, "slug"))
				err := f.attempt(func(ctx sdk.Context) error {
					_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Authority: authority, Spec: spec(slug)})
					return err
				})
				for _, s := range slugs {
					if s == slug {
						require.ErrorIs(t, err, types.ErrSlugTaken)
						return
					}
				}
				require.NoError(t, err)
				slugs = append(slugs, slug)
			},
			"pause": func(t *rapid.T) {
				id := id()
				_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: id})
				switch {
				case !exists(id):
					require.ErrorIs(t, err, types.ErrTopicNotFound)
				case paused[id]:
					require.ErrorIs(t, err, types.ErrAlreadyPaused)
				default:
					require.NoError(t, err)
					paused[id] = true
				}
			},
			"resume": func(t *rapid.T) {
				id := id()
				_, err := f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: id})
				switch {
				case !exists(id):
					require.ErrorIs(t, err, types.ErrTopicNotFound)
				case !paused[id]:
					require.ErrorIs(t, err, types.ErrNotPaused)
				default:
					require.NoError(t, err)
					paused[id] = false
				}
			},
			"": func(t *rapid.T) {
				var seen []string
				require.NoError(t, f.keeper.WalkTopics(f.ctx, func(topic types.Topic) (bool, error) {
					seen = append(seen, topic.Slug)
					require.Equal(t, uint64(len(seen)), topic.Id)
					require.Equal(t, paused[topic.Id], topic.Status == types.STATUS_PAUSED)
					return false, nil
				}))
				require.Equal(t, slugs, seen)
			},
		})
	})
}
