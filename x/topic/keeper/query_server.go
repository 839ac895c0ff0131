// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/topic/types"
)

// maxPage is the most topics that one page of an answer holds.
const maxPage = 1000

var errEmptyRequest = errorsmod.Wrap(types.ErrInvalidRequest, "the request is empty")

type queryServer struct {
	keeper *Keeper
}

var _ types.QueryServer = queryServer{}

// NewQueryServer returns the server of the module's queries.
func NewQueryServer(keeper *Keeper) types.QueryServer {
	return queryServer{keeper: keeper}
}

// Params implements types.QueryServer.
func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.keeper.GetParams(ctx)
	if err != nil {
		return nil, err
	}
	return &types.QueryParamsResponse{Params: params}, nil
}

// Topic implements types.QueryServer.
func (s queryServer) Topic(ctx context.Context, req *types.QueryTopicRequest) (*types.QueryTopicResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	topic, err := s.keeper.GetTopic(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicResponse{Topic: topic}, nil
}

// TopicBySlug implements types.QueryServer.
func (s queryServer) TopicBySlug(ctx context.Context, req *types.QueryTopicBySlugRequest) (*types.QueryTopicBySlugResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	topic, err := s.keeper.GetTopicBySlug(ctx, req.Slug)
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicBySlugResponse{Topic: topic}, nil
}

// Topics implements types.QueryServer.
func (s queryServer) Topics(ctx context.Context, req *types.QueryTopicsRequest) (*types.QueryTopicsResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if _, known := types.Status_name[int32(req.Status)]; !known {
		return nil, errorsmod.Wrapf(types.ErrInvalidRequest, "status %d: choose a status, or none to list all", req.Status)
	}
	if err := checkPage(req.Pagination); err != nil {
		return nil, err
	}
	topics, page, err := query.CollectionFilteredPaginate(ctx, s.keeper.topics, req.Pagination,
		func(_ uint64, topic types.Topic) (bool, error) {
			return req.Status == types.STATUS_UNSPECIFIED || topic.Status == req.Status, nil
		},
		func(_ uint64, topic types.Topic) (types.Topic, error) { return topic, nil })
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicsResponse{Topics: topics, Pagination: page}, nil
}

// checkPage refuses a page that is longer than maxPage: a shorter answer than was asked
// for would look like the end of the list.
func checkPage(page *query.PageRequest) error {
	if page == nil {
		return nil
	}
	if page.Limit > maxPage {
		return errorsmod.Wrapf(types.ErrInvalidRequest, "a page of %d, expected at most %d: ask for the next page by pagination.key", page.Limit, maxPage)
	}
	if page.Offset > 0 && len(page.Key) > 0 {
		return errorsmod.Wrap(types.ErrInvalidRequest, "pagination has an offset and a key: give one of them")
	}
	return nil
}
