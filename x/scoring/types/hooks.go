// SPDX-License-Identifier: Apache-2.0

package types

import "context"

// ScoringHooks are called when an epoch begins, and with what it came to. The latter run inside the epoch's own cache context: an error or a
// panic voids this epoch of this topic and nothing else.
//
// What an epoch gives its contributions is worked out piece by piece, over as many blocks as it takes. Until
// AfterEpochScored nothing of it may count: the epoch can still be void, and nobody is told.
type ScoringHooks interface {
	// AfterEpochOpened lets the hook note what the epoch is to be rewarded by. An error keeps the epoch from beginning;
	// the topic tries again one epoch later.
	AfterEpochOpened(ctx context.Context, topicID, epoch uint64) error
	// BeginRewards looks at all contributions once. It costs ShareCost.
	BeginRewards(ctx context.Context, epoch ScoredEpoch) error
	// GoOnRewards does at most that many pieces, each for at most TileSize accounts, which cost RewardCost each. It
	// returns how many it did, and whether it has done all.
	GoOnRewards(ctx context.Context, epoch ScoredEpoch, pieces int) (done int, whole bool, err error)
	// Rewards are what contributions are given, by rising ids, once all is worked out.
	Rewards(ctx context.Context, topicID, epoch uint64, ids []uint64) ([]uint64, error)
	// AfterEpochScored makes it count.
	AfterEpochScored(ctx context.Context, epoch ScoredEpoch) error
}

// MultiScoringHooks calls several hooks, in order; the first error ends it.
type MultiScoringHooks []ScoringHooks

var _ ScoringHooks = MultiScoringHooks{}

// NewMultiScoringHooks bundles hooks.
func NewMultiScoringHooks(hooks ...ScoringHooks) MultiScoringHooks { return hooks }

// AfterEpochOpened implements ScoringHooks.
func (m MultiScoringHooks) AfterEpochOpened(ctx context.Context, topicID, epoch uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterEpochOpened(ctx, topicID, epoch); err != nil {
			return err
		}
	}
	return nil
}

// BeginRewards implements ScoringHooks.
func (m MultiScoringHooks) BeginRewards(ctx context.Context, epoch ScoredEpoch) error {
	for _, hooks := range m {
		if err := hooks.BeginRewards(ctx, epoch); err != nil {
			return err
		}
	}
	return nil
}

// GoOnRewards implements ScoringHooks: each hook does its pieces, one after the other.
func (m MultiScoringHooks) GoOnRewards(ctx context.Context, epoch ScoredEpoch, pieces int) (done int, whole bool, err error) {
	for _, hooks := range m {
		some, whole, err := hooks.GoOnRewards(ctx, epoch, pieces-done)
		done += some
		if err != nil || !whole {
			return done, false, err
		}
	}
	return done, true, nil
}

// Rewards implements ScoringHooks: what all hooks give together.
func (m MultiScoringHooks) Rewards(ctx context.Context, topicID, epoch uint64, ids []uint64) ([]uint64, error) {
	sum := make([]uint64, len(ids))
	for _, hooks := range m {
		rewards, err := hooks.Rewards(ctx, topicID, epoch, ids)
		if err != nil {
			return nil, err
		}
		for i, reward := range rewards {
			sum[i] += reward
		}
	}
	return sum, nil
}

// AfterEpochScored implements ScoringHooks.
func (m MultiScoringHooks) AfterEpochScored(ctx context.Context, epoch ScoredEpoch) error {
	for _, hooks := range m {
		if err := hooks.AfterEpochScored(ctx, epoch); err != nil {
			return err
		}
	}
	return nil
}
