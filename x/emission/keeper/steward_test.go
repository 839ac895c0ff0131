// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/emission/types"
)

// steward names who answers for a topic, with that part of its budgets in basis points.
func (f *fixture) steward(topicID uint64, name string, bp uint32) {
	topic := f.topics[topicID]
	topic.Steward, topic.StewardBp = text(account(name)), bp
	f.topics[topicID] = topic
}

// cutOf is what somebody can claim as the steward of a topic.
func (f *fixture) cutOf(name string, topicID uint64) uint64 {
	f.t.Helper()
	response, err := f.query.StewardAccounts(f.ctx, &types.QueryStewardAccountsRequest{Steward: text(account(name))})
	require.NoError(f.t, err)
	for _, a := range response.Accounts {
		if a.TopicId == topicID {
			return a.Mature
		}
	}
	return 0
}

func TestAStewardsCutIsOutOfTheContributorsPart(t *testing.T) {
	pay := func(bp uint32) (*fixture, paidEpoch) {
		f := newFixture(t)
		f.steward(1, "sam", bp)
		id := f.contribution(1, "alice", "alice")
		f.issue(11)
		f.pay(scored(1, 1, []uint64{id}, one))
		f.audit()
		return f, f.payment(1, 1)
	}
	_, without := pay(0)
	require.Zero(t, without.StewardCut)
	require.Empty(t, without.Steward)

	f, with := pay(500)
	require.Equal(t, with.Budget/20, with.StewardCut)
	require.Equal(t, text(account("sam")), with.Steward)
	require.Equal(t, with.StewardCut, f.cutOf("sam", 1))
	require.Equal(t, without.ContributorsSpent, with.ContributorsSpent+with.StewardCut)
	require.Equal(t, without.ScoringSpent, with.ScoringSpent)
	told := said[*types.EventEpochPaid](f)
	require.Len(t, told, 1)
	require.Equal(t, with.Steward, told[0].Steward)
	require.Equal(t, with.StewardCut, told[0].StewardCut)
}

func TestASandboxOrATopicWithoutAStewardCutsNothing(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	topic := f.topics[1]
	topic.StewardBp = 500
	f.topics[1] = topic
	f.issue(11)
	f.pay(scored(1, 1, []uint64{id}, one))
	require.Zero(t, f.payment(1, 1).StewardCut)
	require.Zero(t, f.payment(1, 1).Carried)
	f.audit()
}

func TestAStewardWhoIsReplacedKeepsWhatIsItsOwn(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.steward(1, "sam", 100)
	f.issue(2)
	f.pay(scored(1, 1, []uint64{id}, one))
	first := f.cutOf("sam", 1)
	require.Positive(t, first)

	// Whoever answered for the topic when a payment began has its cut.
	f.issue(1)
	running := scored(1, 2, []uint64{id}, one).Scored()
	hooks := f.k.ScoringHooks()
	require.NoError(t, hooks.BeginRewards(f.ctx, running))
	f.steward(1, "tess", 500)
	f = resumed(t, f)
	hooks = f.k.ScoringHooks()
	_, whole, err := hooks.GoOnRewards(f.ctx, running, 1)
	require.NoError(t, err)
	require.True(t, whole)
	require.Equal(t, first, f.cutOf("sam", 1), "a payment does not count before it is whole")
	require.NoError(t, hooks.AfterEpochScored(f.ctx, running))
	both := f.cutOf("sam", 1)
	require.Equal(t, first+f.payment(1, 2).StewardCut, both)
	require.Zero(t, f.cutOf("tess", 1))

	f.issue(1)
	f.pay(scored(1, 3, []uint64{id}, one))
	require.Equal(t, both, f.cutOf("sam", 1))
	require.Equal(t, f.payment(1, 3).StewardCut, f.cutOf("tess", 1))
	_, err = f.claim("sam", 1)
	require.NoError(t, err)
	require.Equal(t, both, f.bank.of(account("sam")))
	f.refused(types.ErrNothingToClaim, func() error { _, err := f.claim("sam"); return err })
	f.audit()
}

func TestWhatNobodyEarnedIsNotCutWhileItIsCarried(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.steward(1, "sam", 500)
	f.issue(2)
	held := f.topicAccount(1).Accrued
	for epoch := uint64(1); epoch <= 5; epoch++ {
		f.pay(scored(1, epoch, []uint64{id}, 0))
		require.Zero(t, f.payment(1, epoch).StewardCut)
	}
	require.Zero(t, f.cutOf("sam", 1))
	require.Less(t, f.topicAccount(1).Accrued, held, "validators were paid")
	f.audit()
}

func TestAStewardIsPaidInTheTransferOfItsOwnContributions(t *testing.T) {
	f, mine, safe, _ := matured(t)
	f.steward(1, "alice", 200)
	f.steward(2, "alice", 200)
	f.pay(scored(1, 3, []uint64{mine}, one))
	f.pay(scored(2, 3, []uint64{4}, one))
	f.steward(1, "sam", 0)
	cut, other := f.cutOf("alice", 1), f.cutOf("alice", 2)
	require.Positive(t, cut)
	require.Positive(t, other)
	owed := f.reward(mine).Mature + cut
	before := f.bank.sends
	response, err := f.claim("alice", 1)
	require.NoError(t, err)
	require.Equal(t, before+2, f.bank.sends, "one transfer a recipient")
	require.Equal(t, []types.Payment{
		{Recipient: text(account("alice")), Amount: owed}, {Recipient: text(account("safe")), Amount: f.reward(safe).Claimed},
	}, response.Payments)
	require.Zero(t, f.cutOf("alice", 1))
	require.Equal(t, other, f.cutOf("alice", 2), "the topic was not named")
	f.audit()
}

func TestAStewardThatTakesNoCoinsLosesNothing(t *testing.T) {
	f := newFixture(t)
	id := f.contribution(1, "alice", "alice")
	f.steward(1, "sam", 100)
	f.bank.blocked[string(account("sam"))] = true
	f.issue(2)
	f.pay(scored(1, 1, []uint64{id}, one))
	f.refused(types.ErrBlockedRecipient, func() error { _, err := f.claim("sam"); return err })
}

func TestAGenesisWhoseStewardsContradictIsRefused(t *testing.T) {
	f := lived(t)
	for name, change := range map[string]func(state *types.GenesisState){
		"twice":           func(s *types.GenesisState) { s.StewardAccounts = append(s.StewardAccounts, s.StewardAccounts[0]) },
		"without amount":  func(s *types.GenesisState) { s.StewardAccounts[0].Mature = 0 },
		"without topic":   func(s *types.GenesisState) { s.StewardAccounts[0].TopicId = 0 },
		"without steward": func(s *types.GenesisState) { s.StewardAccounts[0].Steward = "" },
		"a cut of nobody": func(s *types.GenesisState) { s.Payments[0].Steward = "" },
		"without issuance": func(s *types.GenesisState) {
			*s = types.GenesisState{Params: s.Params, StewardAccounts: s.StewardAccounts}
		},
	} {
		t.Run(name, func(t *testing.T) {
			state, err := f.k.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, state.Validate())
			change(state)
			require.ErrorIs(t, state.Validate(), types.ErrInvalidGenesis)
		})
	}
}
