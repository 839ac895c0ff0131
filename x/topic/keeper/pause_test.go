// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

var guardian = account(9)

const grounds = "https://example.org/why"

// guard pauses a topic for an hour as a guardian; guardians may have it again a day after that.
func (f *fixture) guard(id uint64) error {
	return f.attempt(func(ctx sdk.Context) error {
		until := f.now().Add(time.Hour)
		return f.keeper.PauseByGuardian(ctx, id, guardian, grounds, until.UnixMilli(), until.Add(24*time.Hour).UnixMilli())
	})
}

func (f *fixture) now() time.Time { return f.ctx.BlockTime() }

// later is the end of a block so much later.
func (f *fixture) later(d time.Duration) {
	f.t.Helper()
	f.ctx = f.ctx.WithBlockHeight(f.ctx.BlockHeight() + 1).WithBlockTime(f.now().Add(d)).WithEventManager(sdk.NewEventManager())
	require.NoError(f.t, f.keeper.EndBlock(f.ctx))
}

func TestAGuardiansPauseEndsByItself(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	require.NoError(t, f.guard(1))
	until := f.now().Add(time.Hour).UnixMilli()
	topic := f.topic(1)
	require.Equal(t, types.STATUS_PAUSED, topic.Status)
	require.Equal(t, &types.Pause{Height: 1, Guardian: guardian, ReasonUri: grounds, UntilMs: until}, topic.Pause)
	require.Equal(t, fmt.Sprintf(`weal.topic.v1.EventTopicPaused {"guardian":"\"%s\"","reason_uri":"\"%s\"","topic_id":"\"1\"","until_ms":"\"%d\""}`, guardian, grounds, until),
		f.events()[1])
	ids, err := f.keeper.GuardedTopics(f.ctx)
	require.NoError(t, err)
	require.Equal(t, []uint64{1}, ids)

	f.later(time.Hour - time.Millisecond)
	require.Equal(t, types.STATUS_PAUSED, f.topic(1).Status)
	f.later(time.Millisecond)
	require.Equal(t, types.STATUS_ACTIVE, f.topic(1).Status)
	require.Nil(t, f.topic(1).Pause)
	require.Equal(t, []string{"created 1", "paused 1", "resumed 1"}, f.hooks.calls)
	require.Equal(t, []string{
		`weal.topic.v1.EventTopicPauseExpired {"guardian":"\"` + guardian + `\"","topic_id":"\"1\""}`,
		`weal.topic.v1.EventTopicResumed {"topic_id":"\"1\""}`,
	}, f.events())

	require.ErrorIs(t, f.guard(1), types.ErrGuardCooldown)
	require.ErrorContains(t, f.guard(1), "propose a pause")
	f.later(24*time.Hour - time.Millisecond)
	require.ErrorIs(t, f.guard(1), types.ErrGuardCooldown)
	f.later(time.Millisecond)
	require.NoError(t, f.guard(1))
}

func TestAPauseThatThePeopleConfirmDoesNotEndByItself(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	require.NoError(t, f.guard(1))
	pause := &types.MsgPauseTopic{Authority: authority, TopicId: 1}
	_, err := f.msg.PauseTopic(f.ctx, pause)
	require.NoError(t, err)
	require.Equal(t, &types.Pause{Height: 1, Guardian: guardian, ReasonUri: grounds}, f.topic(1).Pause)
	require.Equal(t, []string{"created 1", "paused 1"}, f.hooks.calls, "it is paused once")
	events := f.events()
	require.Equal(t, fmt.Sprintf(`weal.topic.v1.EventTopicPaused {"guardian":"\"%s\"","reason_uri":"\"%s\"","topic_id":"\"1\"","until_ms":"\"0\""}`, guardian, grounds),
		events[len(events)-1])
	f.later(1000 * time.Hour)
	require.Equal(t, types.STATUS_PAUSED, f.topic(1).Status)
	_, err = f.msg.PauseTopic(f.ctx, pause)
	require.ErrorIs(t, err, types.ErrAlreadyPaused)
	require.ErrorContains(t, f.guard(1), "a guardian cannot prolong that")

	_, err = f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, types.STATUS_ACTIVE, f.topic(1).Status)
}

