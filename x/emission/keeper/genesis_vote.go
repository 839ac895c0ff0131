// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/emission/types"
)

// initVoting takes over votes and a running tally. Ballots are counted again from the
// delegations, so x/staking must be initialised before.
func (k *Keeper) initVoting(ctx context.Context, state types.GenesisState) error {
	// Nothing is frozen by votes that were there before.
	if err := k.VoteClock.Set(ctx, types.VoteClock{}); err != nil {
		return err
	}
	for _, vote := range state.Votes {
		if err := k.initVote(ctx, vote); err != nil {
			return err
		}
	}
	if state.Voting == nil {
		return nil
	}
	for _, ballot := range state.Voting.Frozen {
		operator, err := k.operators.StringToBytes(ballot.Operator)
		if err != nil {
			return errorsmod.Wrapf(types.ErrInvalidGenesis, "frozen ballot at %q: %s", ballot.Operator, err)
		}
		if err := k.FrozenBallots.Set(ctx, operator, ballot); err != nil {
			return err
		}
	}
	if err := k.VoteClock.Set(ctx, state.Voting.Clock); err != nil {
		return err
	}
	return errors.Join(
		setIfThere(ctx, k.TallyRun, state.Voting.Run),
		setIfThere(ctx, k.TallyBasis, state.Voting.Basis),
		setIfThere(ctx, k.LastTally, state.Voting.Last),
	)
}

func (k *Keeper) initVote(ctx context.Context, vote types.TopicVote) error {
	voter, err := k.accounts.StringToBytes(vote.Voter)
	if err != nil {
		return errorsmod.Wrapf(types.ErrInvalidGenesis, "voter %q: %s", vote.Voter, err)
	}
	twice, err := k.Votes.Has(ctx, voter)
	if err != nil {
		return err
	}
	if twice {
		return errorsmod.Wrapf(types.ErrInvalidGenesis, "%s votes twice", vote.Voter)
	}
	if _, err := k.addStake(ctx, voter, vote.Weights); err != nil {
		return err
	}
	return k.Votes.Set(ctx, voter, vote)
}

// exportVoting writes votes and tallies; ballots follow from them.
func (k *Keeper) exportVoting(ctx context.Context, state *types.GenesisState) error {
	var err error
	if state.Votes, err = values(ctx, k.Votes); err != nil {
		return err
	}
	voting := &types.TopicVoting{}
	if voting.Clock, err = k.VoteClock.Get(ctx); err != nil {
		return err
	}
	if voting.Run, err = ifThere(ctx, k.TallyRun); err != nil {
		return err
	}
	if voting.Basis, err = ifThere(ctx, k.TallyBasis); err != nil {
		return err
	}
	if voting.Last, err = ifThere(ctx, k.LastTally); err != nil {
		return err
	}
	state.Voting = voting
	voting.Frozen, err = values(ctx, k.FrozenBallots)
	return err
}

func setIfThere[V any](ctx context.Context, item collections.Item[V], value *V) error {
	if value == nil {
		return nil
	}
	return item.Set(ctx, *value)
}

func ifThere[V any](ctx context.Context, item collections.Item[V]) (*V, error) {
	value, err := item.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &value, nil
}
