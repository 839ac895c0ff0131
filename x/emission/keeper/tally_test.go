// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// slowly makes one block count one ballot.
func slowly(t testing.TB, f *fixture) {
	params := types.DefaultParams()
	params.TallyCells = 1
	require.NoError(t, f.k.Params.Set(f.ctx, params))
}

func TestStakeThatMovesWhileATallyRunsCountsOnceAndWhereItWas(t *testing.T) {
	f := electorate(t)
	slowly(t, f)
	require.NoError(t, f.vote("alice", weight(1, 10_000)))
	require.NoError(t, f.vote("bob", weight(2, 10_000)))
	f.week()
	response, err := f.query.LastTopicTally(f.ctx, &types.QueryLastTopicTallyRequest{})
	require.NoError(t, err)
	require.Nil(t, response.Last)
	require.NotNil(t, response.Run)
	// All of it goes over to the other validator, whichever has been counted; the other one is slashed, votes change.
	amount, err := f.stake.undelegate("alice", "val1", 100)
	require.NoError(t, err)
	require.NoError(t, f.stake.delegate("alice", "val2", amount))
	amount, err = f.stake.undelegate("bob", "val2", 100)
	require.NoError(t, err)
	require.NoError(t, f.stake.delegate("bob", "val1", amount))
	f.stake.slash("val1", 50)
	f.stake.slash("val2", 50)
	require.NoError(t, f.vote("bob", weight(3, 10_000)))
	require.NoError(t, f.vote("val1", weight(3, 10_000)))
	f.audit()
	f.block(time.Second)
	require.Equal(t, []types.TopicStake{
		{TopicId: 1, StakeBp: 400_000_000 * 10_000, ShareBp: 4_000},
		{TopicId: 2, StakeBp: 200_000_000 * 10_000, ShareBp: 4_000},
	}, f.tallied().Topics)
}

func TestAnExportedChainGoesOnWithItsTally(t *testing.T) {
	f := electorate(t)
	slowly(t, f)
	require.NoError(t, f.vote("alice", weight(1, 10_000)))
	require.NoError(t, f.vote("val2", weight(2, 5_000), weight(3, 5_000)))
	f.week()
	require.NoError(t, f.vote("val1", weight(3, 10_000)))
	require.NoError(t, f.vote("val2", weight(3, 10_000)))
	frozen, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.NotEmpty(t, frozen.Voting.Frozen)
	g := resumed(t, f)
	for _, chain := range []*fixture{f, g} {
		chain.block(time.Second)
		chain.week()
		chain.audit()
	}
	first, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	second, err := g.k.ExportGenesis(g.ctx)
	require.NoError(t, err)
	require.Equal(t, first, second)
}

func TestAGenesisWithWrongVotesIsRefused(t *testing.T) {
	for name, tamper := range map[string]func(g *types.GenesisState){
		"a vote twice":             func(g *types.GenesisState) { g.Votes = append(g.Votes, g.Votes[0]) },
		"a vote of nobody":         func(g *types.GenesisState) { g.Votes[0].Voter = "" },
		"a vote of no address":     func(g *types.GenesisState) { g.Votes[0].Voter = "alice" },
		"a vote of less than all":  func(g *types.GenesisState) { g.Votes[0].Weights[0].WeightBp-- },
		"a tally that nobody runs": func(g *types.GenesisState) { g.Voting.Clock.Running = false },
		"a count without a basis":  func(g *types.GenesisState) { g.Voting.Basis = nil },
		"a count of no tally":      func(g *types.GenesisState) { g.Voting.Run = nil },
		"a time before 1970":       func(g *types.GenesisState) { g.Voting.Clock.StartedMs = -1 },
		"more votes than stake":    func(g *types.GenesisState) { g.Voting.Run.Tally.Voted = g.Voting.Run.Tally.Bonded + 1 },
		"stake for a topic from nowhere": func(g *types.GenesisState) {
			g.Voting.Run.Tally.Topics = []types.TopicStake{{TopicId: 1, StakeBp: 1 << 63}}
		},
		"shares to set while it counts":   func(g *types.GenesisState) { g.Voting.Run.Changes = []types.ShareChange{{TopicId: 1}} },
		"a frozen ballot that is not sum": func(g *types.GenesisState) { g.Voting.Frozen[0].VotedShares = []byte{1} },
		"a validator above the cap":       func(g *types.GenesisState) { g.Voting.Basis.Standings[0].Tokens = types.CapUweal + 1 },
		"a floor above its share":         func(g *types.GenesisState) { g.TopicAccounts[0].FloorBp = 6_001 },
	} {
		t.Run(name, func(t *testing.T) {
			f := electorate(t)
			slowly(t, f)
			require.NoError(t, f.vote("alice", weight(1, 10_000)))
			f.week()
			require.NoError(t, f.vote("val2", weight(3, 10_000)))
			require.NoError(t, f.vote("val1", weight(3, 10_000)))
			g, err := f.k.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, g.Validate())
			tamper(g)
			h := bare(t)
			*h.bank = *f.bank.clone()
			require.ErrorIs(t, h.k.InitGenesis(h.ctx, *g), types.ErrInvalidGenesis)
		})
	}
}

