// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// TileSize is the most rewards that are packed under one key.
const TileSize = 256

// FirstID is the lowest contribution of the tile, by which it is found.
func (t RewardTile) FirstID() uint64 { return t.Rewards[0].ContributionId }

// Find returns the reward of a contribution, or nil. It points into the tile.
func (t *RewardTile) Find(id uint64) *Reward {
	at, found := slices.BinarySearchFunc(t.Rewards, id, func(r Reward, id uint64) int { return cmp.Compare(r.ContributionId, id) })
	if !found {
		return nil
	}
	return &t.Rewards[at]
}

// TotalBy is what the reward's contribution was given up to an earlier epoch, given what that epoch says of it; nil for
// nothing. What it left with before it entered again counts in its settled account.
func (r Reward) TotalBy(epoch uint64, then *Reward) uint64 {
	switch {
	case r.RewardedEpoch <= epoch:
		return r.Total
	case r.EnteredEpoch > epoch || then == nil:
		return 0
	default:
		return then.Total
	}
}

// Covers reports whether a contribution that the epoch rewards would stand in this tile.
func (t RewardTile) Covers(id uint64) bool {
	return t.FirstID() <= id && id <= t.Rewards[len(t.Rewards)-1].ContributionId
}

// AddRewards adds those of a tile from a contribution on to a page, and reports whether it is full.
func (r *QueryEpochPaymentResponse) AddRewards(tile RewardTile, from, limit uint64) (full bool) {
	for _, reward := range tile.Rewards {
		if reward.ContributionId < from {
			continue
		}
		if uint64(len(r.Rewards)) == limit {
			r.Pagination.NextKey = binary.BigEndian.AppendUint64(nil, reward.ContributionId)
			return true
		}
		r.Rewards = append(r.Rewards, reward)
	}
	return false
}
