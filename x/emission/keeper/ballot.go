// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// ballot is what is voted at a validator.
func (k *Keeper) ballot(ctx context.Context, operator []byte) (types.Ballot, error) {
	ballot, err := k.Ballots.Get(ctx, operator)
	if !errors.Is(err, collections.ErrNotFound) {
		return ballot, err
	}
	address, err := k.operators.BytesToString(operator)
	return types.Ballot{Operator: address}, err
}

// changeBallot changes what is voted at a validator. While a tally runs that has not counted
// it, the ballot as it was is kept for the tally.
func (k *Keeper) changeBallot(ctx context.Context, operator []byte, change func(*types.Ballot) error) error {
	ballot, err := k.ballot(ctx, operator)
	if err != nil {
		return err
	}
	if err := k.freeze(ctx, operator, ballot.Clone()); err != nil {
		return err
	}
	if err := change(&ballot); err != nil {
		return err
	}
	if ballot.IsEmpty() {
		return k.Ballots.Remove(ctx, operator)
	}
	return k.Ballots.Set(ctx, operator, ballot)
}

// freeze keeps a ballot for the running tally, unless it was kept or counted before.
func (k *Keeper) freeze(ctx context.Context, operator []byte, ballot types.Ballot) error {
	clock, err := k.VoteClock.Get(ctx)
	if err != nil || !clock.Counting || bytes.Compare(operator, clock.Counted) <= 0 {
		return err
	}
	frozen, err := k.FrozenBallots.Has(ctx, operator)
	if err != nil || frozen {
		return err
	}
	return k.FrozenBallots.Set(ctx, operator, ballot)
}

// ballotAtStart is a ballot as it was when the running tally began.
func (k *Keeper) ballotAtStart(ctx context.Context, operator []byte) (types.Ballot, error) {
	ballot, err := k.FrozenBallots.Get(ctx, operator)
	if errors.Is(err, collections.ErrNotFound) {
		return k.ballot(ctx, operator)
	}
	return ballot, err
}

// addBacking counts shares at a validator with their holder's own vote.
func (k *Keeper) addBacking(ctx context.Context, voter, operator []byte, weights []types.TopicWeight, shares []byte) error {
	if len(shares) == 0 {
		return nil
	}
	err := k.changeBallot(ctx, operator, func(b *types.Ballot) error {
		b.Add(weights, shares)
		return nil
	})
	if err != nil {
		return err
	}
	return k.Backing.Set(ctx, collections.Join(voter, operator), shares)
}

// takeBacking takes away what addBacking counted, if it did.
func (k *Keeper) takeBacking(ctx context.Context, voter, operator []byte, weights []types.TopicWeight) error {
	key := collections.Join(voter, operator)
	shares, err := k.Backing.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	err = k.changeBallot(ctx, operator, func(b *types.Ballot) error { return b.Take(weights, shares) })
	if err != nil {
		return err
	}
	return k.Backing.Remove(ctx, key)
}

// setOwnVote makes the shares at a validator that have no vote of their own follow the
// operator's, or nobody's.
func (k *Keeper) setOwnVote(ctx context.Context, operator []byte, weights []types.TopicWeight) error {
	ballot, err := k.ballot(ctx, operator)
	if err != nil || len(weights) == 0 && len(ballot.Own) == 0 {
		return err
	}
	return k.changeBallot(ctx, operator, func(b *types.Ballot) error {
		b.Own = weights
		return nil
	})
}
