// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// guarded is a chain whose people named one guardian.
func guarded(t testing.TB) *fixture {
	f := newFixture(t)
	f.ctx = f.ctx.WithBlockTime(time.UnixMilli(1_800_000_000_000).UTC())
	f.name("gina")
	return f
}

func (f *fixture) name(guardians ...string) {
	m := &types.MsgSetGuardians{Authority: authority}
	for _, guardian := range guardians {
		m.Guardians = append(m.Guardians, account(guardian).String())
	}
	_, err := f.msg.SetGuardians(f.ctx, m)
	require.NoError(f.t, err)
}

func (f *fixture) guard(id uint64) int64 {
	resp, err := f.msg.GuardianQuarantine(f.ctx, &types.MsgGuardianQuarantine{Guardian: account("gina").String(), ContributionId: id, ReasonUri: grounds})
	require.NoError(f.t, err)
	return resp.UntilMs
}

func (f *fixture) refusedGuard(who string, id uint64, want error, words ...string) {
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.GuardianQuarantine(ctx, &types.MsgGuardianQuarantine{Guardian: account(who).String(), ContributionId: id, ReasonUri: grounds})
		return err
	}, want, words...)
}

// later ends the block, and begins the next one so much later.
func (f *fixture) later(d time.Duration) {
	f.nextBlock()
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(d))
	require.NoError(f.t, f.keeper.EndBlock(f.ctx))
	require.NoError(f.t, f.keeper.Audit(f.ctx))
}

func TestAGuardiansQuarantineEndsByItself(t *testing.T) {
	f := guarded(t)
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	f.end(1, f.begin(1), []uint64{9, 8})
	f.endorse(b)
	word := f.get(b).Endorsement
	told := &judgements{}
	f.keeper.SetHooks(told)

	until := f.guard(b)
	require.Equal(t, f.ctx.BlockTime().Add(72*time.Hour).UnixMilli(), until)
	require.Equal(t, &types.EventContributionQuarantined{
		ContributionId: b, TopicId: openID, ReasonUri: grounds, Guardian: account("gina").String(), UntilMs: until,
	}, f.lastEvent())
	c := f.get(b)
	require.Equal(t, types.STATUS_QUARANTINED, c.Status)
	require.Nil(t, c.Endorsement)
	require.Equal(t, []uint64{a}, f.begin(2), "it is not measured")
	f.end(2, []uint64{a}, []uint64{9})
	f.exportImport()

	f.later(72*time.Hour - time.Millisecond)
	require.Equal(t, types.STATUS_QUARANTINED, f.status(b))
	f.later(time.Millisecond)
	c = f.get(b)
	require.Equal(t, types.STATUS_REVEALED, c.Status)
	require.Nil(t, c.Quarantine)
	require.Equal(t, word, c.Endorsement, "a guardian cannot take the people's word away")
	require.Equal(t, []string{"quarantined 2", "released 2"}, told.calls, "frozen rewards go on")
	require.Contains(t, f.events(), &types.EventQuarantineExpired{ContributionId: b, TopicId: openID, Guardian: account("gina").String()})
	require.Equal(t, []uint64{a, b}, f.begin(3))
	f.exportImport()
}

func TestWhatThePeopleConfirmDoesNotEndByItself(t *testing.T) {
	f := guarded(t)
	id := f.revealed("alice", "a")
	f.endorse(id)
	f.guard(id)
	began := f.get(id).Quarantine.Height
	f.later(time.Hour)
	told := &judgements{}
	f.keeper.SetHooks(told)
	f.quarantine(id)
	require.Empty(t, told.calls, "what was frozen stays frozen since the guardian's act")
	q := f.get(id).Quarantine
	require.Equal(t, &types.Quarantine{Height: began, ProposalId: 7, ReasonUri: grounds, Before: types.STATUS_REVEALED, Guardian: account("gina").String()}, q)
	f.exportImport()
	f.later(1000 * time.Hour)
	require.Equal(t, types.STATUS_QUARANTINED, f.status(id))
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.Quarantine(ctx, &types.MsgQuarantine{Authority: authority, ContributionId: id, ReasonUri: grounds})
		return err
	}, types.ErrWrongStatus, "release or remove it")
	f.remove(id)
	require.Equal(t, types.STATUS_REMOVED, f.status(id))
	f.later(1000 * time.Hour)
	require.Equal(t, types.STATUS_REMOVED, f.status(id))
}

