// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/contribution/types"
)

// defaultPage is how long a page is when none is asked for.
const defaultPage = 100

// Ancestors implements types.QueryServer.
func (s queryServer) Ancestors(ctx context.Context, req *types.QueryAncestorsRequest) (*types.QueryAncestorsResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	limit := int(min(req.Limit, maxPage))
	if limit == 0 {
		limit = defaultPage
	}
	list, next, err := s.keeper.ancestors(ctx, req.ContributionId, req.Below, limit)
	if err != nil {
		return nil, err
	}
	return &types.QueryAncestorsResponse{Ancestors: list, Below: next}, nil
}

// Children implements types.QueryServer.
func (s queryServer) Children(ctx context.Context, req *types.QueryChildrenRequest) (*types.QueryChildrenResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if _, err := s.keeper.GetContribution(ctx, req.ContributionId); err != nil {
		return nil, err
	}
	list, page, err := query.CollectionPaginate(ctx, s.keeper.children, bounded(req.Pagination),
		func(key collections.Pair[uint64, uint64], _ collections.NoValue) (types.Contribution, error) {
			return s.keeper.contributions.Get(ctx, key.K2())
		},
		query.WithCollectionPaginationPairPrefix[uint64, uint64](req.ContributionId))
	if err != nil {
		return nil, err
	}
	return &types.QueryChildrenResponse{Children: list, Pagination: page}, nil
}
