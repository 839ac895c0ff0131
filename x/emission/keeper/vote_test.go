// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func (f *fixture) vote(who string, weights ...types.TopicWeight) error {
	_, err := f.msg.VoteTopics(f.ctx, &types.MsgVoteTopics{Voter: text(account(who)), Weights: weights})
	return err
}

func weight(topic uint64, bp uint32) types.TopicWeight {
	return types.TopicWeight{TopicId: topic, WeightBp: bp}
}

// electorate is a chain with four validators: val1 and val2 have 300 of their own each and
// alice has 400 with val1, bob 200 with val2; the set is small enough that it is tallied in
// one block a week.
func electorate(t testing.TB) *fixture {
	f := newFixture(t)
	f.issue(1)
	for validator, holders := range map[string][]string{"val1": {"val1", "alice"}, "val2": {"val2", "bob"}} {
		for _, holder := range holders {
			amount := map[string]int64{"val1": 300, "alice": 400, "val2": 300, "bob": 200}[holder]
			require.NoError(t, f.stake.delegate(holder, validator, amount*1_000_000))
		}
	}
	return f
}

// week lets a vote period pass.
func (f *fixture) week() { f.t.Helper(); f.block(7 * 24 * time.Hour) }

// tallied is the last tally.
func (f *fixture) tallied() types.TopicTally {
	f.t.Helper()
	response, err := f.query.LastTopicTally(f.ctx, &types.QueryLastTopicTallyRequest{})
	require.NoError(f.t, err)
	require.NotNil(f.t, response.Last)
	require.Nil(f.t, response.Run)
	return *response.Last
}

func (f *fixture) shares() []uint32 {
	return []uint32{f.shareOf(1), f.shareOf(2), f.shareOf(3)}
}

func TestAChainOnWhichNobodyVotesKeepsItsShares(t *testing.T) {
	f := electorate(t)
	f.week()
	require.Equal(t, []uint32{6000, 3000, 0}, f.shares())
	require.False(t, f.tallied().QuorumReached)
	require.Equal(t, uint64(1_200_000_000), f.tallied().Bonded)
	f.audit()
}

func TestAValidatorVotesWithAllStakeBehindItAndADelegatorOverridesForItsPart(t *testing.T) {
	f := electorate(t)
	require.NoError(t, f.vote("val1", weight(1, 10_000)))
	require.NoError(t, f.vote("val2", weight(2, 5_000), weight(3, 5_000)))
	require.Contains(t, events(f), "weal.emission.v1.EventTopicsVoted")
	f.week()
	require.Equal(t, []types.TopicStake{
		{TopicId: 1, StakeBp: 700_000_000 * 10_000, ShareBp: 4_000},
		{TopicId: 2, StakeBp: 250_000_000 * 10_000, ShareBp: 3_000},
		{TopicId: 3, StakeBp: 250_000_000 * 10_000, ShareBp: 3_000},
	}, f.tallied().Topics)
	require.Equal(t, []uint32{4_000, 3_000, 3_000}, f.shares())

	require.NoError(t, f.vote("alice", weight(3, 10_000)))
	vote, err := f.query.TopicVote(f.ctx, &types.QueryTopicVoteRequest{Voter: text(account("alice"))})
	require.NoError(t, err)
	require.Equal(t, [2]uint64{400_000_000, 0}, [2]uint64{vote.OwnStake, vote.FollowedStake})
	vote, err = f.query.TopicVote(f.ctx, &types.QueryTopicVoteRequest{Voter: text(account("val1"))})
	require.NoError(t, err)
	require.Equal(t, [2]uint64{300_000_000, 0}, [2]uint64{vote.OwnStake, vote.FollowedStake})
	f.week()
	require.Equal(t, uint64(300_000_000*10_000), f.tallied().Topics[0].StakeBp)
	require.Equal(t, uint64(650_000_000*10_000), f.tallied().Topics[2].StakeBp)
	require.Equal(t, []uint32{3_273, 2_727, 4_000}, f.shares())

	require.NoError(t, f.vote("alice"), "and follows the validator again")
	f.week()
	require.Equal(t, []uint32{4_000, 3_000, 3_000}, f.shares())
	f.audit()
}

func TestTooFewVotesChangeNothing(t *testing.T) {
	f := electorate(t)
	require.NoError(t, f.vote("alice", weight(3, 10_000)))
	require.NoError(t, f.vote("bob", weight(3, 10_000)))
	f.stake.slash("val1", 50)
	// 200 of 350 and all 200 of bob's are 400 of 850: a quorum. Without bob's it is none.
	require.NoError(t, f.vote("bob"))
	f.week()
	require.Equal(t, uint64(200_000_000), f.tallied().Voted)
	require.False(t, f.tallied().QuorumReached)
	require.Equal(t, []uint32{6000, 3000, 0}, f.shares())
	require.NoError(t, f.vote("bob", weight(3, 10_000)))
	f.week()
	require.True(t, f.tallied().QuorumReached)
	require.Equal(t, []uint32{0, 0, 4_000}, f.shares(), "what the cap leaves over nobody gets")
	f.audit()
}

