// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
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
	pending, offer, err := s.waiting(ctx, topic.Id)
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicResponse{Topic: topic, Pending: pending, Offer: offer}, nil
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
	pending, offer, err := s.waiting(ctx, topic.Id)
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicBySlugResponse{Topic: topic, Pending: pending, Offer: offer}, nil
}

// waiting returns what waits for a topic: nil for nothing.
func (s queryServer) waiting(ctx context.Context, id uint64) (*types.PendingUpdate, *types.StewardshipOffer, error) {
	pending, err := find(ctx, s.keeper.pending, id)
	if err != nil {
		return nil, nil, err
	}
	offer, err := find(ctx, s.keeper.offers, id)
	return pending, offer, err
}

// find is the value of a key, nil when there is none.
func find[V any](ctx context.Context, m collections.Map[uint64, V], id uint64) (*V, error) {
	value, found, err := get(ctx, m, id)
	if err != nil || !found {
		return nil, err
	}
	return &value, nil
}

// Topics implements types.QueryServer. Each of the four ways to ask has an index of its
// own, so that a page reads what it shows and nothing else.
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
	var resp types.QueryTopicsResponse
	var err error
	switch {
	case req.Steward != "":
		resp.Topics, resp.Pagination, err = s.byStewardPage(ctx, req)
	case req.Status != types.STATUS_UNSPECIFIED:
		resp.Topics, resp.Pagination, err = query.CollectionPaginate(ctx, s.keeper.topics.Indexes.Status.keys, req.Pagination,
			func(key statusKey, _ collections.NoValue) (types.Topic, error) {
				return s.keeper.topics.Get(ctx, key.K2())
			},
			query.WithCollectionPaginationPairPrefix[int32, uint64](int32(req.Status)))
	default:
		resp.Topics, resp.Pagination, err = query.CollectionPaginate(ctx, s.keeper.topics, req.Pagination,
			func(_ uint64, topic types.Topic) (types.Topic, error) { return topic, nil })
	}
	if err != nil {
		return nil, err
	}
	return &resp, nil
}

// byStewardPage is one page of a steward's topics, of all or of one status.
func (s queryServer) byStewardPage(ctx context.Context, req *types.QueryTopicsRequest) ([]types.Topic, *query.PageResponse, error) {
	steward, err := s.keeper.addressCodec.StringToBytes(req.Steward)
	if err != nil {
		return nil, nil, errorsmod.Wrapf(types.ErrInvalidRequest, "steward %q: %s; write an account's address", req.Steward, err)
	}
	prefix := collections.TriplePrefix[sdk.AccAddress, int32, uint64](steward)
	if req.Status != types.STATUS_UNSPECIFIED {
		prefix = collections.TripleSuperPrefix[sdk.AccAddress, int32, uint64](steward, int32(req.Status))
	}
	return query.CollectionPaginate(ctx, s.keeper.topics.Indexes.Steward.keys, req.Pagination,
		func(key stewardKey, _ collections.NoValue) (types.Topic, error) {
			return s.keeper.topics.Get(ctx, key.K3())
		},
		func(o *query.CollectionsPaginateOptions[stewardKey]) { o.Prefix = &prefix })
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
