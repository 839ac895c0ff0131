// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// retire retires the open topic as x/topic does.
func (f *fixture) retire() {
	f.topics[openID].Status = topictypes.STATUS_RETIRED
	require.NoError(f.t, f.keeper.TopicHooks().AfterTopicRetired(f.ctx, openID))
}

func TestARetiredTopicEndsItsContributionsABoundedNumberABlock(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaxExpiriesPerBlock = 2
	f.setParams(params)
	a, b := f.revealed("alice", "a"), f.revealed("bob", "b")
	f.begin(1)
	c := f.revealed("carol", "c")
	hidden := f.commit("dave", "d")
	f.nextBlock()
	f.retire()
	f.refusedCommit(commitMsg("erin", "e", openID), types.ErrTopicNotActive, "retired, for good")
	f.refusedReveal(revealMsg("dave", "d", hidden), types.ErrTopicNotActive, "retired after the commit")

	f.nextBlock()
	require.Equal(t, []types.Status{types.STATUS_PRUNED, types.STATUS_PRUNED, types.STATUS_REVEALED}, []types.Status{f.status(a), f.status(b), f.status(c)})
	require.Equal(t, types.END_REASON_TOPIC_RETIRED, f.get(a).Ending.Reason)
	f.exportImport()
	f.nextBlock()
	require.Equal(t, types.STATUS_PRUNED, f.status(c))
	require.Zero(t, f.bonds())
	require.Empty(t, f.set().Entries)
	require.Equal(t, []uint64{a}, f.ownedBy("alice"), "an epoch may still be open that measures it")
	f.exportImport()
	require.NoError(t, f.keeper.TopicHooks().AfterTopicCreated(f.ctx, openID))
	require.NoError(t, f.keeper.TopicHooks().AfterTopicPaused(f.ctx, openID))
	require.NoError(t, f.keeper.TopicHooks().AfterTopicResumed(f.ctx, openID))
}

func TestWhatIsReleasedInARetiredTopicEndsToo(t *testing.T) {
	f := newFixture(t)
	id := f.revealed("alice", "a")
	f.quarantine(id)
	f.retire()
	f.nextBlock()
	require.Equal(t, types.STATUS_QUARANTINED, f.status(id), "the people still have to judge it")
	f.release(id)
	f.nextBlock()
	require.Equal(t, types.STATUS_PRUNED, f.status(id))
	require.Zero(t, f.bonds())
}

// exportImport checks that a chain that begins from an export has the same state.
func (f *fixture) exportImport() {
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(f.t, err)
	again := newFixture(f.tb)
	again.topics, again.bank = f.topics, f.bank
	again = again.rebuilt()
	require.NoError(f.t, again.keeper.InitGenesis(again.ctx, g))
	require.Equal(f.t, f.dump(), again.dump())
}
