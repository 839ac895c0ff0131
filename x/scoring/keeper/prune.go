// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// maxDeletions is how many rows and bonds of an epoch are deleted at a time. Most epochs have fewer.
const maxDeletions = 1024

// pruneOldEpochs deletes closed epochs beyond the last keep_epochs of their topic, at most
// max_prunings_per_block of them or of parts of large ones. A topic is looked at from the close of an epoch until it
// has no old one left.
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

// deleteEpoch deletes the rows of an epoch and the bonds that it started from, a bounded number, and once they are
// gone the rest of it. Its own bonds stay for the epoch that starts from them; one that is void has such as nobody
// starts from. Records belong to the topic and stay.
func (k *Keeper) deleteEpoch(ctx context.Context, topicID, number uint64) error {
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		return err
	}
	left := maxDeletions
	if err := deleteSome(ctx, k.Rows, topicID, number, &left); err != nil {
		return err
	}
	bonds := epoch.BondsEpoch
	if epoch.Status == types.EPOCH_STATUS_VOID {
		bonds = number
	}
	if err := deleteSome(ctx, k.Bonds, topicID, bonds, &left); err != nil || left == 0 {
		return err
	}
	if err := k.Generations.Remove(ctx, collections.Join(topicID, bonds)); err != nil {
		return err
	}
	return k.deleteRecords(ctx, topicID, number)
}

// deleteSome deletes values of an epoch's tiles, as many as are left to delete.
func deleteSome(ctx context.Context, values collections.Map[tileKey, []byte], topicID, number uint64, left *int) error {
	var keys []tileKey
	of := collections.NewSuperPrefixedQuadRange[uint64, uint64, uint32, []byte](topicID, number)
	iterator, err := values.Iterate(ctx, of)
	if err != nil {
		return err
	}
	for ; iterator.Valid() && len(keys) < *left; iterator.Next() {
		key, err := iterator.Key()
		if err != nil {
			return errors.Join(err, iterator.Close())
		}
		keys = append(keys, key)
	}
	if err := iterator.Close(); err != nil {
		return err
	}
	*left -= len(keys)
	for _, key := range keys {
		if err := values.Remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// deleteRecords deletes what is left of an epoch: a few values for each validator and each tile.
func (k *Keeper) deleteRecords(ctx context.Context, topicID, number uint64) error {
	of := collections.NewSuperPrefixedTripleRange[uint64, uint64, []byte](topicID, number)
	if err := k.Commits.Clear(ctx, of); err != nil {
		return err
	}
	if err := k.Reveals.Clear(ctx, of); err != nil {
		return err
	}
	if err := k.Results.Clear(ctx, collections.NewSuperPrefixedTripleRange[uint64, uint64, uint32](topicID, number)); err != nil {
		return err
	}
	key := collections.Join(topicID, number)
	for _, remove := range []func(context.Context, epochKey) error{
		k.Tallies.Remove, k.Outcomes.Remove, k.Roots.Remove, k.Pinned.Remove, k.Epochs.Remove,
	} {
		if err := remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}
