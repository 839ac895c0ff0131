// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestALaterCommitOfTheSameBytesIsRefusedAndNothingIsTaken(t *testing.T) {
	f := newFixture(t)
	first := f.revealed("alice", "m")
	second := f.commit("bob", "m")
	f.nextBlock().refusedReveal(revealMsg("bob", "m", second), types.ErrDigestOwned, "contribution 1 of topic 1")
	require.Equal(t, types.STATUS_COMMITTED, f.status(second))
	require.Equal(t, first, f.owner("m"))
}

func TestTheEarliestCommitOwnsTheDigestWhoeverRevealsFirst(t *testing.T) {
	f := newFixture(t)
	first, second := f.commit("alice", "m"), f.commit("bob", "m")
	f.nextBlock().reveal("bob", "m", second)
	require.Equal(t, second, f.owner("m"))
	require.Empty(t, f.begin(1), "nothing enters while an earlier commit can still be revealed")

	f.nextBlock().reveal("alice", "m", first)
	require.Equal(t, first, f.owner("m"))
	require.Equal(t, types.STATUS_DUPLICATE, f.status(second))
	require.Equal(t, []uint64{first}, f.begin(2))
}

func TestThatACopyLostItsDigestIsAnEvent(t *testing.T) {
	f := newFixture(t)
	first, second := f.commit("alice", "m"), f.commit("bob", "m")
	f.nextBlock().reveal("bob", "m", second)
	before := len(f.ctx.EventManager().Events())
	f.reveal("alice", "m", first)
	require.Len(t, f.ctx.EventManager().Events(), before+2)
	require.Contains(t, f.events(), &types.EventContributionEnded{ContributionId: second, TopicId: openID, Status: types.STATUS_DUPLICATE, By: first, Reason: types.END_REASON_EARLIER_COMMIT})
}

func TestADigestIsOwnedForEverAlsoByWhoWithdrew(t *testing.T) {
	f := newFixture(t)
	first := f.revealed("alice", "m")
	f.withdraw("alice", first)
	second := f.commit("alice", "m")
	f.nextBlock().refusedReveal(revealMsg("alice", "m", second), types.ErrDigestOwned)
	require.Equal(t, first, f.owner("m"))
}

func TestTheEarliestCommitTakesTheDigestOfWhoWithdrewToo(t *testing.T) {
	f := newFixture(t)
	first, second := f.commit("alice", "m"), f.commit("bob", "m")
	f.nextBlock().reveal("bob", "m", second)
	f.withdraw("bob", second)
	f.reveal("alice", "m", first)
	require.Equal(t, first, f.owner("m"))
	require.Equal(t, types.STATUS_WITHDRAWN, f.status(second), "what ended stays as it ended")
}

func TestADigestIsUniqueInATopicAndFreeInAnother(t *testing.T) {
	f := newFixture(t)
	f.topics[closedID].Access = topictypes.ACCESS_OPEN
	f.revealed("alice", "m")
	other, err := f.msg.CommitContribution(f.ctx, commitMsg("bob", "m", closedID))
	require.NoError(t, err)
	f.nextBlock().reveal("bob", "m", other.ContributionId)
}

// The rule of entry keeps this from happening; a genesis of another history, or a
// mistake in that rule, must not stop a reveal.
func TestAnActiveCopyLosesItsPlaceToTheEarliestCommit(t *testing.T) {
	f := newFixture(t)
	first, second := f.commit("alice", "m"), f.commit("bob", "m")
	f.nextBlock().reveal("bob", "m", second)
	f.atHeight(21) // at the end of this block the first would count as expired, in it it may be revealed
	require.Equal(t, []uint64{second}, f.begin(1))
	f.reveal("alice", "m", first)
	require.Equal(t, types.STATUS_DUPLICATE, f.status(second))
	require.Empty(t, f.set().Entries)
	require.Equal(t, []uint64{second}, f.set().Left)
	require.Equal(t, first, f.owner("m"))
}
