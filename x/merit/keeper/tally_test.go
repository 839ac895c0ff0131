// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/merit/types"
)

const theProposal = 7

func proposal() govv1.Proposal {
	return govv1.Proposal{Id: theProposal, Status: govv1.StatusVotingPeriod}
}

// vote stores a vote as x/gov does.
func (f *fixture) vote(name string, options ...*govv1.WeightedVoteOption) {
	f.t.Helper()
	vote := govv1.NewVote(theProposal, account(name), options, "")
	vote.Voter = text(name)
	require.NoError(f.t, f.gov.Votes.Set(f.ctx, collections.Join(uint64(theProposal), account(name)), vote))
}

func all(option govv1.VoteOption) *govv1.WeightedVoteOption {
	return &govv1.WeightedVoteOption{Option: option, Weight: "1.000000000000000000"}
}

// both counts with ours and with the SDK's own, each in a branch.
func (f *fixture) both() (ours, theirs counted) {
	f.t.Helper()
	run := func(tally func(sdk.Context) (math.LegacyDec, math.Int, map[govv1.VoteOption]math.LegacyDec, error)) counted {
		branch, _ := f.ctx.CacheContext()
		voted, power, results, err := tally(branch)
		require.NoError(f.t, err)
		left, err := f.gov.Votes.Iterate(branch, nil)
		require.NoError(f.t, err)
		require.False(f.t, left.Valid(), "votes are deleted once they are counted")
		require.NoError(f.t, left.Close())
		return counted{voted, power, results}
	}
	ours = run(func(ctx sdk.Context) (math.LegacyDec, math.Int, map[govv1.VoteOption]math.LegacyDec, error) {
		return f.k.VoteResults(ctx, *f.gov, proposal())
	})
	theirs = run(func(ctx sdk.Context) (math.LegacyDec, math.Int, map[govv1.VoteOption]math.LegacyDec, error) {
		return f.sdkTally(ctx, *f.sdkGov, proposal())
	})
	return ours, theirs
}

type counted struct {
	voted   math.LegacyDec
	power   math.Int
	results map[govv1.VoteOption]math.LegacyDec
}

func TestStakeAndMeritVoteSideBySide(t *testing.T) {
	f := newFixture(t)
	f.staking.validator("val", stakingtypes.Bonded, 3_000_000)
	f.staking.delegate("val", 0, math.LegacyNewDec(1_000_000))
	f.staking.delegate("alice", 0, math.LegacyNewDec(2_000_000))
	f.contribution(1, "bob")
	f.contribution(2, "alice")
	f.pay(1, reward{1, 3_000}, reward{2, 1_000})
	f.vote("val", all(govv1.OptionYes))
	f.vote("bob", all(govv1.OptionNo))
	ours, theirs := f.both()
	require.Equal(t, int64(4_000_000), ours.power.Int64(), "merit is a quarter of the whole")
	require.Equal(t, "3000000.000000000000000000", ours.results[govv1.OptionYes].String(), "the validator's vote is inherited for stake, and not for merit")
	require.Equal(t, "750000.000000000000000000", ours.results[govv1.OptionNo].String(), "three quarters of a million")
	require.Equal(t, "3750000.000000000000000000", ours.voted.String())
	require.Equal(t, int64(3_000_000), theirs.power.Int64())

	f.vote("alice", &govv1.WeightedVoteOption{Option: govv1.OptionNoWithVeto, Weight: "0.5"}, &govv1.WeightedVoteOption{Option: govv1.OptionAbstain, Weight: "0.5"})
	ours, _ = f.both()
	require.Equal(t, "1000000.000000000000000000", ours.results[govv1.OptionYes].String(), "a delegator overrides its validator")
	require.Equal(t, "1125000.000000000000000000", ours.results[govv1.OptionNoWithVeto].String(), "with stake and merit alike")
	require.Equal(t, "1125000.000000000000000000", ours.results[govv1.OptionAbstain].String())
	require.Equal(t, "4000000.000000000000000000", ours.voted.String())
}

