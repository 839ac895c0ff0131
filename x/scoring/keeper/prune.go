// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

const (
	// minDeletions is how many values of old epochs a block deletes whatever else it does, so that they do not pile up.
	minDeletions = 64
	// maxDeletions is how many it deletes when it does nothing else.
	maxDeletions = 1024
)

// pruneOldEpochs deletes closed epochs beyond the last keep_epochs of their topic, at most
// max_prunings_per_block of them or of parts of large ones, out of what is left of the budget. A topic is looked at from
// the close of an epoch until it has no old one left.
func (k *Keeper) pruneOldEpochs(ctx context.Context, params types.Params, budget *budget) error {
	left := int(min(max(budget.left/types.DeletionCost, minDeletions), maxDeletions))
	for range params.MaxPruningsPerBlock {
		topicID, found, err := first(ctx, k.Prunings)
		if err != nil || !found || left == 0 {
			return err
		}
		oldest, old, err := k.oldestEpoch(ctx, topicID, uint64(params.KeepEpochs))
		if err != nil {
			k.logger(ctx).Error("old epochs cannot be found", "topic", topicID, "error", err)
		}
		if old && err == nil {
			err = k.deleteEpoch(ctx, topicID, oldest, &left)
		} else {
			err = k.Prunings.Remove(ctx, topicID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// oldestEpoch returns the first epoch that is stored of a topic, and whether keep closed epochs follow it, or as many as the
// windows of its frontier look back on.
func (k *Keeper) oldestEpoch(ctx context.Context, topicID, keep uint64) (uint64, bool, error) {
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		return 0, false, err
	}
	if clock.FrontierEpoch > 0 {
		keep = max(keep, types.FrontierReach)
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
	return oldest, found && oldest+keep <= closed, err
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

// deleteEpoch deletes the rows of an epoch and the bonds that it started from, as many as are left to delete, and once they
// are gone the rest of it. Its own bonds stay for the epoch that starts from them; one that is void has such as nobody
// starts from. Records belong to the topic and stay.
func (k *Keeper) deleteEpoch(ctx context.Context, topicID, number uint64, left *int) error {
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		return err
	}
	bonds := epoch.BondsEpoch
	if epoch.Status == types.EPOCH_STATUS_VOID {
		bonds = number
	}
	ofTiles := func(number uint64) collections.Ranger[tileKey] {
		return collections.NewSuperPrefixedQuadRange[uint64, uint64, uint32, []byte](topicID, number)
	}
	ofVoters := collections.NewSuperPrefixedTripleRange[uint64, uint64, []byte](topicID, number)
	ofResults := collections.NewSuperPrefixedTripleRange[uint64, uint64, uint32](topicID, number)
	ofWindows := collections.NewSuperPrefixedTripleRange[uint64, uint64, uint64](topicID, number)
	for _, some := range []func() error{
		func() error { return deleteSome(ctx, k.Rows, ofTiles(number), left) },
		func() error { return deleteSome(ctx, k.Bonds, ofTiles(bonds), left) },
		func() error { return deleteSome(ctx, k.Commits, ofVoters, left) },
		func() error { return deleteSome(ctx, k.Reveals, ofVoters, left) },
		func() error { return deleteSome(ctx, k.Results, ofResults, left) },
		func() error { return deleteSome(ctx, k.Windows, ofWindows, left) },
	} {
		if err := some(); err != nil || *left == 0 {
			return err
		}
	}
	if err := k.Publics.Clear(ctx, collections.NewSuperPrefixedTripleRange[uint64, uint64, uint32](topicID, bonds)); err != nil {
		return err
	}
	if err := k.Generations.Remove(ctx, collections.Join(topicID, bonds)); err != nil {
		return err
	}
	if err := k.deleteFrontier(ctx, epoch); err != nil {
		return err
	}
	return k.deleteRecords(ctx, topicID, number)
}

// deleteSome deletes values of an epoch, as many as are left to delete.
func deleteSome[K, V any](ctx context.Context, values collections.Map[K, V], of collections.Ranger[K], left *int) error {
	var keys []K
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

// deleteRecords deletes what is left of an epoch: a value each.
func (k *Keeper) deleteRecords(ctx context.Context, topicID, number uint64) error {
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
