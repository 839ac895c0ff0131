// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"errors"
	"math/big"
	"slices"
	"testing"
	"time"

	"cosmossdk.io/collections"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/emission/types"
)

var (
	stakers    = []string{"alice", "bob", "carol", "val1", "val2", "val3"}
	operatives = []string{"val1", "val2", "val3"}
)

// election drives votes and stake, and counts everything again with every delegation.
type election struct {
	*fixture
	rt *rapid.T
	// votes are by voter.
	votes map[string][]types.TopicWeight
	// expected is the recount at the start of the running tally.
	expected *types.TopicTally
	tallies  int
}

func newElection(t *testing.T, rt *rapid.T) *election {
	e := &election{fixture: newFixture(t), rt: rt, votes: map[string][]types.TopicWeight{}}
	e.t = rt
	e.staking[operator("val3")] = stakingtypes.Bonded
	params := types.DefaultParams()
	params.VotePeriodMs, params.TallyCells = types.MinVotePeriodMs, 1
	require.NoError(rt, e.k.Params.Set(e.ctx, params))
	e.issue(1)
	return e
}

// recount is the tally as a child would do it: every delegation of every bonded validator, one by one.
func (e *election) recount() types.TopicTally {
	tally := types.TopicTally{}
	stakes := map[uint64]*big.Int{}
	for address, status := range e.staking {
		if status != stakingtypes.Bonded || !e.stake.tokensOf(address).IsPositive() {
			continue
		}
		tokens, shares := e.stake.tokensOf(address).BigInt(), e.stake.sharesOf(address).BigInt()
		tally.Bonded += tokens.Uint64()
		voted, topics := new(big.Int), map[uint64]*big.Int{}
		for delegator, held := range e.stake.shares[address] {
			weights := e.voteOf(delegator)
			if weights == nil {
				weights = e.voteOf(accountOf(address))
			}
			if weights == nil {
				continue
			}
			voted.Add(voted, held.BigInt())
			for _, w := range weights {
				part := new(big.Int).Mul(held.BigInt(), big.NewInt(int64(w.WeightBp)))
				topics[w.TopicId] = part.Add(part, orZero(topics[w.TopicId]))
			}
		}
		tally.Voted += voted.Quo(voted.Mul(voted, tokens), shares).Uint64()
		for topic, sum := range topics {
			stake := sum.Quo(sum.Mul(sum, tokens), shares)
			stakes[topic] = stake.Add(stake, orZero(stakes[topic]))
		}
	}
	for topic := uint64(1); topic <= 3; topic++ {
		if stake := stakes[topic]; stake != nil && stake.Sign() > 0 {
			tally.Topics = append(tally.Topics, types.TopicStake{TopicId: topic, StakeBp: stake.Uint64()})
		}
	}
	return tally
}

func orZero(i *big.Int) *big.Int {
	if i == nil {
		return new(big.Int)
	}
	return i
}

func (e *election) voteOf(address string) []types.TopicWeight {
	for voter, weights := range e.votes {
		if text(account(voter)) == address {
			return weights
		}
	}
	return nil
}

func accountOf(operator string) string {
	bz, err := operators.StringToBytes(operator)
	if err != nil {
		panic(err)
	}
	return text(bz)
}

// bare leaves what a recount knows.
func counted(tally types.TopicTally) types.TopicTally {
	topics := slices.DeleteFunc(slices.Clone(tally.Topics), func(s types.TopicStake) bool { return s.StakeBp == 0 })
	for i := range topics {
		topics[i].ShareBp = 0
	}
	return types.TopicTally{Bonded: tally.Bonded, Voted: tally.Voted, Topics: append([]types.TopicStake(nil), topics...)}
}

func (e *election) staker() string { return rapid.SampledFrom(stakers).Draw(e.rt, "staker") }
func (e *election) percent() int64 { return rapid.SampledFrom([]int64{1, 33, 50, 100}).Draw(e.rt, "%") }

// present are the validators that are there: always one at least.
func (e *election) present() []string {
	return slices.DeleteFunc(slices.Clone(operatives), func(name string) bool {
		_, there := e.staking[operator(name)]
		return !there
	})
}

// validator is one that is there.
func (e *election) validator() string { return rapid.SampledFrom(e.present()).Draw(e.rt, "validator") }

func (e *election) Vote(*rapid.T) {
	voter := e.staker()
	weights := rapid.SampledFrom([][]types.TopicWeight{
		{{TopicId: 1, WeightBp: 10_000}},
		{{TopicId: 2, WeightBp: 10_000}},
		{{TopicId: 1, WeightBp: 1}, {TopicId: 3, WeightBp: 9_999}},
		{{TopicId: 1, WeightBp: 3_333}, {TopicId: 2, WeightBp: 3_333}, {TopicId: 3, WeightBp: 3_334}},
		nil,
	}).Draw(e.rt, "weights")
	_, err := e.msg.VoteTopics(e.ctx, &types.MsgVoteTopics{Voter: text(account(voter)), Weights: weights})
	if err == nil {
		if weights == nil {
			delete(e.votes, voter)
		} else {
			e.votes[voter] = weights
		}
	}
}

