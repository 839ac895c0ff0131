// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"

	"github.com/weal-network/weal/x/merit/types"
)

// Tally counts the votes on a proposal as they are now, which the node's query gas limit bounds, or returns what was counted.
func (s queryServer) Tally(ctx context.Context, req *types.QueryTallyRequest) (*types.QueryTallyResponse, error) {
	proposal, err := s.k.gov.Proposals.Get(ctx, req.ProposalId)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrNoTally, "proposal %d does not exist: list proposals by `weald query gov proposals`", req.ProposalId)
	}
	if err != nil {
		return nil, err
	}
	switch proposal.Status { //nolint:exhaustive // the rest were counted
	case govv1.StatusVotingPeriod:
		return s.project(ctx, proposal)
	case govv1.StatusDepositPeriod:
		return nil, errorsmod.Wrapf(types.ErrNoTally, "proposal %d takes deposits and no votes yet: deposit what it lacks", req.ProposalId)
	}
	tally, err := s.k.Tallies.Get(ctx, req.ProposalId)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrNoTally, "voting on proposal %d ended before both houses were kept: see `weald query gov tally %d`", req.ProposalId, req.ProposalId)
	}
	return &types.QueryTallyResponse{Tally: tally, Together: tally.Together()}, err
}

// project counts an open vote.
func (s queryServer) project(ctx context.Context, proposal govv1.Proposal) (*types.QueryTallyResponse, error) {
	params, err := s.k.gov.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := types.NewRules(params, proposal.Expedited)
	if err != nil {
		return nil, err
	}
	tally, _, err := s.k.count(ctx, s.k.gov.Votes, proposal.Id)
	if err != nil {
		return nil, err
	}
	together := tally.Together()
	projection := rules.Project(together)
	return &types.QueryTallyResponse{Tally: tally, Together: together, Open: true, Projection: &projection}, nil
}
