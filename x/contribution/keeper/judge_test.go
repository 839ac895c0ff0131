// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/contribution/types"
)

func TestAQuarantineTakesOutOfScoringAndARemovalBurnsTheBond(t *testing.T) {
	f := newFixture(t)
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	f.end(1, f.begin(1), []uint64{9, 8})
	f.endorse(b)
	require.Equal(t, &types.Endorsement{Height: f.ctx.BlockHeight(), ProposalId: 8, ReasonUri: grounds}, f.get(b).Endorsement)
	f.quarantine(b)
	c := f.get(b)
	require.Equal(t, types.STATUS_QUARANTINED, c.Status)
	require.Equal(t, &types.Quarantine{Height: f.ctx.BlockHeight(), ProposalId: 7, ReasonUri: grounds, Before: types.STATUS_REVEALED}, c.Quarantine)
	require.Nil(t, c.Endorsement, "the people's word is void")
	require.True(t, c.IsQuarantined())
	require.Equal(t, []uint64{a}, f.set().IDs())
	require.Equal(t, []uint64{b}, f.ownedBy("bob"), "the open epoch may measure it")
	f.refusedWithdraw("bob", b, types.ErrNotWithdrawable, "quarantined since block", grounds)
	require.Equal(t, []uint64{a}, f.begin(2))
	require.Equal(t, uint64(1_000), f.bonds(), "a quarantine holds the bond")

	burnt := f.bank.burnt
	f.remove(b)
	require.Equal(t, types.STATUS_REMOVED, f.status(b))
	require.Equal(t, burnt+500, f.bank.burnt)
	require.Equal(t, uint64(500), f.bonds())
	require.Equal(t, b, f.owner("b"), "the digest stays taken")
	require.Equal(t, &types.Ending{Height: f.ctx.BlockHeight(), Reason: types.END_REASON_AUTHORITY, ReasonUri: grounds}, f.get(b).Ending)
	require.NoError(t, f.keeper.Audit(f.ctx))
}

func TestWhatIsReleasedWaitsForAPlaceAheadOfAllNewerOnes(t *testing.T) {
	f := newFixture(t)
	a := f.revealed("alice", "a")
	f.end(1, f.begin(1), []uint64{9})
	f.quarantine(a)
	f.begin(2)
	b := f.revealed("bob", "b")
	f.release(a)
	require.Equal(t, types.STATUS_REVEALED, f.status(a))
	f.topics[openID].Schedule.MaxActive = 1
	require.Equal(t, []uint64{a}, f.begin(3))
	require.Equal(t, types.STATUS_REVEALED, f.status(b))
	require.Equal(t, []uint64{a}, f.ownedBy("alice"))
	require.NoError(t, f.keeper.Audit(f.ctx))
}

func TestWhatIsReleasedBeforeTheNextEpochIsMeasuredInItAgain(t *testing.T) {
	f := newFixture(t)
	a := f.revealed("alice", "a")
	for epoch := uint64(1); epoch < 8; epoch++ {
		require.Equal(t, []uint64{a}, f.begin(epoch))
		require.Equal(t, []uint64{a}, f.ownedBy("alice"))
		require.NoError(t, f.keeper.Audit(f.ctx))
		f.quarantine(a)
		f.release(a)
		f.exportImport()
	}
}

func TestAFraudThatIsFoundLateCanStillBeQuarantined(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "a")
	f.withdraw("alice", id)
	f.nextBlock()
	f.quarantine(id)
	f.nextBlock()
	require.Equal(t, types.STATUS_QUARANTINED, f.status(id))
	f.release(id)
	require.Equal(t, types.STATUS_WITHDRAWN, f.status(id))
	f.quarantine(id)
	f.remove(id)
	require.Equal(t, types.STATUS_REMOVED, f.status(id))
	require.NoError(t, f.keeper.Audit(f.ctx))
}

func TestAnEndorsementCanBeTakenBack(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "a")
	f.endorse(id)
	_, err := f.msg.Endorse(f.ctx, &types.MsgEndorse{Authority: authority, ContributionId: id, Revoke: true})
	require.NoError(t, err)
	require.Nil(t, f.get(id).Endorsement)
	require.Equal(t, &types.EventContributionEndorsed{ContributionId: id}, f.lastEvent())
}