func TestWithoutMeritOrItsShareTheResultIsTheSDKs(t *testing.T) {
	f := newFixture(t)
	f.staking.validator("val", stakingtypes.Bonded, 3_333_333)
	f.staking.validator("jailed", stakingtypes.Unbonding, 5_000_000)
	f.staking.delegate("val", 0, math.LegacyNewDec(1_000_001))
	f.staking.delegate("alice", 0, math.LegacyNewDec(7))
	f.staking.delegate("alice", 1, math.LegacyNewDec(7_000))
	f.vote("val", all(govv1.OptionYes))
	f.vote("jailed", all(govv1.OptionNo))
	f.vote("alice", &govv1.WeightedVoteOption{Option: govv1.OptionNo, Weight: "0.333"}, &govv1.WeightedVoteOption{Option: govv1.OptionYes, Weight: "0.667"})
	ours, theirs := f.both()
	require.Equal(t, theirs, ours, "nobody has merit")

	f.contribution(1, "alice")
	f.pay(1, reward{1, 1_000})
	ours, theirs = f.both()
	require.NotEqual(t, theirs, ours)
	params := types.DefaultParams()
	params.MeritShareBp = 0
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	ours, theirs = f.both()
	require.Equal(t, theirs, ours, "merit weighs nothing")

	require.NoError(t, f.k.Params.Set(f.ctx, types.DefaultParams()))
	f.remove(1)
	ours, theirs = f.both()
	require.Equal(t, theirs, ours, "what was earned is lost")
}

func TestWithoutBondedStakeNobodyHasPower(t *testing.T) {
	f := newFixture(t)
	f.contribution(1, "alice")
	f.pay(1, reward{1, 1_000})
	f.vote("alice", all(govv1.OptionYes))
	ours, _ := f.both()
	require.True(t, ours.power.IsZero())
	require.True(t, ours.voted.IsZero())
}

// recount is dumb: it asks for each delegation who decides about it, in rationals.
type recount struct {
	results map[govv1.VoteOption]*big.Rat
	voted   *big.Rat
}

func (r *recount) add(power *big.Rat, options []*govv1.WeightedVoteOption) {
	for _, option := range options {
		weight, _ := new(big.Rat).SetString(option.Weight)
		r.results[option.Option].Add(r.results[option.Option], weight.Mul(weight, power))
	}
	r.voted.Add(r.voted, power)
}

func rat(d math.LegacyDec) *big.Rat {
	value, _ := new(big.Rat).SetString(d.String())
	return value
}

func recountOf(f *fixture, votes map[string][]*govv1.WeightedVoteOption, names []string, meritPower *big.Rat) *recount {
	r := &recount{voted: new(big.Rat), results: map[govv1.VoteOption]*big.Rat{}}
	for _, option := range []govv1.VoteOption{govv1.OptionYes, govv1.OptionAbstain, govv1.OptionNo, govv1.OptionNoWithVeto} {
		r.results[option] = new(big.Rat)
	}
	for _, v := range f.staking.validators {
		if !v.IsBonded() {
			continue
		}
		for _, name := range names {
			for _, d := range f.staking.delegations[string(account(name))] {
				if d.ValidatorAddress != v.OperatorAddress {
					continue
				}
				power := rat(d.Shares)
				power.Mul(power, new(big.Rat).SetInt(v.Tokens.BigInt())).Quo(power, rat(v.DelegatorShares))
				decides, own := votes[name]
				for _, operatorName := range names {
					if !own && operator(operatorName) == v.OperatorAddress {
						decides = votes[operatorName]
					}
				}
				if len(decides) > 0 {
					r.add(power, decides)
				}
			}
		}
	}
	total := new(big.Rat)
	weights := map[string]*big.Rat{}
	for _, name := range names {
		holding, err := f.k.Holdings.Get(f.ctx, account(name))
		if err == nil {
			weights[name] = new(big.Rat).Mul(new(big.Rat).SetInt(holding.Weight.BigInt()), twoTo(holding.Period))
			total.Add(total, weights[name])
		}
	}
	for _, name := range names {
		if weight, has := weights[name]; has && len(votes[name]) > 0 {
			power := new(big.Rat).Mul(weight, meritPower)
			r.add(power.Quo(power, total), votes[name])
		}
	}
	return r
}