func TestFloorsAndClosingsAreTheAuthoritys(t *testing.T) {
	f := electorate(t)
	require.NoError(t, f.vote("val1", weight(1, 5_000), weight(2, 5_000)))
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 2, Closed: true}, types.TopicShare{TopicId: 3, ShareBp: 500, FloorBp: 500}))
	require.Equal(t, []uint32{6000, 0, 500}, f.shares())
	f.refused(types.ErrInvalidVote, func() error { return f.vote("bob", weight(2, 10_000)) })
	f.week()
	require.Equal(t, []uint32{4_000, 0, 500}, f.shares())
	require.NoError(t, setShares(f, types.TopicShare{TopicId: 2, ShareBp: 100}, types.TopicShare{TopicId: 3}))
	f.week()
	require.Equal(t, []uint32{4_000, 4_000, 0}, f.shares())
	f.refused(types.ErrInvalidShares, func() error { return setShares(f, types.TopicShare{TopicId: 3, ShareBp: 1, FloorBp: 2}) })
	f.audit()
}

func TestAFewVotesOfMuchStakeGiveATopicNothing(t *testing.T) {
	f := electorate(t)
	require.NoError(t, f.vote("val1", weight(1, 9_991), weight(2, 9)))
	f.week()
	require.Equal(t, []uint32{4_000, 0, 0}, f.shares(), "less than a thousandth of what was voted")
}

func TestVotesOfARetiredTopicCountForNobody(t *testing.T) {
	f := electorate(t)
	require.NoError(t, f.vote("val1", weight(1, 5_000), weight(2, 3_000), weight(3, 2_000)))
	f.retire(1)
	f.week()
	require.Equal(t, []uint32{0, 4_000, 4_000}, f.shares())
	f.audit()
}

func TestAnOperatorsEarlierVoteIsFollowedByItsNewValidator(t *testing.T) {
	f := electorate(t)
	require.NoError(t, f.stake.delegate("carol", "val1", 1))
	require.NoError(t, f.vote("carol", weight(3, 10_000)))
	f.staking[operator("carol")] = stakingtypes.Bonded
	require.NoError(t, f.k.StakingHooks().AfterValidatorCreated(f.ctx, sdk.ValAddress(account("carol"))))
	require.NoError(t, f.stake.delegate("bob", "carol", 1_000_000_000))
	vote, err := f.query.TopicVote(f.ctx, &types.QueryTopicVoteRequest{Voter: text(account("carol"))})
	require.NoError(t, err)
	require.Equal(t, [2]uint64{1, 1_000_000_000}, [2]uint64{vote.OwnStake, vote.FollowedStake})
	f.week()
	require.Equal(t, []uint32{0, 0, 4_000}, f.shares())
	f.audit()
	_, err = f.stake.undelegate("bob", "carol", 100)
	require.NoError(t, err)
	delete(f.staking, operator("carol"))
	require.NoError(t, f.k.StakingHooks().AfterValidatorRemoved(f.ctx, nil, sdk.ValAddress(account("carol"))))
	f.audit()
}

func TestVotesAreRefused(t *testing.T) {
	many := make([]types.TopicWeight, types.MaxVotedTopics+1)
	for i := range many {
		many[i] = weight(uint64(i+1), 1)
	}
	cases := map[string]struct {
		voter   string
		weights []types.TopicWeight
		prepare func(f *fixture)
		want    error
		says    string
	}{
		"below the whole":           {weights: []types.TopicWeight{weight(1, 9_999)}, want: types.ErrInvalidVote, says: "sum to 9999"},
		"above the whole":           {weights: []types.TopicWeight{weight(1, 9_999), weight(2, 2)}, want: types.ErrInvalidVote, says: "sum to 10001"},
		"that wrap around":          {weights: []types.TopicWeight{weight(1, 1<<32-1), weight(2, 10_001)}, want: types.ErrInvalidVote},
		"of nothing":                {weights: []types.TopicWeight{weight(1, 0), weight(2, 10_000)}, want: types.ErrInvalidVote, says: "leave out"},
		"for topics twice":          {weights: []types.TopicWeight{weight(1, 5_000), weight(1, 5_000)}, want: types.ErrInvalidVote},
		"for too many topics":       {weights: many, want: types.ErrInvalidVote, says: "1 to 16"},
		"for a topic that is not":   {weights: []types.TopicWeight{weight(9, 10_000)}, want: types.ErrUnknownTopic},
		"without stake":             {voter: "carol", weights: []types.TopicWeight{weight(1, 10_000)}, want: types.ErrNoStake, says: "weald tx staking delegate"},
		"withdrawn without a vote":  {want: types.ErrVoteNotFound},
		"by no address":             {voter: "-", weights: []types.TopicWeight{weight(1, 10_000)}, want: sdkerrors.ErrInvalidAddress},
		"for a topic that is ended": {prepare: func(f *fixture) { f.retire(1) }, weights: []types.TopicWeight{weight(1, 10_000)}, want: types.ErrInvalidVote, says: "retired"},
		"for a sandbox": {
			prepare: func(f *fixture) {
				f.topics[3] = topictypes.Topic{Id: 3, Status: topictypes.STATUS_ACTIVE, Sandbox: true}
			},
			weights: []types.TopicWeight{weight(3, 10_000)}, want: types.ErrInvalidVote, says: "sandbox",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := electorate(t)
			if c.prepare != nil {
				c.prepare(f)
			}
			voter := text(account("alice"))
			switch c.voter {
			case "":
			case "-":
				voter = "alice"
			default:
				voter = text(account(c.voter))
			}
			f.refused(c.want, func() error {
				_, err := f.msg.VoteTopics(f.ctx, &types.MsgVoteTopics{Voter: voter, Weights: c.weights})
				require.ErrorContains(t, err, c.says)
				return err
			})
		})
	}
}

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
			for b.Loop() {
				cached, _ := f.ctx.CacheContext()
				_, err := f.query.TopicTally(cached, nil)
				require.NoError(b, err)
			}
		})
	}
}