func TestATallyThatFailsIsDroppedAndTheBlockGoesOn(t *testing.T) {
	f := electorate(t)
	require.NoError(t, f.vote("val1", weight(3, 10_000)))
	topic := f.topics[3]
	delete(f.topics, 3)
	f.week()
	require.Contains(t, events(f), "weal.emission.v1.EventTopicTallyFailed")
	require.Equal(t, []uint32{6000, 3000, 0}, f.shares())
	f.topics[3] = topic
	f.block(time.Second)
	require.NotContains(t, events(f), "weal.emission.v1.EventTopicTallyStarted")
	f.week()
	require.Equal(t, []uint32{0, 0, 4_000}, f.shares())
	f.audit()
}

func TestManySharesAreSetOverBlocksAndTheAuthoritysStands(t *testing.T) {
	f := electorate(t)
	const topics = 2*types.MaxSharesSetPerBlock + 10
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 1}, types.TopicShare{TopicId: 2}))
	for id := uint64(4); id < 4+topics; id++ {
		f.topics[id] = f.topics[1]
		require.NoError(t, setShares(f, types.TopicShare{TopicId: id, ShareBp: 40}))
	}
	require.NoError(t, f.vote("val1", weight(1, 10_000)))
	f.week()
	require.Zero(t, f.shareOf(1), "those that fall come first")
	require.Equal(t, uint32(40), f.shareOf(3+topics))
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 3 + topics, ShareBp: 30}))
	resumed(t, f)
	f.retire(2 + topics)
	f.block(time.Second)
	f.block(time.Second)
	require.Equal(t, uint32(4_000), f.shareOf(1))
	require.Equal(t, uint32(30), f.shareOf(3+topics))
	require.NotZero(t, f.tallied().FinishedMs)
	f.audit()
}

func TestNoFailureOfTheStoreIsSwallowedByVotes(t *testing.T) {
	voted := func(t *testing.T) *fixture {
		f := electorate(t)
		require.NoError(t, f.vote("val1", weight(1, 5_000), weight(3, 5_000)))
		require.NoError(t, f.vote("alice", weight(3, 10_000)))
		return f
	}
	for name, do := range map[string]func(f *fixture, ctx context.Context) error{
		"vote again": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.VoteTopics(ctx, &types.MsgVoteTopics{Voter: text(account("alice")), Weights: []types.TopicWeight{weight(2, 10_000)}})
			return err
		},
		"withdraw": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.VoteTopics(ctx, &types.MsgVoteTopics{Voter: text(account("val1"))})
			return err
		},
		"delegate": func(f *fixture, ctx context.Context) error {
			return f.k.StakingHooks().AfterDelegationModified(ctx, account("alice"), sdk.ValAddress(account("val1")))
		},
		"remove a delegation": func(f *fixture, ctx context.Context) error {
			return f.k.StakingHooks().BeforeDelegationRemoved(ctx, account("alice"), sdk.ValAddress(account("val1")))
		},
		"ask for a vote": func(f *fixture, ctx context.Context) error {
			_, err := f.query.TopicVote(ctx, &types.QueryTopicVoteRequest{Voter: text(account("val1"))})
			return err
		},
		"ask for votes": func(f *fixture, ctx context.Context) error {
			_, err := f.query.TopicVotes(ctx, &types.QueryTopicVotesRequest{})
			return err
		},
		"ask for a tally":  func(f *fixture, ctx context.Context) error { _, err := f.query.TopicTally(ctx, nil); return err },
		"ask for the last": func(f *fixture, ctx context.Context) error { _, err := f.query.LastTopicTally(ctx, nil); return err },
		"audit":            func(f *fixture, ctx context.Context) error { _, err := f.query.Audit(ctx, nil); return err },
		"export":           func(f *fixture, ctx context.Context) error { _, err := f.k.ExportGenesis(ctx); return err },
		"remove a validator": func(f *fixture, ctx context.Context) error {
			return f.k.StakingHooks().AfterValidatorRemoved(ctx, nil, sdk.ValAddress(account("val1")))
		},
	} {
		t.Run(name, func(t *testing.T) { failAtEveryAccess(t, voted(t), do) })
	}
}

// BenchmarkATallyOfManyVoters shows that a tally does not look at voters.
func BenchmarkATallyOfManyVoters(b *testing.B) {
	for _, voters := range []int{10, 1000} {
		b.Run(map[int]string{10: "ten", 1000: "a thousand"}[voters], func(b *testing.B) {
			f := electorate(b)
			for i := range voters {
				name := string(rune('a'+i%26)) + time.Duration(i).String()
				require.NoError(b, f.stake.delegate(name, "val1", 1_000_000))
				require.NoError(b, f.vote(name, weight(1, 5_000), weight(2, 2_000), weight(3, 3_000)))
			}
			f.commit()
			for b.Loop() {
				cached, _ := f.ctx.CacheContext()
				_, err := f.query.TopicTally(cached, nil)
				require.NoError(b, err)
			}
		})
	}
}
