// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/scoring/types"
)

// Rows returns what all validators revealed of one tile of an epoch.
func (q queryServer) Rows(ctx context.Context, req *types.QueryRowsRequest) (*types.QueryRowsResponse, error) {
	if _, err := q.epoch(ctx, req.TopicId, req.Epoch); err != nil {
		return nil, err
	}
	ids, err := q.pinnedSet(ctx, req.TopicId, req.Epoch)
	if err != nil {
		return nil, err
	}
	res := &types.QueryRowsResponse{Tiles: uint32(types.Tiles(len(ids)))}
	return res, q.walkTile(ctx, q.Keeper.Rows, req.TopicId, req.Epoch, req.Tile, func(operator string, packed []byte) {
		res.Rows = append(res.Rows, types.Row{TopicId: req.TopicId, Epoch: req.Epoch, Tile: req.Tile, Operator: operator, Row: packed})
	})
}

// Bonds returns the bonds that a scored epoch left to all validators in one tile.
func (q queryServer) Bonds(ctx context.Context, req *types.QueryBondsRequest) (*types.QueryBondsResponse, error) {
	generation, err := q.Generations.Get(ctx, collections.Join(req.TopicId, req.Epoch))
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "epoch %d of topic %d left no bonds, or they were deleted", req.Epoch, req.TopicId)
	}
	if err != nil {
		return nil, err
	}
	res := &types.QueryBondsResponse{Tiles: uint32(len(generation.FirstIds))}
	res.Public, err = q.Publics.Get(ctx, collections.Join3(req.TopicId, req.Epoch, req.Tile))
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return nil, err
	}
	return res, q.walkTile(ctx, q.Keeper.Bonds, req.TopicId, req.Epoch, req.Tile, func(operator string, packed []byte) {
		res.Bonds = append(res.Bonds, types.Bonds{TopicId: req.TopicId, Epoch: req.Epoch, Tile: req.Tile, Operator: operator, Bonds: packed})
	})
}

// walkTile visits the values of a tile.
func (q queryServer) walkTile(ctx context.Context, values collections.Map[tileKey, []byte], topicID, number uint64, tile uint32, visit func(operator string, packed []byte)) error {
	of := collections.NewSuperPrefixedQuadRange3[uint64, uint64, uint32, []byte](topicID, number, tile)
	return values.Walk(ctx, of, func(key tileKey, packed []byte) (bool, error) {
		operator, err := q.operators.BytesToString(key.K4())
		if err != nil {
			return true, err
		}
		visit(operator, packed)
		return false, nil
	})
}

// Commits returns the commitments of an epoch, and the salts of those that were opened.
func (q queryServer) Commits(ctx context.Context, req *types.QueryCommitsRequest) (*types.QueryCommitsResponse, error) {
	if _, err := q.epoch(ctx, req.TopicId, req.Epoch); err != nil {
		return nil, err
	}
	res := &types.QueryCommitsResponse{}
	of := collections.NewSuperPrefixedTripleRange[uint64, uint64, []byte](req.TopicId, req.Epoch)
	err := q.Keeper.Commits.Walk(ctx, of, func(key voterKey, hash []byte) (bool, error) {
		operator, err := q.operators.BytesToString(key.K3())
		res.Commits = append(res.Commits, types.Commit{TopicId: req.TopicId, Epoch: req.Epoch, Operator: operator, Hash: hash})
		return false, err
	})
	if err != nil {
		return nil, err
	}
	return res, q.Reveals.Walk(ctx, of, func(_ voterKey, reveal types.Reveal) (bool, error) {
		res.Reveals = append(res.Reveals, reveal)
		return false, nil
	})
}

// Tally returns who counts in an epoch, and how far its close has come.
func (q queryServer) Tally(ctx context.Context, req *types.QueryTallyRequest) (*types.QueryTallyResponse, error) {
	key := collections.Join(req.TopicId, req.Epoch)
	tally, err := q.Tallies.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		epoch, err := q.epoch(ctx, req.TopicId, req.Epoch)
		if err != nil {
			return nil, err
		}
		return nil, errorsmod.Wrapf(types.ErrNotFound, "epoch %d of topic %d has no tally: its status is %s %s", req.Epoch, req.TopicId, epoch.Status, epoch.VoidReason)
	}
	if err != nil {
		return nil, err
	}
	res := &types.QueryTallyResponse{Tally: tally}
	if res.Work, err = found(q.Works.Get(ctx, key)); err != nil {
		return nil, err
	}
	res.Outcome, err = found(q.Outcomes.Get(ctx, key))
	return res, err
}

// found turns a record that is not stored into none.
func found[T any](record T, err error) (*T, error) {
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	return &record, err
}
