// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/emission/types"
)

// vote replaces the vote of an account, or withdraws it when there are no weights, and moves
// all stake that follows it. Work grows with the account's own delegations, and its gas
// with it.
func (k *Keeper) vote(ctx context.Context, voter []byte, address string, weights []types.TopicWeight) error {
	before, err := k.weights(ctx, voter)
	if err != nil {
		return err
	}
	if len(weights) == 0 && len(before) == 0 {
		return errorsmod.Wrapf(types.ErrVoteNotFound, "%s does not vote for topics: there is nothing to withdraw", address)
	}
	if err := k.checkMayVoteFor(ctx, weights); err != nil {
		return err
	}
	if err := k.takeStake(ctx, voter, before); err != nil {
		return err
	}
	if len(weights) == 0 {
		if err := k.setOwnVote(ctx, voter, nil); err != nil {
			return err
		}
		return k.Votes.Remove(ctx, voter)
	}
	hasStake, err := k.addStake(ctx, voter, weights)
	if err != nil {
		return err
	}
	if !hasStake {
		return errorsmod.Wrapf(types.ErrNoStake, "%s has delegated nothing: delegate with `weald tx staking delegate`, then vote", address)
	}
	return k.Votes.Set(ctx, voter, types.TopicVote{Voter: address, Weights: weights})
}

// weights are those of an account's vote, or none.
func (k *Keeper) weights(ctx context.Context, voter []byte) ([]types.TopicWeight, error) {
	vote, err := k.Votes.Get(ctx, voter)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	return vote.Weights, err
}

// checkMayVoteFor refuses votes for a topic that can have no share.
func (k *Keeper) checkMayVoteFor(ctx context.Context, weights []types.TopicWeight) error {
	for _, w := range weights {
		topic, err := k.getTopic(ctx, w.TopicId)
		if err != nil {
			return err
		}
		account, err := k.topicAccount(ctx, w.TopicId)
		switch {
		case err != nil:
			return err
		case topic.Sandbox:
			return errorsmod.Wrapf(types.ErrInvalidVote, "topic %d is a sandbox, a place to practise: vote for paid topics", topic.Id)
		case !topic.IsLive():
			return errorsmod.Wrapf(types.ErrInvalidVote, "topic %d is retired: vote for topics that live", topic.Id)
		case account.Closed:
			return errorsmod.Wrapf(types.ErrInvalidVote, "topic %d is closed to votes: see `weald query emission topics`", topic.Id)
		}
	}
	return nil
}

// addStake puts all that an account has delegated, and all that follows the validator that
// it operates, behind a vote; false says that there is nothing. The stake must have been
// taken from the vote before.
func (k *Keeper) addStake(ctx context.Context, voter []byte, weights []types.TopicWeight) (bool, error) {
	delegations, err := k.delegations(ctx, voter)
	if err != nil {
		return false, err
	}
	for _, d := range delegations {
		if err := k.addBacking(ctx, voter, d.operator, weights, d.shares); err != nil {
			return false, err
		}
	}
	operates, err := k.operates(ctx, voter)
	if err != nil || !operates {
		return len(delegations) > 0, err
	}
	return true, k.setOwnVote(ctx, voter, weights)
}

// takeStake takes from a vote all that backs it. What the operator's vote is followed by
// stays until it is replaced.
func (k *Keeper) takeStake(ctx context.Context, voter []byte, weights []types.TopicWeight) error {
	var operators [][]byte
	own := collections.NewPrefixedPairRange[[]byte, []byte](voter)
	err := k.Backing.Walk(ctx, own, func(key collections.Pair[[]byte, []byte], _ []byte) (bool, error) {
		operators = append(operators, key.K2())
		return false, nil
	})
	if err != nil {
		return err
	}
	for _, operator := range operators {
		if err := k.takeBacking(ctx, voter, operator, weights); err != nil {
			return err
		}
	}
	return nil
}

// delegation is what an account has delegated to one validator.
type delegation struct {
	operator []byte
	shares   []byte
}

// delegations of an account, by rising operator.
func (k *Keeper) delegations(ctx context.Context, voter sdk.AccAddress) ([]delegation, error) {
	var (
		all    []delegation
		failed error
	)
	err := k.staking.IterateDelegatorDelegations(ctx, voter, func(d stakingtypes.Delegation) bool {
		operator, err := k.operators.StringToBytes(d.ValidatorAddress)
		if err != nil {
			failed = err
			return true
		}
		all = append(all, delegation{operator, types.ShareBits(d.Shares)})
		return false
	})
	slices.SortFunc(all, func(a, b delegation) int { return bytes.Compare(a.operator, b.operator) })
	return all, errors.Join(err, failed)
}

// operates is whether an account operates a validator.
func (k *Keeper) operates(ctx context.Context, voter []byte) (bool, error) {
	_, err := k.staking.Validator(ctx, voter)
	if errors.Is(err, stakingtypes.ErrNoValidatorFound) {
		return false, nil
	}
	return err == nil, err
}
