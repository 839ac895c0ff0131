// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// pruneOldEpochs deletes closed epochs beyond the last keep_epochs of their topic, at most
// max_prunings_per_block. A topic is looked at from the close of an epoch until it has no old one left.
func (k *Keeper) pruneOldEpochs(ctx context.Context, params types.Params) error {
	for range params.MaxPruningsPerBlock {
		topicID, found, err := first(ctx, k.Prunings)
		if err != nil || !found {
			return err
		}
		oldest, old, err := k.oldestEpoch(ctx, topicID, params.KeepEpochs)
		if err != nil {
			k.logger(ctx).Error("old epochs cannot be found", "topic", topicID, "error", err)
		}
		if old && err == nil {
			err = k.deleteEpoch(ctx, topicID, oldest)
		} else {
			err = k.Prunings.Remove(ctx, topicID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// oldestEpoch returns the first epoch that is stored of a topic, and whether keep closed epochs follow it.
func (k *Keeper) oldestEpoch(ctx context.Context, topicID uint64, keep uint32) (uint64, bool, error) {
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		return 0, false, err
	}
	running, err := k.running(ctx, clock)
	if err != nil {
		return 0, false, err
	}
	closed := clock.Epoch
	if running {
		closed--
	}
	oldest, found, err := k.firstEpoch(ctx, topicID)
	return oldest, found && oldest+uint64(keep) <= closed, err
}

// firstEpoch returns the lowest number of an epoch that is stored of a topic.
func (k *Keeper) firstEpoch(ctx context.Context, topicID uint64) (number uint64, found bool, err error) {
	iterator, err := k.Epochs.Iterate(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID))
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, iterator.Close()) }()
	if !iterator.Valid() {
		return 0, false, nil
	}
	key, err := iterator.Key()
	return key.K2(), err == nil, err
}

// deleteEpoch deletes an epoch with its set, commits, rows and result. Its validators bound how
// much that is. Bonds and records belong to the topic and stay.
func (k *Keeper) deleteEpoch(ctx context.Context, topicID, number uint64) error {
	of := collections.NewSuperPrefixedTripleRange[uint64, uint64, []byte](topicID, number)
	if err := k.Commits.Clear(ctx, of); err != nil {
		return err
	}
	if err := k.Rows.Clear(ctx, of); err != nil {
		return err
	}
	key := collections.Join(topicID, number)
	if err := k.Results.Remove(ctx, key); err != nil {
		return err
	}
	if err := k.Pinned.Remove(ctx, key); err != nil {
		return err
	}
	return k.Epochs.Remove(ctx, key)
}
