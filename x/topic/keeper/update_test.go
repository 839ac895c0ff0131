// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

// begin opens the next epoch of a topic, as x/scoring does.
func (f *fixture) begin(id uint64) types.Topic {
	f.t.Helper()
	topic, err := f.keeper.BeginEpoch(f.ctx, id)
	require.NoError(f.t, err)
	require.Equal(f.t, topic, f.topic(id))
	return topic
}

// pendingOf is what waits for a topic, as the query shows it.
func (f *fixture) pendingOf(id uint64) *types.PendingUpdate {
	f.t.Helper()
	shown, err := f.query.Topic(f.ctx, &types.QueryTopicRequest{TopicId: id})
	require.NoError(f.t, err)
	return shown.Pending
}

func TestAnUpdateWaitsForTheNextEpochAndIsShownUntilThen(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	changed := spec("first")
	changed.Title, changed.Access, changed.Schedule.EpochBlocks = "Another title", types.ACCESS_ADMITTED, 48
	_, err := f.msg.UpdateTopic(f.ctx, &types.MsgUpdateTopic{Sender: authority, TopicId: 1, Spec: changed})
	require.NoError(t, err)
	require.Equal(t, spec("first"), f.topic(1).Spec())
	require.Equal(t, &types.PendingUpdate{TopicId: 1, Spec: changed, Height: 1}, f.pendingOf(1))
	require.Equal(t, `weal.topic.v1.EventTopicUpdateScheduled {"fields":"[\"title\",\"access\",\"schedule\"]","sender":"\"`+authority+`\"","topic_id":"\"1\""}`, f.events()[1])

	require.Equal(t, changed, f.begin(1).Spec())
	require.Nil(t, f.pendingOf(1))
	require.Equal(t, `weal.topic.v1.EventTopicUpdated {"topic_id":"\"1\""}`, f.events()[2])

	// The epoch after that finds nothing to do.
	before := f.dump()
	f.begin(1)
	require.Equal(t, before, f.dump())
	require.Len(t, f.events(), 3)
}

func TestStewardAndAuthorityAddToWhatWaits(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.update(authority, 1, func(s *types.TopicSpec) { s.Pricing.Bond = 5 })
	f.update(steward, 1, func(s *types.TopicSpec) { s.Title = "Another title" })
	f.update(authority, 1, func(s *types.TopicSpec) { s.Schedule.MaxActive = 9 })
	topic := f.begin(1)
	require.Equal(t, uint64(5), topic.Pricing.Bond)
	require.Equal(t, "Another title", topic.Title)
	require.Equal(t, uint32(9), topic.Schedule.MaxActive)
}

func TestAnUpdateThatTakesEverythingBackLeavesNothingToWait(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	before := f.dump()
	f.update(steward, 1, func(s *types.TopicSpec) { s.Title = "Another title" })
	f.update(steward, 1, func(s *types.TopicSpec) { s.Title = spec("first").Title })
	require.Nil(t, f.pendingOf(1))
	require.Equal(t, before, f.dump())
}

func TestAStewardChangesMoreOfASandbox(t *testing.T) {
	f := newFixture(t)
	f.fund(steward, 10_000_000)
	id := f.mustCreate(steward, sandbox("first", steward))
	f.update(steward, id, func(s *types.TopicSpec) { s.Schedule.EpochBlocks, s.Scoring.KappaBp = 48, 6_000 })
	require.Equal(t, uint64(48), f.begin(id).Schedule.EpochBlocks)
}

func TestAPausedTopicKeepsWhatWaits(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.update(steward, 1, func(s *types.TopicSpec) { s.Title = "Another title" })
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	_, err = f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, "Another title", f.begin(1).Title)
}

func TestAnEpochOfATopicThatIsNotCannotBegin(t *testing.T) {
	f := newFixture(t)
	_, err := f.keeper.BeginEpoch(f.ctx, 1)
	require.ErrorIs(t, err, types.ErrTopicNotFound)
}
