// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// lastRewards goes over the rewards that a topic's last payment shows, by falling id.
type lastRewards struct {
	k              *Keeper
	topicID, epoch uint64
	tile           types.RewardTile
	// at is the place of the reward at hand in the tile; -1 when all were gone over.
	at      int
	changed bool
}

// seek goes to the highest reward below an id that has not left.
func (l *lastRewards) seek(ctx context.Context, below uint64) error {
	for {
		tile, found, err := l.k.tileBelow(ctx, l.topicID, l.epoch, below)
		if err != nil {
			return err
		}
		if !found {
			l.tile, l.at = types.RewardTile{}, -1
			return nil
		}
		for l.at = len(tile.Rewards) - 1; l.at >= 0; l.at-- {
			if r := tile.Rewards[l.at]; r.ContributionId < below && !r.Settled {
				l.tile = tile
				return nil
			}
		}
		below = tile.FirstID()
	}
}

// reward is the one at hand; nil when there is none left.
func (l *lastRewards) reward() *types.Reward {
	if l.at < 0 {
		return nil
	}
	return &l.tile.Rewards[l.at]
}

// skip goes on to the next one.
func (l *lastRewards) skip(ctx context.Context) error {
	for l.at--; l.at >= 0; l.at-- {
		if !l.tile.Rewards[l.at].Settled {
			return nil
		}
	}
	if err := l.store(ctx); err != nil {
		return err
	}
	return l.seek(ctx, l.tile.FirstID())
}

// leave moves what the one at hand came to into its settled account, and goes on: nothing of it is immature and nothing
// is given to it any more.
func (l *lastRewards) leave(ctx context.Context) error {
	reward := l.reward()
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
