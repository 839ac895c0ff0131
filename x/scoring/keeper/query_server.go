// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

type queryServer struct{ *Keeper }

// NewQueryServer returns the handlers of the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

// Params returns the module's parameters.
func (q queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := q.Keeper.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	return &types.QueryParamsResponse{Params: params}, nil
}

// PendingParams returns the parameters that wait, if any do.
func (q queryServer) PendingParams(ctx context.Context, _ *types.QueryPendingParamsRequest) (*types.QueryPendingParamsResponse, error) {
	pending, err := q.changes().Waiting(ctx)
	if err != nil {
		return nil, err
	}
	return &types.QueryPendingParamsResponse{Pending: pending}, nil
}

// Scorer returns a validator's hot key.
func (q queryServer) Scorer(ctx context.Context, req *types.QueryScorerRequest) (*types.QueryScorerResponse, error) {
	operator, err := q.operator(req.Operator)
	if err != nil {
		return nil, err
	}
	scorer, err := q.scorerOf(ctx, operator)
	if err != nil || scorer == nil {
		return &types.QueryScorerResponse{}, err
	}
	name, err := q.accounts.BytesToString(scorer)
	return &types.QueryScorerResponse{Scorer: name}, err
}

// Epoch returns an epoch of a topic and its pinned set.
func (q queryServer) Epoch(ctx context.Context, req *types.QueryEpochRequest) (*types.QueryEpochResponse, error) {
	number := req.Epoch
	if number == 0 {
		clock, err := q.clock(ctx, req.TopicId)
		if err != nil {
			return nil, err
		}
		number = clock.Epoch
	}
	epoch, err := q.epoch(ctx, req.TopicId, number)
	if err != nil {
		return nil, err
	}
	ids, err := q.pinnedSet(ctx, req.TopicId, number)
	return &types.QueryEpochResponse{Epoch: epoch, ContributionIds: ids}, err
}

// Result returns the consensus of a scored epoch.
func (q queryServer) Result(ctx context.Context, req *types.QueryResultRequest) (*types.QueryResultResponse, error) {
	if req.Epoch == 0 {
		result, found, err := q.lastResult(ctx, req.TopicId)
		if err == nil && !found {
			err = errorsmod.Wrapf(types.ErrNotFound, "topic %d has no scored epoch yet", req.TopicId)
		}
		return &types.QueryResultResponse{Result: result}, err
	}
	result, found, err := q.storedResult(ctx, req.TopicId, req.Epoch)
	if err == nil && !found {
		epoch, err := q.epoch(ctx, req.TopicId, req.Epoch)
		if err != nil {
			return nil, err
		}
		return nil, errorsmod.Wrapf(types.ErrNotFound, "epoch %d of topic %d has no result: its status is %s %s", req.Epoch, req.TopicId, epoch.Status, epoch.VoidReason)
	}
	return &types.QueryResultResponse{Result: result}, err
}

// Row returns what a validator committed and revealed in an epoch.
func (q queryServer) Row(ctx context.Context, req *types.QueryRowRequest) (*types.QueryRowResponse, error) {
	operator, err := q.operator(req.Operator)
	if err != nil {
		return nil, err
	}
	if _, err := q.epoch(ctx, req.TopicId, req.Epoch); err != nil {
		return nil, err
	}
	key := collections.Join3(req.TopicId, req.Epoch, operator)
	hash, err := q.Keeper.Commits.Get(ctx, key)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return nil, err
	}
	reveal, err := q.Reveals.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return &types.QueryRowResponse{Hash: hash}, nil
	}
	if err != nil {
		return nil, err
	}
	entries, err := q.rowOf(ctx, req.TopicId, req.Epoch, operator)
	return &types.QueryRowResponse{Hash: hash, Revealed: true, Scores: scores(entries), Salt: reveal.Salt}, err
}

// rowOf puts a row together from its tiles.
func (k *Keeper) rowOf(ctx context.Context, topicID, number uint64, operator []byte) ([]row.Entry, error) {
	ids, err := k.pinnedSet(ctx, topicID, number)
	if err != nil {
		return nil, err
	}
	var entries []row.Entry
	for tile := range types.Tiles(len(ids)) {
		packed, err := k.Rows.Get(ctx, collections.Join4(topicID, number, uint32(tile), operator))
		if errors.Is(err, collections.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		part, err := row.Decode(packed, types.TileSize)
		if err != nil {
			return nil, err
		}
		entries = append(entries, part...)
	}
	return entries, nil
}

func scores(entries []row.Entry) []types.Score {
	out := make([]types.Score, len(entries))
	for i, e := range entries {
		out[i] = types.Score{ContributionId: e.ID, Score: uint32(e.Score)}
	}
	return out
}

// operator reads an operator address out of a request.
func (q queryServer) operator(name string) ([]byte, error) {
	operator, err := q.operators.StringToBytes(name)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrInvalidMessage, "operator: %s", err)
	}
	return operator, nil
}

// clock returns a topic's clock, or x/topic's error for an unknown topic.
func (q queryServer) clock(ctx context.Context, topicID uint64) (types.Clock, error) {
	clock, err := q.Clocks.Get(ctx, topicID)
	if !errors.Is(err, collections.ErrNotFound) {
		return clock, err
	}
	if _, err := q.topic.GetTopic(ctx, topicID); err != nil {
		return types.Clock{}, err
	}
	return types.Clock{}, errorsmod.Wrapf(types.ErrNotFound, "topic %d has no clock", topicID)
}

// epoch returns a stored epoch, or says why there is none.
func (q queryServer) epoch(ctx context.Context, topicID, number uint64) (types.Epoch, error) {
	epoch, err := q.Epochs.Get(ctx, collections.Join(topicID, number))
	if !errors.Is(err, collections.ErrNotFound) {
		return epoch, err
	}
	clock, err := q.clock(ctx, topicID)
	if err != nil {
		return types.Epoch{}, err
	}
	if number < clock.Epoch && number > 0 {
		return types.Epoch{}, errorsmod.Wrapf(types.ErrNotFound, "epoch %d of topic %d was pruned: ask an archive node at an earlier height", number, topicID)
	}
	return types.Epoch{}, errorsmod.Wrapf(types.ErrNotFound, "topic %d opened %d epochs so far, and the next one begins at height %d", topicID, clock.Epoch, clock.NextStart)
}
