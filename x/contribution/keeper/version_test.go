// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestAnOlderVersionEarnsUntilTheNewOneWasScored(t *testing.T) {
	f := newFixture(t)
	older := f.revealed("alice", "v1")
	f.end(1, f.begin(1), []uint64{9})
	newer := f.revealedVersion("alice", "v2", older)
	require.Equal(t, newer, f.get(older).NewVersion)
	require.Equal(t, types.STATUS_ACTIVE, f.status(older), "it keeps its place while the new one waits")
	require.Equal(t, []uint64{older, newer}, f.begin(2), "both are measured")
	require.Equal(t, []uint64{older, newer}, f.begin(3), "a void epoch changes nothing")
	f.end(3, []uint64{older, newer}, []uint64{5, 4})
	require.Equal(t, types.STATUS_SUPERSEDED, f.status(older))
	require.Equal(t, types.Ending{Height: f.ctx.BlockHeight(), Reason: types.END_REASON_NEW_VERSION, By: newer}, *f.get(older).Ending)
	require.Equal(t, []uint64{newer}, f.set().IDs())
	require.Equal(t, []uint64{newer}, f.begin(4))
	f.nextBlock()
	require.Equal(t, uint64(500), f.bonds(), "the older one's bond came back")
	require.NoError(t, f.keeper.Audit(f.ctx))
}

func TestAVersionThatLeavesUnscoredLeavesTheOlderAsItWas(t *testing.T) {
	f := newFixture(t)
	older := f.revealed("alice", "v1")
	newer := f.revealedVersion("alice", "v2", older)
	f.withdraw("alice", newer)
	require.Zero(t, f.get(older).NewVersion)
	again := f.revealedVersion("alice", "v3", older)
	f.end(1, f.begin(1), []uint64{1, 1})
	require.Equal(t, types.STATUS_SUPERSEDED, f.status(older))
	require.Equal(t, types.STATUS_ACTIVE, f.status(again))
}

func TestAVersionOfOneThatIsGoneSupersedesNothing(t *testing.T) {
	f := newFixture(t)
	older := f.revealed("alice", "v1")
	newer := f.revealedVersion("alice", "v2", older)
	f.withdraw("alice", older)
	f.end(1, f.begin(1), []uint64{1})
	require.Equal(t, types.STATUS_WITHDRAWN, f.status(older))
	require.Equal(t, types.STATUS_ACTIVE, f.status(newer))
}

func TestAQuarantinedVersionIsSupersededWhenItIsReleased(t *testing.T) {
	f := newFixture(t)
	older := f.revealed("alice", "v1")
	newer := f.revealedVersion("alice", "v2", older)
	f.quarantine(older)
	f.end(1, f.begin(1), []uint64{1})
	require.Equal(t, types.STATUS_QUARANTINED, f.status(older))
	f.release(older)
	require.Equal(t, types.STATUS_SUPERSEDED, f.status(older))
	require.Equal(t, newer, f.get(older).Ending.By)
}

func TestVersionsFormAChain(t *testing.T) {
	f := newFixture(t)
	first := f.revealed("alice", "v1")
	second := f.revealedVersion("alice", "v2", first)
	third := f.revealedVersion("alice", "v3", second)
	f.end(1, f.begin(1), []uint64{1, 1, 1})
	require.Equal(t, []types.Status{types.STATUS_SUPERSEDED, types.STATUS_SUPERSEDED, types.STATUS_ACTIVE},
		[]types.Status{f.status(first), f.status(second), f.status(third)})
}

func TestAVersionMustBeOfAnOwnOneThatCompetes(t *testing.T) {
	f := newFixture(t)
	f.topics[closedID].Access = topictypes.ACCESS_OPEN
	mine, bobs, gone := f.revealed("alice", "mine"), f.revealed("bob", "bobs"), f.revealed("alice", "gone")
	f.withdraw("alice", gone)
	pending := f.revealed("alice", "pending")
	f.revealedVersion("alice", "pending-v2", pending)
	elsewhere, err := f.msg.CommitContribution(f.ctx, commitMsg("alice", "elsewhere", closedID))
	require.NoError(t, err)
	id := f.commit("alice", "new")
	hidden := f.commit("alice", "hidden")
	f.nextBlock().reveal("alice", "elsewhere", elsewhere.ContributionId)
	for name, tc := range map[string]struct {
		of   uint64
		says string
	}{
		"of itself":                        {id, "below the contribution's own"},
		"of a later one":                   {hidden, "below the contribution's own"},
		"of nobody":                        {0, ""},
		"of another's":                     {bobs, "only its contributor can supersede it"},
		"of one in another topic":          {elsewhere.ContributionId, "competes in topic 2"},
		"of one that left":                 {gone, "expected one that competes"},
		"of one that another will replace": {pending, "once that is scored"},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.of == 0 {
				return
			}
			m := revealMsg("alice", "new", id)
			m.VersionOf = tc.of
			f.refusedReveal(m, types.ErrInvalidVersion, tc.says)
		})
	}
	m := revealMsg("alice", "hidden", hidden)
	m.VersionOf = mine
	_, err = f.msg.RevealContribution(f.ctx, m)
	require.NoError(t, err)
}
