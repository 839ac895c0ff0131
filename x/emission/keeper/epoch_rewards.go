// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// EpochRewards calls fn with what a paid epoch gave contributions, royalties settled, by rising ids from one on, until fn returns true or an
// error. It reads a tile for each 256 of them, and calls fn for none of an epoch that was not paid, or is older than keep_epochs.
func (k *Keeper) EpochRewards(ctx context.Context, topicID, epoch, from uint64, fn func(id, amount uint64) (stop bool, err error)) error {
	paid, err := k.Payments.Has(ctx, collections.Join(topicID, epoch))
	if err != nil || !paid {
		return err
	}
	first := from
	if tile, found, err := k.tileBelow(ctx, topicID, epoch, from+1); err != nil {
		return err
	} else if found {
		first = tile.FirstID()
	}
	rest := new(collections.Range[tileKey]).
		StartInclusive(collections.Join3(topicID, epoch, first)).EndExclusive(collections.Join3(topicID, epoch+1, uint64(0)))
	return k.RewardTiles.Walk(ctx, rest, func(_ tileKey, tile types.RewardTile) (bool, error) {
		for _, reward := range tile.Rewards {
			if reward.ContributionId < from {
				continue
			}
			if stop, err := fn(reward.ContributionId, reward.Amount); stop || err != nil {
				return true, err
			}
		}
		return false, nil
	})
}
