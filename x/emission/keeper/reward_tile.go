// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// tileKey is topic, epoch, and the first contribution of the tile.
type tileKey = collections.Triple[uint64, uint64, uint64]

// tileBelow is the last tile of an epoch that begins below an id; false for none.
func (k *Keeper) tileBelow(ctx context.Context, topicID, epoch, id uint64) (tile types.RewardTile, found bool, err error) {
	before := new(collections.Range[tileKey]).
		StartInclusive(collections.Join3(topicID, epoch, uint64(0))).EndExclusive(collections.Join3(topicID, epoch, id)).Descending()
	tiles, err := k.RewardTiles.Iterate(ctx, before)
	if err != nil {
		return tile, false, err
	}
	defer func() { err = errors.Join(err, tiles.Close()) }()
	if !tiles.Valid() {
		return tile, false, nil
	}
	tile, err = tiles.Value()
	return tile, err == nil, err
}

// storeTile stores a tile, which is found by its first contribution.
func (k *Keeper) storeTile(ctx context.Context, tile types.RewardTile) error {
	return k.RewardTiles.Set(ctx, collections.Join3(tile.TopicId, tile.Epoch, tile.FirstID()), tile)
}

// pruneTiles deletes tiles of epochs before an epoch of a topic, the oldest first and a bounded number.
func (k *Keeper) pruneTiles(ctx context.Context, topicID, epoch uint64) error {
	old := new(collections.Range[tileKey]).
		StartInclusive(collections.Join3(topicID, uint64(0), uint64(0))).EndExclusive(collections.Join3(topicID, epoch, uint64(0)))
	tiles, err := k.RewardTiles.Iterate(ctx, old)
	if err != nil {
		return err
	}
	var keys []tileKey
	for ; tiles.Valid() && len(keys) < types.MaxPrunedPerPayment; tiles.Next() {
		key, err := tiles.Key()
		if err != nil {
			return errors.Join(err, tiles.Close())
		}
		keys = append(keys, key)
	}
	if err := tiles.Close(); err != nil {
		return err
	}
	for _, key := range keys {
		if err := k.RewardTiles.Remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// amounts are what an epoch gave contributions, by rising ids.
func (k *Keeper) amounts(ctx context.Context, topicID, epoch uint64, ids []uint64) ([]uint64, error) {
	amounts := make([]uint64, len(ids))
	if len(ids) == 0 {
		return amounts, nil
	}
	from := ids[0]
	tile, found, err := k.tileBelow(ctx, topicID, epoch, from+1)
	if err != nil {
		return nil, err
	}
	if found {
		from = tile.FirstID()
	}
	at := 0
	among := new(collections.Range[tileKey]).
		StartInclusive(collections.Join3(topicID, epoch, from)).EndInclusive(collections.Join3(topicID, epoch, ids[len(ids)-1]))
	err = k.RewardTiles.Walk(ctx, among, func(_ tileKey, tile types.RewardTile) (bool, error) {
		for _, reward := range tile.Rewards {
			for at < len(ids) && ids[at] < reward.ContributionId {
				at++
			}
			if at < len(ids) && ids[at] == reward.ContributionId {
				amounts[at] = reward.Amount
			}
		}
		return at == len(ids), nil
	})
	return amounts, err
}

// tileReader looks rewards up, and reads a tile once for many that stand in it.
type tileReader struct {
	k *Keeper
	// at are the tiles read last, by topic and epoch; looked up and never ranged over.
	at map[collections.Pair[uint64, uint64]]types.RewardTile
}

func newTileReader(k *Keeper) *tileReader {
	return &tileReader{k: k, at: map[collections.Pair[uint64, uint64]]types.RewardTile{}}
}

// find is what an epoch says of a contribution; nil for nothing.
func (r *tileReader) find(ctx context.Context, topicID, epoch, id uint64) (*types.Reward, error) {
	place := collections.Join(topicID, epoch)
	tile, read := r.at[place]
	if read && tile.Covers(id) {
		return tile.Find(id), nil
	}
	tile, found, err := r.k.tileBelow(ctx, topicID, epoch, id+1)
	if err != nil || !found {
		return nil, err
	}
	r.at[place] = tile
	return tile.Find(id), nil
}