func TestAReleaseThatComesAfterTheEndFailsNothing(t *testing.T) {
	f := guarded(t)
	guardedOnce, never, removed := f.revealed("alice", "a"), f.revealed("bob", "b"), f.revealed("carol", "c")
	f.guard(guardedOnce)
	f.later(72 * time.Hour)
	told := &judgements{}
	f.keeper.SetHooks(told)
	before := f.get(guardedOnce)
	f.ctx = f.ctx.WithEventManager(sdk.NewEventManager())
	f.release(guardedOnce)
	require.Equal(t, before, f.get(guardedOnce))
	require.Empty(t, told.calls)
	require.Empty(t, f.ctx.EventManager().Events())
	release := func(id uint64) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := f.msg.Release(ctx, &types.MsgRelease{Authority: authority, ContributionId: id})
			return err
		}
	}
	f.refused(release(never), types.ErrWrongStatus, "quarantine it first")
	f.guard(removed)
	f.remove(removed)
	f.refused(release(removed), types.ErrWrongStatus)
}

func TestThePeopleNeedNotConfirmToDecide(t *testing.T) {
	f := guarded(t)
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	f.guard(a)
	f.release(a)
	require.Equal(t, types.STATUS_REVEALED, f.status(a))
	f.guard(b)
	f.remove(b)
	f.later(100 * time.Hour)
	require.Equal(t, types.STATUS_REVEALED, f.status(a))
	require.Equal(t, types.STATUS_REMOVED, f.status(b))
}

func TestAGuardianCannotHaveTheSameContributionTwice(t *testing.T) {
	f := guarded(t)
	f.name("gina", "george")
	id := f.revealed("alice", "a")
	f.guard(id)
	f.refusedGuard("george", id, types.ErrWrongStatus, "a guardian cannot prolong that")
	f.later(72 * time.Hour)
	f.refusedGuard("gina", id, types.ErrGuardCooldown, "2027-02-17", "propose a quarantine")
	f.refusedGuard("george", id, types.ErrGuardCooldown)
	f.later(30*24*time.Hour - time.Millisecond)
	f.refusedGuard("george", id, types.ErrGuardCooldown)
	f.later(time.Millisecond)
	f.guard(id)
	f.release(id)
	f.refusedGuard("gina", id, types.ErrGuardCooldown)
	f.quarantine(id)
	require.Equal(t, types.STATUS_QUARANTINED, f.status(id), "the people may, at any time")
}

func TestGuardiansHoldAShareOfATopicAndNoMore(t *testing.T) {
	f := guarded(t)
	f.topics[openID].Schedule.MaxActive = 64
	var ids []uint64
	for i := range 29 {
		ids = append(ids, f.revealed(fmt.Sprint("builder ", i), fmt.Sprint("model-", i)))
	}
	f.refusedGuard("gina", 99, types.ErrContributionNotFound)
	require.Len(t, f.begin(1), 29)
	f.guard(ids[0])
	f.guard(ids[1])
	f.refusedGuard("gina", ids[2], types.ErrGuardBound, "hold 2 contributions of topic 1 and may hold 2")
	resp, err := f.query.Guardians(f.ctx, &types.QueryGuardiansRequest{TopicId: openID})
	require.NoError(t, err)
	require.Equal(t, []string{account("gina").String()}, resp.Guardians)
	require.Equal(t, uint32(2), resp.MayHold)
	require.Equal(t, []types.Contribution{f.get(ids[0]), f.get(ids[1])}, resp.Held)
	f.quarantine(ids[0])
	f.guard(ids[2])
	f.refusedGuard("gina", ids[3], types.ErrGuardBound)
	f.later(72 * time.Hour)
	f.guard(ids[3])

	params := types.DefaultParams()
	params.GuardianShareBp = 0
	f.setParams(params)
	f.refusedGuard("gina", ids[4], types.ErrGuardBound, "may hold 0")
	f.later(72 * time.Hour)
	require.Equal(t, types.STATUS_REVEALED, f.status(ids[3]), "what they hold still ends")
}

func (f *fixture) refusedPause(who string, id uint64, want error, words ...string) {
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.GuardianPauseTopic(ctx, &types.MsgGuardianPauseTopic{Guardian: account(who).String(), TopicId: id, ReasonUri: grounds})
		return err
	}, want, words...)
}

