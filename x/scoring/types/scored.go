// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ScoredEpoch is an epoch on whose contributions there is a consensus, as hooks see it.
type ScoredEpoch struct {
	TopicID, Number uint64
	// IDs are the contributions, rising.
	IDs []uint64
	// Validators are in the order of the epoch's; there are none before AfterEpochScored.
	Validators []ValidatorResult
	// RewardRule is what its contributors are paid by. Shares are what holders are paid under REWARD_RULE_FRONTIER, by rising
	// contribution; they need not be among IDs, and what shares leave to 1 is earned by nobody.
	RewardRule topictypes.RewardRule
	Shares     []RewardShare
	// Tile reads the results of a tile of IDs, without ids and validators; reading costs, and most tiles have 256.
	Tile func(ctx context.Context, tile int) (EpochResult, error)
}

// Incentives reads all incentives, in 2^-32, by IDs.
func (e ScoredEpoch) Incentives(ctx context.Context) ([]uint64, error) {
	all := make([]uint64, 0, len(e.IDs))
	for tile := range Tiles(len(e.IDs)) {
		r, err := e.Tile(ctx, tile)
		if err != nil {
			return nil, err
		}
		all = append(all, r.Incentive...)
	}
	return all, nil
}

// Scored is a result that is held in memory as hooks see it.
func (r EpochResult) Scored() ScoredEpoch {
	return ScoredEpoch{
		TopicID: r.TopicId, Number: r.Epoch, IDs: r.ContributionIds, Validators: r.Validators, RewardRule: r.RewardRule, Shares: r.Shares,
		Tile: func(_ context.Context, tile int) (EpochResult, error) {
			from, to := min(tile*TileSize, len(r.Incentive)), min((tile+1)*TileSize, len(r.Incentive))
			return EpochResult{Incentive: r.Incentive[from:to]}, nil
		},
	}
}
