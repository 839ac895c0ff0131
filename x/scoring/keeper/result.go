// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// result puts an epoch's result together from its tiles, its tally and its outcome.
func (k *Keeper) result(ctx context.Context, ids []uint64, tally types.Tally, outcome types.Outcome) (types.EpochResult, error) {
	result := tally.Result(ids)
	for tile := range types.Tiles(len(ids)) {
		packed, err := k.Results.Get(ctx, collections.Join3(tally.TopicId, tally.Epoch, uint32(tile)))
		if err != nil {
			return result, err
		}
		if err := result.AppendResults(packed, len(types.TileIDs(ids, tile))); err != nil {
			return result, err
		}
	}
	if err := result.PutOutcome(outcome); err != nil {
		return result, err
	}
	err := k.addShares(ctx, &result)
	return result, err
}

// addShares adds what contributors of an epoch were paid by.
func (k *Keeper) addShares(ctx context.Context, result *types.EpochResult) error {
	key := collections.Join(result.TopicId, result.Epoch)
	epoch, err := k.Epochs.Get(ctx, key)
	if err != nil {
		return err
	}
	result.RewardRule = epoch.Scoring.RewardRule
	if !epoch.PaysFrontier() {
		return nil
	}
	record, err := k.Frontiers.Get(ctx, key)
	result.Shares = record.Shares
	return err
}

// storedResult returns the result of an epoch; false when it is not scored or no longer stored.
func (k *Keeper) storedResult(ctx context.Context, topicID, number uint64) (types.EpochResult, bool, error) {
	key := collections.Join(topicID, number)
	outcome, err := k.Outcomes.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return types.EpochResult{}, false, nil
	}
	if err != nil {
		return types.EpochResult{}, false, err
	}
	tally, err := k.Tallies.Get(ctx, key)
	if err != nil {
		return types.EpochResult{}, false, err
	}
	ids, err := k.pinnedSet(ctx, topicID, number)
	if err != nil {
		return types.EpochResult{}, false, err
	}
	result, err := k.result(ctx, ids, tally, outcome)
	return result, err == nil, err
}

// lastResult returns the topic's last result; false when it has none.
func (k *Keeper) lastResult(ctx context.Context, topicID uint64) (types.EpochResult, bool, error) {
	clock, err := k.Clocks.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		return types.EpochResult{}, false, nil
	}
	if err != nil || clock.BondsEpoch == 0 {
		return types.EpochResult{}, false, err
	}
	return k.storedResult(ctx, topicID, clock.BondsEpoch)
}
