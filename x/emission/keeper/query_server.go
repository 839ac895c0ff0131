// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"encoding/binary"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/emission/types"
)

type queryServer struct{ k *Keeper }

var _ types.QueryServer = queryServer{}

// NewQueryServer serves the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

// Params returns the parameters.
func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.k.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	return &types.QueryParamsResponse{Params: params}, nil
}

// PendingParams returns the parameters that wait, if any do.
func (s queryServer) PendingParams(ctx context.Context, _ *types.QueryPendingParamsRequest) (*types.QueryPendingParamsResponse, error) {
	pending, err := s.k.changes().Waiting(ctx)
	if err != nil {
		return nil, err
	}
	return &types.QueryPendingParamsResponse{Pending: pending}, nil
}

// Issuance returns what has been issued, the supply now and the cap.
func (s queryServer) Issuance(ctx context.Context, _ *types.QueryIssuanceRequest) (*types.QueryIssuanceResponse, error) {
	issuance, err := s.k.Issuance.Get(ctx)
	if err != nil {
		return nil, err
	}
	supply, err := s.k.supply(ctx)
	if err != nil {
		return nil, err
	}
	return &types.QueryIssuanceResponse{Issuance: issuance, Supply: supply, Cap: types.CapUweal}, nil
}

// TopicAccounts lists topics' accounts as they stand in this block.
func (s queryServer) TopicAccounts(ctx context.Context, req *types.QueryTopicAccountsRequest) (*types.QueryTopicAccountsResponse, error) {
	page, err := bounded(req.GetPagination())
	if err != nil {
		return nil, err
	}
	issuance, err := s.k.Issuance.Get(ctx)
	if err != nil {
		return nil, err
	}
	accounts, next, err := query.CollectionPaginate(ctx, s.k.TopicAccounts, page, func(_ uint64, account types.TopicAccount) (types.TopicAccount, error) {
		err := account.Settle(issuance.TopicIndex)
		return account, err
	})
	if err != nil {
		return nil, err
	}
	return &types.QueryTopicAccountsResponse{Accounts: accounts, Pagination: next}, nil
}

// Audit recounts the module's money.
func (s queryServer) Audit(ctx context.Context, _ *types.QueryAuditRequest) (*types.QueryAuditResponse, error) {
	checks, err := s.k.audit(ctx)
	if err != nil {
		return nil, err
	}
	response := &types.QueryAuditResponse{Ok: true, Checks: checks}
	for _, check := range checks {
		response.Ok = response.Ok && check.Ok
	}
	return response, nil
}

// bounded is the page asked for, with the default limit for none, and refuses larger ones.
func bounded(page *query.PageRequest) (*query.PageRequest, error) {
	if page == nil {
		page = &query.PageRequest{}
	}
	if page.Limit > types.MaxPageSize {
		return nil, status.Errorf(codes.InvalidArgument, "page limit is %d, expected at most %d: follow next_key", page.Limit, types.MaxPageSize)
	}
	copied := *page
	if copied.Limit == 0 {
		copied.Limit = query.DefaultLimit
	}
	return &copied, nil
}

// firstID is the contribution that a page over a contributor's begins with.
func firstID(page *query.PageRequest) (uint64, error) {
	if page.Offset > 0 || page.Reverse || page.CountTotal {
		return 0, status.Error(codes.InvalidArgument, "pages of rewards take limit and key only, not offset, reverse or count_total")
	}
	switch len(page.Key) {
	case 0:
		return 0, nil
	case 8:
		return binary.BigEndian.Uint64(page.Key), nil
	default:
		return 0, status.Errorf(codes.InvalidArgument, "page key is %d bytes, expected the 8 of a next_key", len(page.Key))
	}
}

func notFound(err error) error {
	return status.Error(codes.NotFound, err.Error())
}
