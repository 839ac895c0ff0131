// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"encoding/binary"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/emission/types"
)

// EpochPayment returns how an epoch's budget was spent; epoch 0 asks for the last one paid.
func (s queryServer) EpochPayment(ctx context.Context, req *types.QueryEpochPaymentRequest) (*types.QueryEpochPaymentResponse, error) {
	payment, paid, err := s.keptPayment(ctx, req.TopicId, req.Epoch)
	if err != nil {
		return nil, err
	}
	response := &types.QueryEpochPaymentResponse{Payment: payment, Matured: payment.Epoch <= paid.Mature, Pagination: &query.PageResponse{}}
	return response, s.pageOfRewards(ctx, req.TopicId, payment.Epoch, req.Pagination, response)
}

// keptPayment is the payment of an epoch, 0 for the last one, and how far its topic is paid.
func (s queryServer) keptPayment(ctx context.Context, topicID, epoch uint64) (payment types.EpochPayment, paid types.PaidEpochs, err error) {
	if _, err := s.k.getTopic(ctx, topicID); err != nil {
		return payment, paid, notFound(err)
	}
	if paid, err = s.k.paidEpochs(ctx, topicID); err != nil {
		return payment, paid, err
	}
	at := epoch
	if at == 0 {
		at = paid.Last
	}
	payment, err = s.k.Payments.Get(ctx, collections.Join(topicID, at))
	if errors.Is(err, collections.ErrNotFound) {
		err = notFound(errorsmod.Wrapf(types.ErrPaymentNotFound,
			"epoch %d of topic %d was not paid: it is not over, was void, or is older than keep_epochs", epoch, topicID))
	}
	return payment, paid, err
}

// Explain shows the whole way of what an epoch gave a contribution.
func (s queryServer) Explain(ctx context.Context, req *types.QueryExplainRequest) (*types.QueryExplainResponse, error) {
	contribution, err := s.k.contribution.GetContribution(ctx, req.ContributionId)
	if err != nil {
		return nil, notFound(err)
	}
	topicID := req.TopicId
	if topicID == 0 {
		topicID = contribution.TopicId
	}
	payment, paid, err := s.keptPayment(ctx, topicID, req.Epoch)
	if err != nil {
		return nil, err
	}
	reward, err := newTileReader(s.k).find(ctx, topicID, payment.Epoch, contribution.Id)
	if err != nil {
		return nil, err
	}
	account, err := newAccounts(s.k).of(ctx, contribution.Id)
	if err != nil {
		return nil, err
	}
	matures, err := s.k.maturesWith(ctx, paid, payment.Epoch)
	if err != nil {
		return nil, err
	}
	return types.Explain(payment, reward, contribution.Payees(), account, paid, matures), nil
}

// pageOfRewards adds the rewards of an epoch from a contribution on.
func (s queryServer) pageOfRewards(ctx context.Context, topicID, epoch uint64, asked *query.PageRequest, response *types.QueryEpochPaymentResponse) error {
	page, err := bounded(asked)
	if err != nil {
		return err
	}
	from, err := firstID(page)
	if err != nil {
		return err
	}
	// The tile in which the first of them stands begins below it.
	if tile, found, err := s.k.tileBelow(ctx, topicID, epoch, from+1); err != nil {
		return err
	} else if found {
		from = max(from, tile.FirstID())
		response.AddRewards(tile, from, page.Limit)
	}
	rest := new(collections.Range[tileKey]).
		StartExclusive(collections.Join3(topicID, epoch, from)).EndExclusive(collections.Join3(topicID, epoch+1, uint64(0)))
	return s.k.RewardTiles.Walk(ctx, rest, func(_ tileKey, tile types.RewardTile) (bool, error) {
		return response.AddRewards(tile, from, page.Limit), nil
	})
}

// Reward returns what a contribution was given, wherever it came from.
func (s queryServer) Reward(ctx context.Context, req *types.QueryRewardRequest) (*types.QueryRewardResponse, error) {
	account, err := newAccounts(s.k).of(ctx, req.ContributionId)
	if err != nil {
		return nil, err
	}
	return &types.QueryRewardResponse{Account: account}, nil
}

// StewardAccounts lists what a steward can claim, by topic.
func (s queryServer) StewardAccounts(ctx context.Context, req *types.QueryStewardAccountsRequest) (*types.QueryStewardAccountsResponse, error) {
	steward, err := s.k.accounts.StringToBytes(req.Steward)
	if err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "steward %q: %s", req.Steward, err)
	}
	page, err := bounded(req.Pagination)
	if err != nil {
		return nil, err
	}
	accounts, next, err := query.CollectionPaginate(ctx, s.k.StewardAccounts, page,
		func(_ collections.Pair[[]byte, uint64], account types.StewardAccount) (types.StewardAccount, error) {
			return account, nil
		},
		query.WithCollectionPaginationPairPrefix[[]byte, uint64](steward))
	if err != nil {
		return nil, err
	}
	return &types.QueryStewardAccountsResponse{Accounts: accounts, Pagination: next}, nil
}

// Rewards lists what each contribution of a contributor was given, also those given nothing.
func (s queryServer) Rewards(ctx context.Context, req *types.QueryRewardsRequest) (*types.QueryRewardsResponse, error) {
	contributor, err := s.k.accounts.StringToBytes(req.Contributor)
	if err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "contributor %q: %s", req.Contributor, err)
	}
	page, err := bounded(req.Pagination)
	if err != nil {
		return nil, err
	}
	from, err := firstID(page)
	if err != nil {
		return nil, err
	}
	response := &types.QueryRewardsResponse{Pagination: &query.PageResponse{}}
	accounts := newAccounts(s.k)
	err = s.k.contribution.ContributionsOf(ctx, contributor, func(id uint64) (bool, error) {
		if id < from {
			return false, nil
		}
		if uint64(len(response.Accounts)) == page.Limit {
			response.Pagination.NextKey = binary.BigEndian.AppendUint64(nil, id)
			return true, nil
		}
		account, err := accounts.of(ctx, id)
		response.Accounts = append(response.Accounts, account)
		return false, err
	})
	if err != nil {
		return nil, err
	}
	return response, nil
}

// Ledger returns who raised a topic's frontier, and what is under measurement.
func (s queryServer) Ledger(ctx context.Context, req *types.QueryLedgerRequest) (*types.QueryLedgerResponse, error) {
	ledger, err := s.k.scoring.Ledger(ctx, req.TopicId)
	if err != nil {
		return nil, notFound(err)
	}
	return &types.QueryLedgerResponse{Ledger: ledger}, nil
}
