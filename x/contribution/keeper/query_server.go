// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/contribution/types"
)

// maxPage is the most records that one page of an answer holds.
const maxPage = 1000

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
	params, err := s.keeper.params.Get(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// Guardians implements types.QueryServer.
func (s queryServer) Guardians(ctx context.Context, req *types.QueryGuardiansRequest) (*types.QueryGuardiansResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	resp := &types.QueryGuardiansResponse{}
	if resp.Guardians, err = s.keeper.Guardians(ctx); err != nil {
		return nil, err
	}
	if resp.PausedTopicIds, resp.MayPause, err = s.keeper.pausedTopics(ctx, params); err != nil || req.TopicId == 0 {
		return resp, err
	}
	if _, err := s.keeper.topic.GetTopic(ctx, req.TopicId); err != nil {
		return nil, err
	}
	ids, may, err := s.keeper.held(ctx, req.TopicId, params)
	if err != nil {
		return nil, err
	}
	resp.MayHold = may
	for _, id := range ids {
		c, err := s.keeper.GetContribution(ctx, id)
		if err != nil {
			return nil, err
		}
		resp.Held = append(resp.Held, c)
	}
	return resp, nil
}

// Contribution implements types.QueryServer.
func (s queryServer) Contribution(ctx context.Context, req *types.QueryContributionRequest) (*types.QueryContributionResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	c, err := s.keeper.GetContribution(ctx, req.ContributionId)
	if err != nil {
		return nil, err
	}
	return &types.QueryContributionResponse{Contribution: c}, nil
}

// Contributions implements types.QueryServer.
func (s queryServer) Contributions(ctx context.Context, req *types.QueryContributionsRequest) (*types.QueryContributionsResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if _, known := types.Status_name[int32(req.Status)]; !known {
		return nil, errorsmod.Wrapf(types.ErrInvalidRequest, "status %d: choose a status, or none to list all", req.Status)
	}
	if _, err := s.keeper.topic.GetTopic(ctx, req.TopicId); err != nil {
		return nil, err
	}
	idx := s.keeper.contributions.Indexes
	load := func(id uint64) (types.Contribution, error) { return s.keeper.contributions.Get(ctx, id) }
	var resp types.QueryContributionsResponse
	var err error
	if req.Status == types.STATUS_UNSPECIFIED {
		resp.Contributions, resp.Pagination, err = query.CollectionPaginate(ctx, idx.Topic.keys, bounded(req.Pagination),
			func(key topicKey, _ collections.NoValue) (types.Contribution, error) { return load(key.K2()) },
			query.WithCollectionPaginationPairPrefix[uint64, uint64](req.TopicId))
	} else {
		resp.Contributions, resp.Pagination, err = query.CollectionPaginate(ctx, idx.Status.keys, bounded(req.Pagination),
			func(key statusKey, _ collections.NoValue) (types.Contribution, error) { return load(key.K3()) },
			withStatusPrefix(req.TopicId, req.Status))
	}
	if err != nil {
		return nil, err
	}
	return &resp, nil
}

// ContributionsByContributor implements types.QueryServer.
func (s queryServer) ContributionsByContributor(
	ctx context.Context, req *types.QueryContributionsByContributorRequest,
) (*types.QueryContributionsByContributorResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	addr, err := s.keeper.addressCodec.StringToBytes(req.Contributor)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrInvalidAddress, "contributor %q: %s; expected an account's bech32 address", req.Contributor, err)
	}
	list, page, err := query.CollectionPaginate(ctx, s.keeper.contributions.Indexes.Contributor.keys, bounded(req.Pagination),
		func(key contributorKey, _ collections.NoValue) (types.Contribution, error) {
			return s.keeper.contributions.Get(ctx, key.K2())
		},
		query.WithCollectionPaginationPairPrefix[sdk.AccAddress, uint64](addr))
	if err != nil {
		return nil, err
	}
	return &types.QueryContributionsByContributorResponse{Contributions: list, Pagination: page}, nil
}

// ContributionByDigest implements types.QueryServer.
func (s queryServer) ContributionByDigest(ctx context.Context, req *types.QueryContributionByDigestRequest) (*types.QueryContributionByDigestResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	digest, err := hex.DecodeString(req.Sha256)
	if err != nil || len(digest) != sha256.Size {
		return nil, errorsmod.Wrapf(types.ErrInvalidRequest, "sha256 %q: write the digest as %d hexadecimal characters", req.Sha256, 2*sha256.Size)
	}
	id, err := s.keeper.digests.Get(ctx, collections.Join(req.TopicId, digest))
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrContributionNotFound, "no contribution of topic %d has shown the artifact %X", req.TopicId, digest)
	}
	if err != nil {
		return nil, err
	}
	c, err := s.keeper.GetContribution(ctx, id)
	if err != nil {
		return nil, err
	}
	return &types.QueryContributionByDigestResponse{Contribution: c}, nil
}

// ActiveSet implements types.QueryServer.
func (s queryServer) ActiveSet(ctx context.Context, req *types.QueryActiveSetRequest) (*types.QueryActiveSetResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if _, err := s.keeper.topic.GetTopic(ctx, req.TopicId); err != nil {
		return nil, err
	}
	set, _, err := s.keeper.settledSet(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	return &types.QueryActiveSetResponse{ActiveSet: set}, nil
}

var errEmptyRequest = errorsmod.Wrap(types.ErrInvalidRequest, "the request is empty")

// bounded returns the page that is asked for, at most maxPage long. Without one
// it is the first, uncounted: counting would walk over everything.
func bounded(page *query.PageRequest) *query.PageRequest {
	if page == nil {
		return &query.PageRequest{Limit: query.DefaultLimit}
	}
	page.Limit = min(page.Limit, maxPage)
	return page
}

func withStatusPrefix(topicID uint64, status types.Status) func(*query.CollectionsPaginateOptions[statusKey]) {
	return func(o *query.CollectionsPaginateOptions[statusKey]) {
		prefix := collections.TripleSuperPrefix[uint64, int32, uint64](topicID, int32(status))
		o.Prefix = &prefix
	}
}