func TestThePeopleEndAGuardiansPauseBeforeItsTime(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.create("second")
	require.NoError(t, f.guard(1))
	require.NoError(t, f.guard(2))
	_, err := f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	_, err = f.msg.RetireTopic(f.ctx, &types.MsgRetireTopic{Sender: authority, TopicId: 2})
	require.NoError(t, err)
	require.Nil(t, f.topic(2).Pause)
	f.later(time.Hour)
	require.Empty(t, f.events(), "there is nothing to end")
	_, err = f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err, "what came to its end while the people voted fails no proposal")
	require.Empty(t, f.events())
	require.ErrorIs(t, f.guard(1), types.ErrGuardCooldown)
	require.ErrorIs(t, f.guard(2), types.ErrRetired)
	require.ErrorIs(t, f.guard(3), types.ErrTopicNotFound)
}

func TestWhatIsSaidOfPausesOutlivesAnUpdate(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.update(authority, 1, func(s *types.TopicSpec) { s.Title = "Another title" })
	require.NoError(t, f.guard(1))
	before := f.topic(1)
	after, err := f.keeper.BeginEpoch(f.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, "Another title", after.Title)
	require.Equal(t, before.Pause, after.Pause)
	require.Equal(t, before.GuardableFromMs, after.GuardableFromMs)
	f.later(time.Hour)
	require.Equal(t, types.STATUS_ACTIVE, f.topic(1).Status)
}

func TestOnlyPaidTopicsThatLiveCountAndArePausedByGuardians(t *testing.T) {
	f := newFixture(t)
	f.fund(steward, 10_000_000)
	f.mustCreate(steward, sandbox("practice", steward))
	f.create("first")
	f.create("second")
	count, err := f.keeper.CountPaid(f.ctx)
	require.NoError(t, err)
	require.EqualValues(t, 2, count)
	require.ErrorIs(t, f.guard(1), types.ErrNotPaid, "else sandboxes would take up what guardians may hold")
	_, err = f.msg.RetireTopic(f.ctx, &types.MsgRetireTopic{Sender: authority, TopicId: 2})
	require.NoError(t, err)
	count, err = f.keeper.CountPaid(f.ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, count)
}

func TestAPauseThatCannotBeEndedIsTriedAgainAndHoldsUpNone(t *testing.T) {
	f := newFixture(t)
	start := f.now()
	for i := range 70 {
		f.create(fmt.Sprintf("topic-%d", i))
		require.NoError(t, f.guard(uint64(i)+1))
	}
	f.hooks.refuses = true
	f.later(time.Hour)
	require.Len(t, f.events(), 64, "a block has its bound")
	require.Equal(t, `weal.topic.v1.EventTopicPauseExpiryFailed {"reason":"\"the hook refuses\"","topic_id":"\"1\""}`, f.events()[0])
	require.Equal(t, types.STATUS_PAUSED, f.topic(1).Status)
	require.Equal(t, f.now().Add(time.Hour).UnixMilli(), f.topic(1).Pause.UntilMs)
	f.hooks.refuses = false
	f.later(time.Second)
	for id := uint64(65); id <= 70; id++ {
		require.Equal(t, types.STATUS_ACTIVE, f.topic(id).Status)
	}
	f.hooks.refuses = true
	f.later(time.Hour - time.Second)
	for f.topic(1).Pause.UntilMs < start.Add(26*time.Hour).UnixMilli() {
		f.later(time.Hour)
	}
	require.Greater(t, f.topic(1).GuardableFromMs, f.topic(1).Pause.UntilMs, "the next one waits longer, however late this one ends")
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.NoError(t, g.Validate())
	f.hooks.panics = true
	f.later(time.Hour)
	require.Contains(t, f.events(), `weal.topic.v1.EventTopicPauseExpiryFailed {"reason":"\"panicked\"","topic_id":"\"1\""}`)
	require.Equal(t, types.STATUS_PAUSED, f.topic(1).Status)
	f.hooks.refuses, f.hooks.panics = false, false
	f.later(time.Hour)
	require.Equal(t, types.STATUS_ACTIVE, f.topic(1).Status)
	ids, err := f.keeper.GuardedTopics(f.ctx)
	require.NoError(t, err)
	require.Empty(t, ids)
}
