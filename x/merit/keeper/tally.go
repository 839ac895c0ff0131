// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"math/big"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/pkg/halving"
	"github.com/weal-network/weal/x/merit/types"
)

type (
	voteKey = collections.Pair[uint64, sdk.AccAddress]
	votes   = collections.Map[voteKey, govv1.Vote]
)

// SetGov names the module whose votes are counted. It is set after x/gov was built upon VoteResults.
func (k *Keeper) SetGov(gov *govkeeper.Keeper) { k.gov = gov }

// VoteResults is x/gov's tally function: govkeeper.CalculateVoteResultsAndVotingPowerFn. It counts both houses, keeps what each said,
// and deletes the votes, as the SDK's own does.
func (k *Keeper) VoteResults(ctx context.Context, gov govkeeper.Keeper, proposal govv1.Proposal) (
	voted math.LegacyDec, power math.Int, results map[govv1.VoteOption]math.LegacyDec, err error,
) {
	tally, counted, err := k.count(ctx, gov.Votes, proposal.Id)
	if err != nil {
		return math.LegacyZeroDec(), math.ZeroInt(), nil, err
	}
	for _, key := range counted {
		if err := gov.Votes.Remove(ctx, key); err != nil {
			return math.LegacyZeroDec(), math.ZeroInt(), nil, err
		}
	}
	if err := k.Tallies.Set(ctx, proposal.Id, tally); err != nil {
		return math.LegacyZeroDec(), math.ZeroInt(), nil, err
	}
	if err := emit(ctx, &types.EventProposalTallied{Tally: tally}); err != nil {
		return math.LegacyZeroDec(), math.ZeroInt(), nil, err
	}
	together := tally.Together()
	return together.Voted, together.Power.TruncateInt(), together.Results(), nil
}

// count counts the votes on a proposal, each once, and returns their keys. It takes a lookup of merit and the voter's delegations a
// vote, and once a pass over the validators that make blocks.
func (k *Keeper) count(ctx context.Context, all votes, proposalID uint64) (types.ProposalTally, []voteKey, error) {
	stake, err := k.openStake(ctx)
	if err != nil {
		return types.ProposalTally{}, nil, err
	}
	merit, err := k.openMerit(ctx, stake.total)
	if err != nil {
		return types.ProposalTally{}, nil, err
	}
	var counted []voteKey
	ofProposal := collections.NewPrefixedPairRange[uint64, sdk.AccAddress](proposalID)
	err = all.Walk(ctx, ofProposal, func(key voteKey, vote govv1.Vote) (bool, error) {
		voter, err := k.accounts.StringToBytes(vote.Voter)
		if err != nil {
			return true, err
		}
		counted = append(counted, key)
		if err := stake.add(ctx, voter, vote.Options); err != nil {
			return true, err
		}
		return false, merit.add(ctx, voter, vote.Options)
	})
	if err != nil {
		return types.ProposalTally{}, nil, err
	}
	stake.addInherited()
	tally := types.ProposalTally{ProposalId: proposalID, Stake: stake.house, Merit: merit.house}
	tally.SetShares()
	return tally, counted, nil
}

// stakeHouse counts stake exactly as the SDK does: a vote counts with what its voter has delegated, and a validator's with what its
// delegators have not taken into their own hands. Only validators that make blocks count.
type stakeHouse struct {
	k          *Keeper
	house      types.House
	total      math.Int
	validators []govv1.ValidatorGovInfo
	// place is where an operator stands in validators; looked up and never ranged over.
	place map[string]int
}

func (k *Keeper) openStake(ctx context.Context) (*stakeHouse, error) {
	s := &stakeHouse{k: k, total: math.ZeroInt(), place: map[string]int{}}
	var cause error
	err := k.staking.IterateBondedValidatorsByPower(ctx, func(_ int64, v stakingtypes.ValidatorI) bool {
		operator, err := k.staking.ValidatorAddressCodec().StringToBytes(v.GetOperator())
		if err != nil {
			cause = err
			return true
		}
		s.place[v.GetOperator()] = len(s.validators)
		s.validators = append(s.validators, govv1.NewValidatorGovInfo(operator, v.GetValidatorPower(), v.GetDelegatorShares(), math.LegacyZeroDec(), nil))
		s.total = s.total.Add(v.GetValidatorPower())
		return false
	})
	s.house = types.NewHouse(math.LegacyNewDecFromInt(s.total))
	return s, errors.Join(err, cause)
}

// add counts what a voter has delegated.
func (s *stakeHouse) add(ctx context.Context, voter sdk.AccAddress, options govv1.WeightedVoteOptions) error {
	operator, err := s.k.staking.ValidatorAddressCodec().BytesToString(voter)
	if err != nil {
		return err
	}
	if at, bonded := s.place[operator]; bonded {
		s.validators[at].Vote = options
	}
	return s.k.staking.IterateDelegations(ctx, voter, func(_ int64, d stakingtypes.DelegationI) bool {
		at, bonded := s.place[d.GetValidatorAddr()]
		if !bonded {
			return false
		}
		v := &s.validators[at]
		v.DelegatorDeductions = v.DelegatorDeductions.Add(d.GetShares())
		s.house.Add(d.GetShares().MulInt(v.BondedTokens).Quo(v.DelegatorShares), options)
		return false
	})
}

// addInherited counts, for validators that voted, what is delegated to them by those who did not.
func (s *stakeHouse) addInherited() {
	for _, v := range s.validators {
		if len(v.Vote) > 0 {
			s.house.Add(v.DelegatorShares.Sub(v.DelegatorDeductions).MulInt(v.BondedTokens).Quo(v.DelegatorShares), v.Vote)
		}
	}
}

// meritHouse counts merit, which nobody can delegate: a vote counts with its voter's share of all merit.
type meritHouse struct {
	k     *Keeper
	house types.House
	power math.Int
	at    halving.Moment
	all   *big.Int
}

// openMerit gives all merit its power beside that of stake; none while nobody has any.
func (k *Keeper) openMerit(ctx context.Context, stake math.Int) (*meritHouse, error) {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	m := &meritHouse{k: k, power: params.MeritPower(stake)}
	if m.at, err = k.now(ctx); err != nil {
		return nil, err
	}
	if m.all, err = k.total(ctx, m.at); err != nil {
		return nil, err
	}
	if m.all.Sign() == 0 {
		m.power = math.ZeroInt()
	}
	m.house = types.NewHouse(math.LegacyNewDecFromInt(m.power))
	return m, nil
}

// add counts a voter's merit.
func (m *meritHouse) add(ctx context.Context, voter []byte, options govv1.WeightedVoteOptions) error {
	if m.power.IsZero() {
		return nil
	}
	holding, err := m.k.Holdings.Get(ctx, voter)
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if power := m.of(holding); power.IsPositive() {
		m.house.Add(power, options)
	}
	return nil
}

// of is what a holding weighs.
func (m *meritHouse) of(h types.Holding) math.LegacyDec {
	if m.power.IsZero() {
		return math.LegacyZeroDec()
	}
	return part(m.power, h.Merit(), m.all, m.at)
}
