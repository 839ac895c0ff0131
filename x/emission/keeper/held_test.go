// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

// judge tells the module what the people decided about a contribution.
func (f *fixture) judge(id uint64, status contributiontypes.Status) {
	f.t.Helper()
	hooks := f.k.ContributionHooks()
	tell := map[contributiontypes.Status]func(context.Context, uint64) error{
		contributiontypes.STATUS_QUARANTINED: hooks.AfterContributionQuarantined,
		contributiontypes.STATUS_REVEALED:    hooks.AfterContributionReleased,
		contributiontypes.STATUS_REMOVED:     hooks.AfterContributionRemoved,
	}[status]
	f.contributions.list[id-1].Status = status
	require.NoError(f.t, tell(f.ctx, id))
	f.audit()
}

// payOthers pays later epochs of topic 1 to bob's contribution only, so that what is older matures, and is deleted.
func (f *fixture) payOthers(from, to uint64) {
	f.t.Helper()
	for epoch := from; epoch <= to; epoch++ {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{3}, one))
		f.audit()
	}
}

func TestNothingOfAQuarantinedContributionMatures(t *testing.T) {
	f, mine, _, _ := matured(t)
	before := f.reward(mine)
	require.Positive(t, before.Immature)
	f.judge(mine, contributiontypes.STATUS_QUARANTINED)
	require.Contains(t, events(f), "weal.emission.v1.EventRewardsFrozen")
	// Long enough that the tiles of its rewards are deleted.
	f.payOthers(3, 100)
	frozen := before
	frozen.Frozen = true
	require.Equal(t, frozen, f.reward(mine))

	// What was mature is the contributor's, whatever becomes of it.
	_, err := f.claim("alice")
	require.NoError(t, err)
	frozen.Mature, frozen.Claimed = 0, before.Mature
	require.Equal(t, frozen, f.reward(mine))
	f.refused(types.ErrNothingToClaim, func() error {
		_, err := f.claim("alice", 1)
		require.ErrorContains(t, err, "are frozen while contribution 1 is quarantined")
		return err
	})
	f.audit()
}

func TestAReleaseMakesMatureWhatWouldBe(t *testing.T) {
	never, mine, _, _ := matured(t)
	f, _, _, _ := matured(t)
	f.judge(mine, contributiontypes.STATUS_QUARANTINED)
	never.payOthers(3, 5)
	f.payOthers(3, 5)
	require.NotEqual(t, never.reward(mine), f.reward(mine))
	f = resumed(t, f)
	f.judge(mine, contributiontypes.STATUS_REVEALED)
	require.Contains(t, events(f), "weal.emission.v1.EventRewardsReleased")
	require.Equal(t, never.reward(mine), f.reward(mine))
	require.Zero(t, f.reward(mine).Immature)
	_, err := f.claim("alice")
	require.NoError(t, err)
	f.audit()
}

func TestARemovalBurnsWhatIsImmatureAndNothingElse(t *testing.T) {
	f := newFixture(t)
	parent := f.contribution(1, "bob", "bob")
	fraud := f.contribution(1, "alice", "alice", contributiontypes.Parent{Id: parent, ShareBp: 1_000})
	child := f.contribution(1, "carol", "carol", contributiontypes.Parent{Id: fraud, ShareBp: 2_000})
	params := types.DefaultParams()
	params.MaturityEpochs = 2
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	f.issue(1)
	for epoch := uint64(1); epoch <= 4; epoch++ {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{fraud, child}, one/2, one/2))
	}
	had, passed, others := f.reward(fraud), f.reward(parent), f.reward(child)
	require.Positive(t, had.Mature)
	require.Positive(t, passed.Immature)

	f.judge(fraud, contributiontypes.STATUS_QUARANTINED)
	supply := f.bank.supply
	f.judge(fraud, contributiontypes.STATUS_REMOVED)
	require.Equal(t, supply-had.Immature, f.bank.supply)
	require.Contains(t, events(f), "weal.emission.v1.EventRewardsTakenBack")
	require.Equal(t, types.RewardAccount{ContributionId: fraud, Mature: had.Mature, TakenBack: had.Immature}, f.reward(fraud))
	require.Equal(t, passed, f.reward(parent), "royalties that it passed on are its parents'")
	require.Equal(t, others, f.reward(child))

	// It is given nothing any more, and what was mature can be claimed for ever.
	f = resumed(t, f)
	for epoch := uint64(5); epoch <= 9; epoch++ {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{child}, one))
		require.Equal(t, f.payment(1, epoch).ContributorsSpent, f.payment(1, epoch).RewardOf(child), "royalties stay with the child")
		f.audit()
	}
	require.Equal(t, types.RewardAccount{ContributionId: fraud, Mature: had.Mature, TakenBack: had.Immature}, f.reward(fraud))
	_, err := f.claim("alice")
	require.NoError(t, err)
	require.Equal(t, had.Mature, f.bank.of(account("alice")))
	f.audit()
}