func TestAGuardianPausesATopicForItsTimeAndAsManyAsGuardiansMay(t *testing.T) {
	f := guarded(t)
	f.refusedPause("eve", openID, types.ErrNotGuardian)
	f.refusedPause("gina", 99, errNoTopic)
	resp, err := f.msg.GuardianPauseTopic(f.ctx, &types.MsgGuardianPauseTopic{Guardian: account("gina").String(), TopicId: openID, ReasonUri: grounds})
	require.NoError(t, err)
	require.Equal(t, f.ctx.BlockTime().Add(72*time.Hour).UnixMilli(), resp.UntilMs)
	require.Equal(t, topictypes.Pause{Guardian: account("gina").String(), ReasonUri: grounds, UntilMs: resp.UntilMs}, *f.topics[openID].Pause)
	require.Equal(t, f.ctx.BlockTime().Add(33*24*time.Hour).UnixMilli(), f.topics[openID].GuardableFromMs, "the period, and then the cooldown")
	f.refusedPause("gina", closedID, types.ErrGuardBound, "hold 1 topics paused and may hold 1", "propose a pause")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.CommitContribution(ctx, commitMsg("alice", "a", openID))
		return err
	}, types.ErrTopicNotActive, "paused by a guardian", grounds, "by itself at 2027-01-18")
	held, err := f.query.Guardians(f.ctx, &types.QueryGuardiansRequest{})
	require.NoError(t, err)
	require.Equal(t, &types.QueryGuardiansResponse{Guardians: []string{account("gina").String()}, PausedTopicIds: []uint64{openID}, MayPause: 1}, held)

	*f.topics[openID] = f.topics[openID].Resumed()
	params := types.DefaultParams()
	params.GuardianShareBp = 0
	f.setParams(params)
	f.refusedPause("gina", closedID, types.ErrGuardBound, "may hold 0")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.GuardianPauseTopic(ctx, &types.MsgGuardianPauseTopic{Guardian: account("gina").String(), TopicId: openID})
		return err
	}, types.ErrInvalidURI, "say why")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.GuardianPauseTopic(ctx, &types.MsgGuardianPauseTopic{Guardian: "gina", TopicId: openID, ReasonUri: grounds})
		return err
	}, types.ErrInvalidAddress, "guardian")
}

func TestHowMuchGuardiansMayHold(t *testing.T) {
	for _, tc := range []struct{ bp, competing, held, may uint32 }{
		{1_000, 0, 0, 1},
		{1_000, 9, 0, 1},
		{1_000, 20, 0, 2},
		{1_000, 19, 1, 2},
		{1_000, 18, 1, 1},
		{2_500, 65_536, 0, 64},
		{0, 65_536, 5, 0},
	} {
		require.Equal(t, tc.may, types.Params{GuardianShareBp: tc.bp}.MayHold(tc.competing, int(tc.held)), "%+v", tc)
	}
}

func TestOnlyGuardiansGuardAndOnlyThePeopleNameThem(t *testing.T) {
	f := guarded(t)
	id := f.revealed("alice", "a")
	f.refusedGuard("eve", id, types.ErrNotGuardian, "propose a quarantine")
	f.name("george")
	f.refusedGuard("gina", id, types.ErrNotGuardian)
	require.Equal(t, &types.EventGuardiansSet{Guardians: []string{account("george").String()}}, f.lastEvent())
	hidden := f.commit("bob", "b")
	f.refusedGuard("george", hidden, types.ErrWrongStatus, "not revealed yet")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.GuardianQuarantine(ctx, &types.MsgGuardianQuarantine{Guardian: account("george").String(), ContributionId: id})
		return err
	}, types.ErrInvalidURI, "say why")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.GuardianQuarantine(ctx, &types.MsgGuardianQuarantine{Guardian: "george", ContributionId: id, ReasonUri: grounds})
		return err
	}, types.ErrInvalidAddress, "guardian")

	set := func(authority string, guardians ...string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := f.msg.SetGuardians(ctx, &types.MsgSetGuardians{Authority: authority, Guardians: guardians})
			return err
		}
	}
	gina := account("gina").String()
	f.refused(set(gina, gina), sdkerrors.ErrUnauthorized)
	f.refused(set(authority, gina, gina), types.ErrInvalidGuardians, "twice")
	f.refused(set(authority, "gina"), types.ErrInvalidGuardians, "bech32")
	f.refused(set(authority, make([]string, 17)...), types.ErrInvalidGuardians, "at most 16")
	f.name()
	resp, err := f.query.Guardians(f.ctx, &types.QueryGuardiansRequest{})
	require.NoError(t, err)
	require.Empty(t, resp.Guardians)
}

