// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/pkg/halving"
	"github.com/weal-network/weal/x/merit/types"
)

// maxPageSize is the most entries of a page.
const maxPageSize = 1_000

type queryServer struct{ k *Keeper }

var _ types.QueryServer = queryServer{}

// NewQueryServer serves the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

// Params returns the parameters.
func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.k.Params.Get(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// Account returns an account's merit.
func (s queryServer) Account(ctx context.Context, req *types.QueryAccountRequest) (*types.QueryAccountResponse, error) {
	account, err := s.k.accounts.StringToBytes(req.Address)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrInvalidRequest, "address %q: %s", req.Address, err)
	}
	house, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	holding, err := s.k.Holdings.Get(ctx, account)
	if errors.Is(err, collections.ErrNotFound) {
		holding, err = types.NewHolding(req.Address), nil
	}
	if err != nil {
		return nil, err
	}
	return &types.QueryAccountResponse{
		Merit: house.merit(holding.Address, holding.Merit()), Sources: holding.Sources, VotingPower: house.of(holding),
	}, nil
}

// Top lists those that have merit, the most first.
func (s queryServer) Top(ctx context.Context, req *types.QueryTopRequest) (*types.QueryTopResponse, error) {
	house, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	page, err := bounded(req.Pagination)
	if err != nil {
		return nil, err
	}
	accounts, next, err := query.CollectionPaginate(ctx, s.k.Ranks, page, func(key rankKey, _ collections.NoValue) (types.Merit, error) {
		holding, err := s.k.Holdings.Get(ctx, key.K2())
		return house.merit(holding.Address, holding.Merit()), err
	})
	return &types.QueryTopResponse{Accounts: accounts, Pagination: next}, err
}

// Total returns all merit.
func (s queryServer) Total(ctx context.Context, _ *types.QueryTotalRequest) (*types.QueryTotalResponse, error) {
	stake, err := s.k.openStake(ctx)
	if err != nil {
		return nil, err
	}
	merit, err := s.k.openMerit(ctx, stake.total)
	if err != nil {
		return nil, err
	}
	response := &types.QueryTotalResponse{Amount: merit.at.WorthExact(merit.all), VotingPower: merit.power, Bonded: stake.total}
	first, found, err := s.k.nextRecording(ctx)
	if err != nil || !found {
		return response, err
	}
	next, err := s.k.NextRecording.Get(ctx)
	// Those in between are in the queue, as it is left at its head only.
	response.Recordings = next - first.Id
	return response, err
}

// Contribution lists who has merit from a contribution.
func (s queryServer) Contribution(ctx context.Context, req *types.QueryContributionRequest) (*types.QueryContributionResponse, error) {
	if req.ContributionId == 0 {
		return nil, errorsmod.Wrap(types.ErrInvalidRequest, "contribution_id is 0: ids begin at 1")
	}
	house, err := s.house(ctx)
	if err != nil {
		return nil, err
	}
	page, err := bounded(req.Pagination)
	if err != nil {
		return nil, err
	}
	accounts, next, err := query.CollectionPaginate(ctx, s.k.Sources, page,
		func(_ sourceKey, source types.Source) (types.Merit, error) {
			return house.merit(source.Address, source.Merit()), nil
		},
		query.WithCollectionPaginationPairPrefix[uint64, []byte](req.ContributionId))
	return &types.QueryContributionResponse{Accounts: accounts, Pagination: next}, err
}

// house is the merit house as it is now.
func (s queryServer) house(ctx context.Context) (*meritHouse, error) {
	stake, err := s.k.openStake(ctx)
	if err != nil {
		return nil, err
	}
	return s.k.openMerit(ctx, stake.total)
}

// merit is what a weight is worth, and its part of all.
func (m *meritHouse) merit(address string, w halving.Weight) types.Merit {
	merit := types.Merit{Address: address, Amount: m.at.Worth(w), Share: math.LegacyZeroDec()}
	if m.all.Sign() > 0 {
		merit.Share = part(math.OneInt(), w, m.all, m.at)
	}
	return merit
}

// bounded is a page of at most maxPageSize, by key.
func bounded(page *query.PageRequest) (*query.PageRequest, error) {
	if page == nil {
		page = &query.PageRequest{}
	}
	if page.Limit > maxPageSize || page.Offset > 0 || page.CountTotal || page.Reverse {
		return nil, errorsmod.Wrapf(types.ErrInvalidRequest, "page of %d from offset %d: ask for at most %d, and follow next_key; offset, count_total and reverse would walk over all", page.Limit, page.Offset, maxPageSize)
	}
	copied := *page
	if copied.Limit == 0 {
		copied.Limit = query.DefaultLimit
	}
	return &copied, nil
}