func TestRoyaltiesStayWithTheChildWhileItsParentIsQuarantined(t *testing.T) {
	f := newFixture(t)
	parent := f.contribution(1, "bob", "bob")
	child := f.contribution(1, "carol", "carol", contributiontypes.Parent{Id: parent, ShareBp: 2_000})
	f.issue(1)
	paid := func(epoch uint64) uint64 {
		f.issue(1)
		f.pay(scored(1, epoch, []uint64{child}, one))
		f.audit()
		return f.payment(1, epoch).RewardOf(parent)
	}
	require.Positive(t, paid(1))
	f.judge(parent, contributiontypes.STATUS_QUARANTINED)
	require.Zero(t, paid(2))
	f.judge(parent, contributiontypes.STATUS_REVEALED)
	require.Positive(t, paid(3))
}

func TestWhatAnEpochGivesThatWasBeingPaidAtTheRemovalIsTakenBackAsItCounts(t *testing.T) {
	f := newFixture(t)
	other, fraud := f.contribution(1, "bob", "bob"), f.contribution(1, "alice", "alice")
	f.issue(2)
	f.pay(scored(1, 1, []uint64{other, fraud}, one/2, one/2))
	first := f.reward(fraud).Immature
	require.Positive(t, first)

	f.issue(1)
	running := scored(1, 2, []uint64{other, fraud}, one/2, one/2).Scored()
	hooks := f.k.ScoringHooks()
	require.NoError(t, hooks.BeginRewards(f.ctx, running))
	_, whole, err := hooks.GoOnRewards(f.ctx, running, 1)
	require.NoError(t, err)
	require.True(t, whole)
	f.judge(fraud, contributiontypes.STATUS_QUARANTINED)
	f.judge(fraud, contributiontypes.STATUS_REMOVED)
	require.Equal(t, types.RewardAccount{ContributionId: fraud, TakenBack: first}, f.reward(fraud))
	f = resumed(t, f)
	supply := f.bank.supply
	require.NoError(t, f.k.ScoringHooks().AfterEpochScored(f.ctx, running))
	late := f.payment(1, 2).RewardOf(fraud)
	require.Positive(t, late)
	require.Equal(t, supply-late, f.bank.supply)
	require.Equal(t, types.RewardAccount{ContributionId: fraud, TakenBack: first + late}, f.reward(fraud))
	f.audit()
}

func TestNothingStaysImmatureOfAContributionRemovedDuringTheLastPaymentOfARetiredTopic(t *testing.T) {
	for _, at := range []int{0, 1, 2, 3} {
		t.Run(fmt.Sprintf("after %d pieces", at), func(t *testing.T) {
			f := newFixture(t)
			foreign := f.contribution(2, "dora", "dora")
			fraud := f.contribution(1, "alice", "alice")
			child := f.contribution(1, "bob", "bob",
				contributiontypes.Parent{Id: foreign, ShareBp: 1_000}, contributiontypes.Parent{Id: fraud, ShareBp: 1_000})
			f.k.SetTileSize(1)
			f.issue(2)
			f.retire(1)
			running := scored(1, 1, []uint64{fraud, child}, one/2, one/2).Scored()
			hooks := f.k.ScoringHooks()
			require.NoError(t, hooks.BeginRewards(f.ctx, running))
			remove := func() {
				for _, id := range []uint64{foreign, fraud} {
					f.judge(id, contributiontypes.STATUS_QUARANTINED)
					f.judge(id, contributiontypes.STATUS_REMOVED)
				}
			}
			for i := range 4 {
				if i == at {
					remove()
				}
				_, whole, err := hooks.GoOnRewards(f.ctx, running, 1)
				require.NoError(t, err)
				require.Equal(t, i >= 2, whole)
			}
			require.NoError(t, hooks.AfterEpochScored(f.ctx, running))
			f.audit()
			for _, id := range []uint64{foreign, fraud} {
				require.Zero(t, f.reward(id).Immature)
				require.Equal(t, f.payment(1, 1).RewardOf(id), f.reward(id).TakenBack)
			}
			require.Positive(t, f.reward(fraud).TakenBack)
		})
	}
}

func TestAGenesisWhoseHeldAccountsContradictIsRefused(t *testing.T) {
	f, mine, _, _ := matured(t)
	f.judge(mine, contributiontypes.STATUS_QUARANTINED)
	cases := map[string]func(state *types.GenesisState){
		"more mature than epochs made so": func(s *types.GenesisState) { s.HeldAccounts[0].Mature *= 2 },
		"taken back without a removal":    func(s *types.GenesisState) { s.HeldAccounts[0].TakenBack = 1 },
		"more taken back than was given": func(s *types.GenesisState) {
			s.HeldAccounts[0].Removed, s.HeldAccounts[0].TakenBack = true, types.CapUweal
		},
		"twice": func(s *types.GenesisState) { s.HeldAccounts = append(s.HeldAccounts, s.HeldAccounts[0]) },
		"without issuance": func(s *types.GenesisState) {
			*s = types.GenesisState{Params: s.Params, HeldAccounts: s.HeldAccounts}
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			state, err := f.k.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, state.Validate())
			change(state)
			require.ErrorIs(t, state.Validate(), types.ErrInvalidGenesis)
		})
	}
	t.Run("of a contribution that is not quarantined", func(t *testing.T) {
		f.contributions.list[mine-1].Status = contributiontypes.STATUS_REVEALED
		response, err := f.query.Audit(f.ctx, &types.QueryAuditRequest{})
		require.NoError(t, err)
		require.False(t, response.Ok)
	})
}
