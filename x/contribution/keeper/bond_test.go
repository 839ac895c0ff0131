// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
)

func TestABondIsHeldFromTheRevealUntilTheContributionLeaves(t *testing.T) {
	for name, tc := range map[string]struct {
		leave func(f *fixture, id uint64)
		want  types.Status
	}{
		"it is withdrawn while it waits":    {func(f *fixture, id uint64) { f.withdraw("alice", id) }, types.STATUS_WITHDRAWN},
		"it is withdrawn while it competes": {func(f *fixture, id uint64) { f.begin(1); f.withdraw("alice", id) }, types.STATUS_WITHDRAWN},
		"the set is made smaller": {func(f *fixture, _ uint64) {
			f.begin(1)
			f.topics[openID].Schedule.MaxActive = 0
			f.begin(2)
		}, types.STATUS_PRUNED},
		"an earlier commit owns the bytes": {func(f *fixture, _ uint64) { f.reveal("eve", "m", 1) }, types.STATUS_DUPLICATE},
		"its topic is retired":             {func(f *fixture, _ uint64) { f.retire() }, types.STATUS_PRUNED},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			if tc.want == types.STATUS_DUPLICATE {
				require.Equal(t, uint64(1), f.commit("eve", "m"))
			}
			id := f.commit("alice", "m")
			price := f.get(id).Price
			require.Zero(t, f.bonds(), "a commit pays no bond")
			f.nextBlock().reveal("alice", "m", id)
			require.Equal(t, []uint64{500, 0}, []uint64{f.get(id).Bond, f.get(id).BondDue})
			require.Equal(t, uint64(500), f.bonds())
			tc.leave(f, id)
			f.nextBlock()
			require.Equal(t, tc.want, f.status(id))
			require.Zero(t, f.get(id).Bond)
			require.Equal(t, price, f.spent("alice"), "the bond came back, the price did not")
			require.NoError(t, f.keeper.Audit(f.ctx))
		})
	}
}

func TestWhoIsRefusedForBytesOfAnotherKeepsTheBond(t *testing.T) {
	f := newFixture(t)
	first, second := f.commit("alice", "m"), f.commit("bob", "m")
	f.nextBlock().reveal("alice", "m", first)
	f.refusedReveal(revealMsg("bob", "m", second), types.ErrDigestOwned)
	require.Equal(t, f.get(second).Price, f.spent("bob"))
}

func TestTheBondIsTheOneThatStoodAtTheCommit(t *testing.T) {
	f := newFixture(t)
	id := f.commit("alice", "m")
	f.topics[openID].Pricing.Bond = 1_000_000
	f.nextBlock().reveal("alice", "m", id)
	require.Equal(t, uint64(500), f.bonds())
}

func TestWhoCannotPayIsToldWhatIsMissing(t *testing.T) {
	f := newFixture(t)
	f.bank.balances[account("alice").String()] = 1_100
	id := f.commit("alice", "m")
	f.refusedCommit(commitMsg("alice", "n", openID), types.ErrCannotPay, "needs 1250uweal for the commit's price")
	f.nextBlock().refusedReveal(revealMsg("alice", "m", id), types.ErrCannotPay, "needs 500uweal for the bond")
}

func TestBondsComeBackABoundedNumberABlock(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaxExpiriesPerBlock = 2
	f.setParams(params)
	for _, model := range []string{"a", "b", "c"} {
		f.revealed("alice", model)
	}
	for id := uint64(1); id <= 3; id++ {
		f.withdraw("alice", id)
	}
	require.Equal(t, uint64(1_500), f.bonds())
	f.nextBlock()
	require.Equal(t, uint64(500), f.bonds())
	f.nextBlock()
	require.Zero(t, f.bonds())
}
