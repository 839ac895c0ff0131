// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/weal-network/weal/x/emission/types"
)

// Streams lists what sponsors hold ready for a topic.
func (s queryServer) Streams(ctx context.Context, req *types.QueryStreamsRequest) (*types.QueryStreamsResponse, error) {
	if _, err := s.k.getTopic(ctx, req.TopicId); err != nil {
		return nil, notFound(err)
	}
	streams, err := s.k.streams(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	carry, err := s.k.carry(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	pots, err := s.k.pots(ctx, req.TopicId, types.MaxPageSize)
	if err != nil {
		return nil, err
	}
	return &types.QueryStreamsResponse{Streams: streams, Carry: carry, Pots: pots}, nil
}

// Sponsored returns what a contribution can claim of sponsors' coins.
func (s queryServer) Sponsored(ctx context.Context, req *types.QuerySponsoredRequest) (*types.QuerySponsoredResponse, error) {
	account, err := s.k.sponsored(ctx, req.ContributionId)
	if err != nil {
		return nil, err
	}
	return &types.QuerySponsoredResponse{Account: account}, nil
}