func TestOnlyThePeopleJudgeAndOnlyWhatWasSeen(t *testing.T) {
	f := newFixture(t)
	hidden := f.commit("alice", "hidden")
	first, second := f.commit("alice", "m"), f.commit("bob", "m")
	f.nextBlock().reveal("bob", "m", second)
	f.reveal("alice", "m", first)
	jailed, removed := f.revealed("carol", "c"), f.revealed("dave", "d")
	f.quarantine(jailed)
	f.quarantine(removed)
	f.remove(removed)

	type judge func(ctx context.Context, authority string, id uint64) error
	endorse := func(ctx context.Context, by string, id uint64) error {
		_, err := f.msg.Endorse(ctx, &types.MsgEndorse{Authority: by, ContributionId: id})
		return err
	}
	revoke := func(ctx context.Context, by string, id uint64) error {
		_, err := f.msg.Endorse(ctx, &types.MsgEndorse{Authority: by, ContributionId: id, Revoke: true})
		return err
	}
	quarantine := func(ctx context.Context, by string, id uint64) error {
		_, err := f.msg.Quarantine(ctx, &types.MsgQuarantine{Authority: by, ContributionId: id, ReasonUri: grounds})
		return err
	}
	release := func(ctx context.Context, by string, id uint64) error {
		_, err := f.msg.Release(ctx, &types.MsgRelease{Authority: by, ContributionId: id})
		return err
	}
	remove := func(ctx context.Context, by string, id uint64) error {
		_, err := f.msg.Remove(ctx, &types.MsgRemove{Authority: by, ContributionId: id, ReasonUri: grounds})
		return err
	}
	all := map[string]judge{"endorse": endorse, "revoke": revoke, "quarantine": quarantine, "release": release, "remove": remove}
	for _, act := range all {
		f.refused(func(ctx context.Context) error { return act(ctx, account("eve").String(), first) }, sdkerrors.ErrUnauthorized)
		f.refused(func(ctx context.Context) error { return act(ctx, authority, 99) }, types.ErrContributionNotFound, "99")
		for _, id := range []uint64{hidden, second, removed} {
			f.refused(func(ctx context.Context) error { return act(ctx, authority, id) }, types.ErrWrongStatus)
		}
	}
	f.refused(func(ctx context.Context) error { return endorse(ctx, authority, jailed) }, types.ErrWrongStatus, "release it first")
	f.refused(func(ctx context.Context) error { return quarantine(ctx, authority, jailed) }, types.ErrWrongStatus, "release or remove it")
	f.refused(func(ctx context.Context) error { return release(ctx, authority, first) }, types.ErrWrongStatus, "quarantine it first")
	f.refused(func(ctx context.Context) error { return revoke(ctx, authority, first) }, types.ErrWrongStatus, "nothing to take back")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.Quarantine(ctx, &types.MsgQuarantine{Authority: authority, ContributionId: first})
		return err
	}, types.ErrInvalidURI, "say why")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.Remove(ctx, &types.MsgRemove{Authority: authority, ContributionId: jailed})
		return err
	}, types.ErrInvalidURI, "say why")
	f.refused(func(ctx context.Context) error {
		_, err := f.msg.Endorse(ctx, &types.MsgEndorse{Authority: authority, ContributionId: first, ReasonUri: "no"})
		return err
	}, types.ErrInvalidURI)
}

// judgements records what hooks are called with, and refuses on demand.
type judgements struct {
	calls   []string
	refuses error
}

func (j *judgements) note(what string, id uint64) error {
	j.calls = append(j.calls, fmt.Sprint(what, " ", id))
	return j.refuses
}

func (j *judgements) AfterContributionQuarantined(_ context.Context, id uint64) error {
	return j.note("quarantined", id)
}

func (j *judgements) AfterContributionReleased(_ context.Context, id uint64) error {
	return j.note("released", id)
}

func (j *judgements) AfterContributionWithdrawn(_ context.Context, id uint64) error {
	return j.note("withdrawn", id)
}

func (j *judgements) AfterContributionRemoved(_ context.Context, id uint64) error {
	return j.note("removed", id)
}

func TestHooksAreToldOfEveryJudgementAndCanRefuseIt(t *testing.T) {
	f := newFixture(t)
	a := f.revealed("alice", "a")
	told := &judgements{}
	f.keeper.SetHooks(types.NewMultiContributionHooks(told, told))
	f.quarantine(a)
	f.release(a)
	f.quarantine(a)
	f.remove(a)
	want := []string{"quarantined 1", "quarantined 1", "released 1", "released 1", "quarantined 1", "quarantined 1", "removed 1", "removed 1"}
	require.Equal(t, want, told.calls)

	b := f.revealed("bob", "b")
	told.refuses = errors.New("refused on purpose")
	_, err := f.keeper.Quarantine(f.ctx, &types.MsgQuarantine{ContributionId: b})
	require.ErrorIs(t, err, told.refuses)
	require.ErrorIs(t, f.keeper.Release(f.ctx, b), told.refuses)
	told.refuses = nil
	f.quarantine(b)
	told.refuses = errors.New("refused again")
	require.ErrorIs(t, f.keeper.Remove(f.ctx, &types.MsgRemove{ContributionId: b}), told.refuses)
}

func TestHooksAreToldOfAWithdrawalAndCanRefuseIt(t *testing.T) {
	f := newFixture(t)
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	told := &judgements{}
	f.keeper.SetHooks(types.NewMultiContributionHooks(told, told))
	require.NoError(t, f.keeper.Withdraw(f.ctx, a, account("alice").String()))
	require.Equal(t, []string{"withdrawn 1", "withdrawn 1"}, told.calls)
	told.refuses = errors.New("refused on purpose")
	require.ErrorIs(t, f.keeper.Withdraw(f.ctx, b, account("bob").String()), told.refuses)
}
