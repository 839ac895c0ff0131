// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// everyStatus leaves a contribution of each status, and sets with those that left.
func everyStatus(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	f.topics[closedID].Access = topictypes.ACCESS_OPEN
	first, second := f.commit("alice", "same"), f.commit("bob", "same")
	f.nextBlock().reveal("bob", "same", second)
	f.reveal("alice", "same", first)
	gone := f.revealed("carol", "gone")
	f.revealed("dave", "stays")
	f.end(1, f.begin(1), []uint64{3, 2, 1})
	f.withdraw("carol", gone)
	f.end(2, f.begin(2), []uint64{3, 1})
	f.topics[openID].Schedule.MaxActive = 1
	f.end(3, f.begin(3), []uint64{3})
	f.end(4, f.begin(4), []uint64{3})
	f.withdraw("alice", first)
	other, err := f.msg.CommitContribution(f.ctx, commitMsg("erin", "other", closedID))
	require.NoError(t, err)
	f.nextBlock().reveal("erin", "other", other.ContributionId)
	_, err = f.keeper.BeginEpoch(f.ctx, *f.topics[closedID], 1, 0)
	require.NoError(t, err)
	f.topics[openID].Schedule.MaxActive = 3
	suspect, fraud := f.revealed("heidi", "suspect"), f.revealed("ivan", "fraud")
	f.quarantine(suspect)
	f.quarantine(fraud)
	f.remove(fraud)
	older := f.revealed("judy", "v1")
	newer := f.revealedVersion("judy", "v2", older)
	f.end(5, f.begin(5), []uint64{3, 3})
	require.Equal(f.t, types.STATUS_SUPERSEDED, f.status(older))
	f.topics[openID].Schedule.MaxActive = 0
	f.begin(6)
	f.topics[openID].Schedule.MaxActive = 3
	require.Equal(f.t, types.STATUS_PRUNED, f.status(newer))
	f.revealedVersion("frank", "waits-v2", f.revealed("frank", "waits"))
	f.split("erin", other.ContributionId, types.Payee{Address: account("team").String(), ShareBp: 10_000})
	f.endorse(other.ContributionId)
	f.commit("grace", "hidden")
	return f
}

func TestGenesisHoldsEverything(t *testing.T) {
	f := everyStatus(t)
	seen := map[types.Status]bool{}
	exported, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	for _, c := range exported.Contributions {
		seen[c.Status] = true
	}
	require.Len(t, seen, len(types.Status_name)-1, "the fixture leaves one of each status")
	require.NotEmpty(t, exported.ActiveSets[0].Left)
	require.NotEmpty(t, exported.ActiveSets[0].LeftBefore)

	again := newFixture(t)
	again.bank.balances = maps.Clone(f.bank.balances)
	require.NoError(t, f.keeper.Audit(f.ctx))
	require.NoError(t, again.keeper.InitGenesis(again.ctx, exported))
	require.Equal(t, f.dump(), again.dump(), "every key and value, indexes too")
	second, err := again.keeper.ExportGenesis(again.ctx)
	require.NoError(t, err)
	require.Equal(t, string(f.cdc.MustMarshalJSON(exported)), string(f.cdc.MustMarshalJSON(second)))
}

func TestGenesisIsRefusedWhole(t *testing.T) {
	f := everyStatus(t)
	exported, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)

	exported.NextContributionId = 1
	require.ErrorIs(t, newFixture(t).keeper.InitGenesis(f.ctx, exported), types.ErrInvalidGenesis)
	exported.NextContributionId = 100
	fresh := newFixture(t)
	require.ErrorIs(t, fresh.keeper.InitGenesis(fresh.ctx, exported), types.ErrInvalidGenesis, "the bank holds no bonds")
	fresh.bank.balances = maps.Clone(f.bank.balances)
	delete(fresh.topics, closedID)
	require.ErrorIs(t, fresh.keeper.InitGenesis(fresh.ctx, exported), errNoTopic)
}
