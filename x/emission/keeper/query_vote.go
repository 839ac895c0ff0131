// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/emission/types"
)

// TopicVote returns how an account votes, and the stake that counts with it as it stands in
// this block.
func (s queryServer) TopicVote(ctx context.Context, req *types.QueryTopicVoteRequest) (*types.QueryTopicVoteResponse, error) {
	voter, err := s.k.accounts.StringToBytes(req.Voter)
	if err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "voter %q: %s", req.Voter, err)
	}
	vote, err := s.k.Votes.Get(ctx, voter)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, notFound(errorsmod.Wrapf(types.ErrVoteNotFound, "%s does not vote for topics: its stake follows its validators' votes", req.Voter))
	}
	if err != nil {
		return nil, err
	}
	response := &types.QueryTopicVoteResponse{Vote: vote}
	response.OwnStake, response.FollowedStake, err = s.k.stakeBehind(ctx, voter)
	return response, err
}

// stakeBehind is what an account has delegated to bonded validators, and what follows its
// vote at the validator that it operates, if that is bonded, in uweal.
func (k *Keeper) stakeBehind(ctx context.Context, voter []byte) (own, followed uint64, err error) {
	basis, err := k.standings(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, standing := range basis.Standings {
		operator, err := k.operators.StringToBytes(standing.Operator)
		if err != nil {
			return 0, 0, err
		}
		shares, err := k.Backing.Get(ctx, collections.Join(voter, operator))
		if err != nil && !errors.Is(err, collections.ErrNotFound) {
			return 0, 0, err
		}
		_, stake := types.Ballot{VotedShares: shares}.Count(standing)
		own += stake
		if !bytes.Equal(operator, voter) {
			continue
		}
		ballot, err := k.ballot(ctx, operator)
		if err != nil {
			return 0, 0, err
		}
		_, voted := types.Ballot{VotedShares: ballot.VotedShares}.Count(standing)
		followed = standing.Tokens - voted
	}
	return own, followed, nil
}

// TopicVotes lists the votes.
func (s queryServer) TopicVotes(ctx context.Context, req *types.QueryTopicVotesRequest) (*types.QueryTopicVotesResponse, error) {
	page, err := bounded(req.GetPagination())
	if err != nil {
		return nil, err
	}
	votes, next, err := query.CollectionPaginate(ctx, s.k.Votes, page, func(_ []byte, vote types.TopicVote) (types.TopicVote, error) { return vote, nil })
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicVotesResponse{Votes: votes, Pagination: next}, nil
}

// TopicTally returns what a tally would find if it began now and were done at once. It writes nothing.
func (s queryServer) TopicTally(ctx context.Context, _ *types.QueryTopicTallyRequest) (*types.QueryTopicTallyResponse, error) {
	params, err := s.k.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	clock, err := s.k.VoteClock.Get(ctx)
	if err != nil {
		return nil, err
	}
	tally, err := s.k.projectTally(ctx, params)
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicTallyResponse{Tally: tally, NextMs: clock.NextMs(params)}, nil
}

// projectTally counts the ballots as they are.
func (k *Keeper) projectTally(ctx context.Context, params types.Params) (types.TopicTally, error) {
	now := sdk.UnwrapSDKContext(ctx)
	basis, err := k.standings(ctx)
	if err != nil {
		return types.TopicTally{}, err
	}
	tally := types.NewTopicTally(basis, now.BlockTime().UnixMilli(), now.BlockHeight())
	for _, standing := range basis.Standings {
		operator, err := k.operators.StringToBytes(standing.Operator)
		if err != nil {
			return tally, err
		}
		ballot, err := k.ballot(ctx, operator)
		if err != nil {
			return tally, err
		}
		tally.Add(ballot, standing)
	}
	candidates, err := k.candidates(ctx, &tally)
	if err != nil {
		return tally, err
	}
	tally.Conclude(params, candidates)
	return tally, nil
}

// LastTopicTally returns the last tally that ended, and how far a running one is.
func (s queryServer) LastTopicTally(ctx context.Context, _ *types.QueryLastTopicTallyRequest) (*types.QueryLastTopicTallyResponse, error) {
	last, err := ifThere(ctx, s.k.LastTally)
	if err != nil {
		return nil, err
	}
	run, err := ifThere(ctx, s.k.TallyRun)
	if err != nil {
		return nil, err
	}
	return &types.QueryLastTopicTallyResponse{Last: last, Run: run}, nil
}