// TestTheTallyIsADumbRecount compares random stakes, validators, merit and votes with a recount of every delegation in rationals,
// and what x/gov makes of it with the projection.
func TestTheTallyIsADumbRecount(t *testing.T) {
	outer := t
	names := []string{"v1", "v2", "v3", "v4", "alice", "bob", "carol", "dave"}
	rapid.Check(t, func(t *rapid.T) {
		f := newFixture(outer)
		f.t = t
		params := types.DefaultParams()
		params.MeritShareBp = rapid.Uint32Range(0, types.MaxMeritShareBp).Draw(t, "merit share")
		require.NoError(t, f.k.Params.Set(f.ctx, params))
		stake := new(big.Rat)
		for i, name := range names[:4] {
			status := rapid.SampledFrom([]stakingtypes.BondStatus{stakingtypes.Bonded, stakingtypes.Bonded, stakingtypes.Unbonding, stakingtypes.Unbonded}).Draw(t, "status")
			tokens := rapid.Int64Range(1, 1_000_000_000_000).Draw(t, "tokens")
			f.staking.validator(name, status, tokens)
			f.staking.delegate(name, i, math.LegacyNewDecWithPrec(rapid.Int64Range(1, 1<<60).Draw(t, "own shares"), 6))
			if status == stakingtypes.Bonded {
				stake.Add(stake, new(big.Rat).SetInt64(tokens))
			}
		}
		for range rapid.IntRange(0, 12).Draw(t, "delegations") {
			f.staking.delegate(rapid.SampledFrom(names).Draw(t, "delegator"), rapid.IntRange(0, 3).Draw(t, "validator"),
				math.LegacyNewDecWithPrec(rapid.Int64Range(1, 1<<60).Draw(t, "shares"), 6))
		}
		for epoch := uint64(1); epoch <= uint64(rapid.IntRange(0, 3).Draw(t, "epochs")); epoch++ {
			f.contribution(epoch, rapid.SampledFrom(names).Draw(t, "payee"), rapid.SampledFrom(names).Draw(t, "payee"))
			f.pay(epoch, reward{epoch, rapid.Uint64Range(1, 1<<44).Draw(t, "reward")})
			f.wait(halfLife / 3)
		}
		votes := map[string][]*govv1.WeightedVoteOption{}
		for _, name := range names {
			if rapid.IntRange(0, 2).Draw(t, name+" votes") == 0 {
				continue
			}
			first := rapid.Int64Range(1, 1000).Draw(t, "weight")
			options := rapid.Permutation([]govv1.VoteOption{govv1.OptionYes, govv1.OptionAbstain, govv1.OptionNo, govv1.OptionNoWithVeto}).Draw(t, "options")
			votes[name] = []*govv1.WeightedVoteOption{{Option: options[0], Weight: math.LegacyNewDecWithPrec(first, 3).String()}}
			if first < 1000 {
				votes[name] = append(votes[name], &govv1.WeightedVoteOption{Option: options[1], Weight: math.LegacyNewDecWithPrec(1000-first, 3).String()})
			}
			f.vote(name, votes[name]...)
		}
		total, err := f.query.Total(f.ctx, &types.QueryTotalRequest{})
		require.NoError(t, err)
		meritPower := new(big.Rat).SetInt(total.VotingPower.BigInt())
		if stake.Sign() > 0 && !total.Amount.IsZero() {
			share := new(big.Rat).Quo(meritPower, new(big.Rat).Add(meritPower, stake))
			off := share.Sub(share, big.NewRat(int64(params.MeritShareBp), 10_000))
			off.Mul(off, stake)
			require.LessOrEqual(t, off.Sign(), 0)
			require.Positive(t, off.Cmp(big.NewRat(-1, 1)), "the share is right to a unit of stake")
		}
		want := recountOf(f, votes, names, meritPower)
		got, theirs := f.both()
		if params.MeritShareBp == 0 || total.Amount.IsZero() && total.VotingPower.IsZero() {
			require.Equal(t, theirs, got)
		}
		near(t, "voted", want.voted, got.voted)
		for option, power := range want.results {
			near(t, option.String(), power, got.results[option])
		}
		require.Equal(t, new(big.Rat).Add(stake, meritPower).Num().String(), got.power.String())
		f.checkProjection()
	})
}

func near(t require.TestingT, what string, want *big.Rat, got math.LegacyDec) {
	off := new(big.Rat).Sub(want, rat(got))
	require.Negative(t, off.Abs(off).Cmp(big.NewRat(1, 1_000)), "%s is %s, recounted %s", what, got, want.FloatString(6))
}

// checkProjection holds what the query says against what x/gov decides.
func (f *fixture) checkProjection() {
	f.t.Helper()
	for _, expedited := range []bool{false, true} {
		open := proposal()
		open.Expedited = expedited
		require.NoError(f.t, f.gov.Proposals.Set(f.ctx, theProposal, open))
		projected, err := f.query.Tally(f.ctx, &types.QueryTallyRequest{ProposalId: theProposal})
		require.NoError(f.t, err)
		require.True(f.t, projected.Open)
		branch, _ := f.ctx.CacheContext()
		passes, burns, result, err := f.gov.Tally(branch, open)
		require.NoError(f.t, err)
		require.Equal(f.t, passes, projected.Projection.Passes, projected.Projection.Reason)
		require.Equal(f.t, burns, projected.Projection.BurnsDeposit, projected.Projection.Reason)
		require.Equal(f.t, result.YesCount, projected.Together.Yes.TruncateInt().String())
		require.Equal(f.t, result.NoWithVetoCount, projected.Together.NoWithVeto.TruncateInt().String())
		open.Status = govv1.StatusPassed
		require.NoError(f.t, f.gov.Proposals.Set(branch, theProposal, open))
		final, err := f.query.Tally(branch, &types.QueryTallyRequest{ProposalId: theProposal})
		require.NoError(f.t, err)
		require.Equal(f.t, projected.Tally, final.Tally, "what was counted in the end is kept")
		require.False(f.t, final.Open)
	}
}