func TestABlockEndsAsManyQuarantinesAsItMay(t *testing.T) {
	f := guarded(t)
	params := types.DefaultParams()
	params.MaxExpiriesPerBlock, params.GuardianShareBp = 2, types.MaxGuardianShareBp
	f.setParams(params)
	f.topics[openID].Schedule.MaxActive = 64
	var ids []uint64
	for i := range 20 {
		ids = append(ids, f.revealed(fmt.Sprint("builder ", i), fmt.Sprint("model-", i)))
	}
	f.begin(1)
	for _, id := range ids[:5] {
		f.guard(id)
	}
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(72 * time.Hour))
	for _, left := range []int{3, 1, 0} {
		f.nextBlock()
		held, err := f.query.Guardians(f.ctx, &types.QueryGuardiansRequest{TopicId: openID})
		require.NoError(t, err)
		require.Len(t, held.Held, left)
	}
}

// stubborn refuses the release of one contribution, or panics.
type stubborn struct {
	judgements
	id     uint64
	panics bool
}

var errStubborn = errors.New("refused on purpose")

func (s *stubborn) AfterContributionReleased(_ context.Context, id uint64) error {
	if id == s.id && s.panics {
		panic(errStubborn)
	}
	if id == s.id {
		return errStubborn
	}
	return nil
}

func TestAQuarantineThatCannotBeEndedHoldsUpNone(t *testing.T) {
	f := guarded(t)
	params := types.DefaultParams()
	params.MaxExpiriesPerBlock, params.GuardianShareBp = 1, types.MaxGuardianShareBp
	f.setParams(params)
	f.topics[openID].Schedule.MaxActive = 64
	var ids []uint64
	for i := range 8 {
		ids = append(ids, f.revealed(fmt.Sprint("builder ", i), fmt.Sprint("model-", i)))
	}
	f.begin(1)
	f.guard(ids[0])
	f.guard(ids[1])
	told := &stubborn{id: ids[0]}
	f.keeper.SetHooks(told)
	before := f.get(ids[0])
	f.ctx = f.ctx.WithBlockTime(f.ctx.BlockTime().Add(72 * time.Hour))
	require.NoError(t, f.keeper.EndBlock(f.ctx))
	require.Contains(t, f.events(), &types.EventQuarantineExpiryFailed{ContributionId: ids[0], Reason: errStubborn.Error()})
	f.nextBlock()
	after := f.get(ids[0])
	after.Quarantine.UntilMs = before.Quarantine.UntilMs
	require.Equal(t, before, after, "nothing is half done")
	require.Equal(t, types.STATUS_REVEALED, f.status(ids[1]))
	told.panics = true
	f.later(time.Hour)
	require.Contains(t, f.events(), &types.EventQuarantineExpiryFailed{ContributionId: ids[0], Reason: topictypes.ErrPanicked.Error()})
	require.Equal(t, types.STATUS_QUARANTINED, f.status(ids[0]))
	told.id = 0
	f.later(time.Hour)
	require.Equal(t, types.STATUS_REVEALED, f.status(ids[0]))
}

func TestAGenesisWithWrongGuardsIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*types.GenesisState){
		"a guardian twice":                     func(g *types.GenesisState) { g.Guardians = append(g.Guardians, g.Guardians...) },
		"no address":                           func(g *types.GenesisState) { g.Guardians[0] = "gina" },
		"an end before time":                   func(g *types.GenesisState) { g.Contributions[0].Quarantine.UntilMs = -1 },
		"an end of what no guardian began":     func(g *types.GenesisState) { g.Contributions[0].Quarantine.Guardian = "" },
		"a guardian that is none":              func(g *types.GenesisState) { g.Contributions[0].Quarantine.Guardian = "gina" },
		"a quarantine without a cooldown":      func(g *types.GenesisState) { g.Contributions[0].GuardableFromMs = 0 },
		"a cooldown before time":               func(g *types.GenesisState) { g.Contributions[0].GuardableFromMs = -1 },
		"a cooldown of what was not shown yet": func(g *types.GenesisState) { g.Contributions[1].GuardableFromMs = 5 },
	} {
		t.Run(name, func(t *testing.T) {
			f := guarded(t)
			f.guard(f.revealed("alice", "a"))
			f.commit("bob", "b")
			g, err := f.keeper.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, g.Validate())
			spoil(g)
			require.Error(t, g.Validate())
		})
	}
}