func (e *election) Delegate(*rapid.T) {
	require.NoError(e.rt, e.stake.delegate(e.staker(), e.validator(), rapid.Int64Range(1, 1_000_000_007).Draw(e.rt, "amount")))
}

func (e *election) Undelegate(*rapid.T) {
	_, err := e.stake.undelegate(e.staker(), e.validator(), e.percent())
	require.NoError(e.rt, err)
}

func (e *election) Redelegate(*rapid.T) {
	who, from := e.staker(), e.validator()
	amount, err := e.stake.undelegate(who, from, e.percent())
	require.NoError(e.rt, err)
	if amount > 0 {
		require.NoError(e.rt, e.stake.delegate(who, e.validator(), amount))
	}
}

func (e *election) Slash(*rapid.T) {
	e.stake.slash(e.validator(), rapid.Int64Range(1, 90).Draw(e.rt, "%"))
}

func (e *election) Bond(*rapid.T) {
	e.staking[operator(e.validator())] = rapid.SampledFrom([]stakingtypes.BondStatus{stakingtypes.Bonded, stakingtypes.Unbonding, stakingtypes.Unbonded}).Draw(e.rt, "status")
}

func (e *election) Remove(*rapid.T) {
	name := rapid.SampledFrom(operatives).Draw(e.rt, "validator")
	if len(e.stake.shares[operator(name)]) > 0 {
		return
	}
	if _, there := e.staking[operator(name)]; !there {
		e.staking[operator(name)] = stakingtypes.Unbonded
		require.NoError(e.rt, e.k.StakingHooks().AfterValidatorCreated(e.ctx, sdk.ValAddress(account(name))))
		return
	}
	if len(e.present()) == 1 {
		return
	}
	delete(e.staking, operator(name))
	require.NoError(e.rt, e.k.StakingHooks().AfterValidatorRemoved(e.ctx, nil, sdk.ValAddress(account(name))))
}

func (e *election) Block(*rapid.T) {
	clock, err := e.k.VoteClock.Get(e.ctx)
	require.NoError(e.rt, err)
	dt := rapid.SampledFrom([]time.Duration{time.Second, time.Minute}).Draw(e.rt, "dt")
	params, err := e.k.Params.Get(e.ctx)
	require.NoError(e.rt, err)
	if clock.IsDue(params, e.ctx.BlockTime().Add(dt).UnixMilli()) {
		now := e.recount()
		e.expected = &now
	}
	e.block(dt)
	after, err := e.k.VoteClock.Get(e.ctx)
	require.NoError(e.rt, err)
	if e.expected == nil || after.Running {
		return
	}
	last, err := e.k.LastTally.Get(e.ctx)
	require.NoError(e.rt, err)
	require.Equal(e.rt, after.StartedMs, last.StartedMs)
	require.Equal(e.rt, *e.expected, counted(last), "the tally is what was voted when it began")
	for _, topic := range last.Topics {
		require.LessOrEqual(e.rt, topic.ShareBp, uint32(6_000))
		require.Equal(e.rt, topic.ShareBp, e.shareOf(topic.TopicId))
	}
	e.expected = nil
	e.tallies++
}

func (f *fixture) shareOf(topic uint64) uint32 {
	f.t.Helper()
	a, err := f.k.TopicAccounts.Get(f.ctx, topic)
	if errors.Is(err, collections.ErrNotFound) {
		return 0
	}
	require.NoError(f.t, err)
	return a.ShareBp
}

// Check compares the projection with a recount, and every ballot with what is delegated.
func (e *election) Check(*rapid.T) {
	e.audit()
	projection, err := e.query.TopicTally(e.ctx, &types.QueryTopicTallyRequest{})
	require.NoError(e.rt, err)
	require.Equal(e.rt, e.recount(), counted(projection.Tally))
}

func TestATallyIsARecountOfAllDelegationsWhenItBegan(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		e := newElection(t, rt)
		rt.Repeat(map[string]func(*rapid.T){
			"": e.Check, "vote": e.Vote, "vote again": e.Vote, "delegate": e.Delegate, "delegate more": e.Delegate, "undelegate": e.Undelegate,
			"redelegate": e.Redelegate, "slash": e.Slash, "bond": e.Bond, "remove": e.Remove, "block": e.Block, "blocks": e.Block,
		})
	})
}
