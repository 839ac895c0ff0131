// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
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
