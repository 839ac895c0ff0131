// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// lastRewards goes over the rewards that a topic's last payment shows, by falling id. It reads a tile when its turn has come.
type lastRewards struct {
	k              *Keeper
	topicID, epoch uint64
	// below bounds those that were not gone over when no tile is at hand.
	below uint64
	tile  types.RewardTile
	// at is the place of the reward at hand in the tile; -1 for none.
	at      int
	changed bool
}

// reward is the one at hand; nil when there is none left.
func (l *lastRewards) reward(ctx context.Context) (*types.Reward, error) {
	for l.at < 0 && l.below > 0 {
		tile, found, err := l.k.tileBelow(ctx, l.topicID, l.epoch, l.below)
		if err != nil {
			return nil, err
		}
		if !found {
			l.below = 0
			break
		}
		l.tile, l.at = tile, len(tile.Rewards)
		l.toNext(l.below)
	}
	if l.at < 0 {
		return nil, nil
	}
	return &l.tile.Rewards[l.at], nil
}

// skip goes on to the next one.
func (l *lastRewards) skip(ctx context.Context) error {
	l.toNext(l.tile.Rewards[l.at].ContributionId)
	if l.at < 0 {
		return l.store(ctx)
	}
	return nil
}

// toNext goes to the tile's next reward below an id that has not left, or to its end.
func (l *lastRewards) toNext(below uint64) {
	for l.at--; l.at >= 0; l.at-- {
		if r := l.tile.Rewards[l.at]; r.ContributionId < below && !r.Settled {
			return
		}
	}
	l.below = l.tile.FirstID()
}

// leave moves what the one at hand came to into its settled account, and goes on: nothing of it is immature and nothing
// is given to it any more.
func (l *lastRewards) leave(ctx context.Context) error {
	reward := &l.tile.Rewards[l.at]
	account, err := l.k.settledAccount(ctx, reward.ContributionId)
	if err != nil {
		return err
	}
	account.Settled += reward.Total
	reward.Settled, l.changed = true, true
	if err := l.k.SettledAccounts.Set(ctx, account.ContributionId, account); err != nil {
		return err
	}
	if err := l.k.Homes.Remove(ctx, collections.Join(account.ContributionId, l.topicID)); err != nil {
		return err
	}
	return l.skip(ctx)
}

// store writes the tile at hand if it changed.
func (l *lastRewards) store(ctx context.Context) error {
	if !l.changed {
		return nil
	}
	l.changed = false
	return l.k.storeTile(ctx, l.tile)
}

// settledAccount is what a contribution has beside what topics' last payments show.
func (k *Keeper) settledAccount(ctx context.Context, id uint64) (types.SettledAccount, error) {
	account, err := k.SettledAccounts.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.SettledAccount{ContributionId: id}, nil
	}
	return account, err
}