func TestTheProjectionSaysWhy(t *testing.T) {
	f := newFixture(t)
	f.staking.validator("val", stakingtypes.Bonded, 3_000_000)
	f.staking.delegate("val", 0, math.LegacyNewDec(1_000_000))
	for i, name := range []string{"alice", "bob", "carol"} {
		f.contribution(uint64(i+1), name)
	}
	f.pay(1, reward{1, 100}, reward{2, 100}, reward{3, 200})
	reason := func() string {
		require.NoError(t, f.gov.Proposals.Set(f.ctx, theProposal, proposal()))
		response, err := f.query.Tally(f.ctx, &types.QueryTallyRequest{ProposalId: theProposal})
		require.NoError(t, err)
		f.checkProjection()
		return response.Projection.Reason
	}
	require.Equal(t, "0.00% of all power voted, the quorum is 33.40%", reason())
	f.vote("alice", all(govv1.OptionYes))
	f.vote("bob", all(govv1.OptionYes))
	f.vote("carol", all(govv1.OptionYes))
	require.Equal(t, "25.00% of all power voted, the quorum is 33.40%", reason(), "all merit together is no quorum")
	f.vote("val", all(govv1.OptionAbstain))
	require.Equal(t, "100.00% of what did not abstain is for it, it takes more than 50.00%; 100.00% of all power voted, the quorum is 33.40%", reason())
	f.vote("val", all(govv1.OptionNo))
	require.Equal(t, "25.00% of what did not abstain is for it, it takes more than 50.00%", reason())
	f.vote("val", all(govv1.OptionNoWithVeto))
	require.Equal(t, "75.00% of what voted is a veto, it takes more than 33.40%", reason())
	f.staking.validators[0].Status = stakingtypes.Unbonding
	require.Equal(t, "nobody has stake that is bonded", reason())
	f.staking.validators[0].Status = stakingtypes.Bonded
	for _, name := range []string{"val", "alice", "bob", "carol"} {
		f.vote(name, all(govv1.OptionAbstain))
	}
	require.Equal(t, "all that voted abstained", reason())
}

func TestOnlyWhatIsVotedOnHasATally(t *testing.T) {
	f := newFixture(t)
	for status, says := range map[govv1.ProposalStatus]string{
		govv1.StatusNil:           "does not exist",
		govv1.StatusDepositPeriod: "takes deposits and no votes yet",
		govv1.StatusRejected:      "ended before both houses were kept",
	} {
		if status != govv1.StatusNil {
			require.NoError(t, f.gov.Proposals.Set(f.ctx, theProposal, govv1.Proposal{Id: theProposal, Status: status}))
		}
		_, err := f.query.Tally(f.ctx, &types.QueryTallyRequest{ProposalId: theProposal})
		if status == govv1.StatusNil {
			_, err = f.query.Tally(f.ctx, &types.QueryTallyRequest{ProposalId: theProposal + 1})
		}
		require.ErrorIs(t, err, types.ErrNoTally)
		require.ErrorContains(t, err, says)
	}
}

// BenchmarkTally counts votes of accounts that have stake with one validator, and merit.
func BenchmarkTally(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n, " votes"), func(b *testing.B) {
			f := newFixture(b)
			f.staking.validator("val", stakingtypes.Bonded, 1_000_000_000_000)
			var rewards []reward
			for i := range n {
				name := fmt.Sprint("voter ", i)
				f.staking.delegate(name, 0, math.LegacyNewDec(int64(1_000_000+i)))
				f.contribution(uint64(i+1), name)
				rewards = append(rewards, reward{uint64(i + 1), uint64(1_000 + i)})
				f.vote(name, all(govv1.OptionYes))
			}
			params := types.DefaultParams()
			params.RecordsPerBlock = types.MaxRecordsPerBlock
			require.NoError(b, f.k.Params.Set(f.ctx, params))
			f.emission.rewards["1 1"] = rewards
			f.pay(1, rewards...)
			for f.total().Recordings > 0 {
				require.NoError(b, f.k.EndBlock(f.ctx))
			}
			for b.Loop() {
				branch, _ := f.ctx.CacheContext()
				voted, _, _, err := f.k.VoteResults(branch, *f.gov, proposal())
				require.NoError(b, err)
				require.True(b, voted.GT(math.LegacyNewDec(1_300_000_000_000)))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/vote")
		})
	}
}
