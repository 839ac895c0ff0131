// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/merkle"

	"github.com/weal-network/weal/x/scoring/types"
)

// Proof returns the result of one contribution with its path to the Merkle root of the epoch.
func (q queryServer) Proof(ctx context.Context, req *types.QueryProofRequest) (*types.QueryProofResponse, error) {
	number, err := q.scored(ctx, req.TopicId, req.Epoch)
	if err != nil {
		return nil, err
	}
	key := collections.Join(req.TopicId, number)
	root, err := q.Roots.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "epoch %d of topic %d has no Merkle root: it has no result, or is still being closed", number, req.TopicId)
	}
	if err != nil {
		return nil, err
	}
	ids, err := q.pinnedSet(ctx, req.TopicId, number)
	if err != nil {
		return nil, err
	}
	index, found := slices.BinarySearch(ids, req.ContributionId)
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "contribution %d was not measured in epoch %d of topic %d", req.ContributionId, number, req.TopicId)
	}
	res := &types.QueryProofResponse{Index: uint64(index), Leaves: uint64(len(ids)), Root: root}
	if res.Key, err = collections.EncodeKeyWithPrefix(types.RootsPrefix, q.Roots.KeyCodec(), key); err != nil {
		return nil, err
	}
	return res, q.walkPath(ctx, res, req.TopicId, number, ids)
}

// walkPath fills in the leaf and the path of a proof: within its tile, and then over the tiles.
func (q queryServer) walkPath(ctx context.Context, res *types.QueryProofResponse, topicID, number uint64, ids []uint64) error {
	home, place := int(res.Index)/types.TileSize, int(res.Index)%types.TileSize
	tops := make([]merkle.Hash, types.Tiles(len(ids)))
	var path []merkle.Hash
	for tile := range tops {
		leaves, err := q.leaves(ctx, topicID, number, uint32(tile), types.TileIDs(ids, tile))
		if err != nil {
			return err
		}
		hashes := types.HashLeaves(leaves)
		tops[tile] = merkle.Top(hashes)
		if tile == home {
			res.Leaf, path = leaves[place], merkle.Path(hashes, place)
		}
	}
	for _, hash := range append(path, merkle.Path(tops, home)...) {
		res.Path = append(res.Path, hash[:])
	}
	return nil
}

// scored returns the number of an epoch that was asked for; of the last scored one for 0.
func (q queryServer) scored(ctx context.Context, topicID, number uint64) (uint64, error) {
	if number > 0 {
		_, err := q.epoch(ctx, topicID, number)
		return number, err
	}
	clock, err := q.clock(ctx, topicID)
	if err != nil {
		return 0, err
	}
	if clock.BondsEpoch == 0 {
		return 0, errorsmod.Wrapf(types.ErrNotFound, "topic %d has no scored epoch yet", topicID)
	}
	return clock.BondsEpoch, nil
}
