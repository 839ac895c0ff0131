// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/merkle"

	"github.com/weal-network/weal/x/scoring/types"
)

// settle makes an epoch that is counted a scored one, and tells those who wait for it.
func (c *closing) settle(ctx context.Context) error {
	outcome, err := c.outcome(ctx)
	if err != nil {
		return err
	}
	result, err := c.result(ctx, c.ids, c.tally, outcome)
	if err != nil {
		return err
	}
	if err := c.contribution.EndEpoch(ctx, c.epoch.TopicId, c.epoch.Number, c.ids, result.Incentive); err != nil {
		return err
	}
	if err := c.hooks.AfterEpochScored(ctx, result); err != nil {
		return err
	}
	if err := c.storeRewards(ctx, result); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochScored{
		TopicId: c.epoch.TopicId, Epoch: c.epoch.Number, RevealedPower: c.tally.RevealedPower, TotalPower: c.tally.TotalPower,
	})
}

// outcome stores what the epoch came to for its validators, and that the topic's next one starts from its bonds.
func (c *closing) outcome(ctx context.Context) (types.Outcome, error) {
	key := collections.Join(c.epoch.TopicId, c.epoch.Number)
	trust, dividends := c.engine.Finish()
	outcome := types.NewOutcome(c.tally, trust, dividends, c.engine.Progress().RowSums)
	outcome.ClosedHeight = sdk.UnwrapSDKContext(ctx).BlockHeight()
	if err := c.Outcomes.Set(ctx, key, outcome); err != nil {
		return outcome, err
	}
	c.epoch.Status = types.EPOCH_STATUS_SCORED
	if err := c.Epochs.Set(ctx, key, c.epoch); err != nil {
		return outcome, err
	}
	generation := types.Generation{TopicId: c.epoch.TopicId, Epoch: c.epoch.Number, FirstIds: types.FirstIDs(c.ids)}
	if err := c.Generations.Set(ctx, key, generation); err != nil {
		return outcome, err
	}
	clock, err := c.Clocks.Get(ctx, c.epoch.TopicId)
	if err != nil {
		return outcome, err
	}
	clock.BondsEpoch = c.epoch.Number
	return outcome, c.Clocks.Set(ctx, c.epoch.TopicId, clock)
}

// storeRewards keeps what the contributions were paid beside what they were paid for.
func (c *closing) storeRewards(ctx context.Context, result types.EpochResult) error {
	for tile := range types.Tiles(len(c.ids)) {
		place := collections.Join3(c.epoch.TopicId, c.epoch.Number, uint32(tile))
		if err := c.Results.Set(ctx, place, result.Tile(tile)); err != nil {
			return err
		}
	}
	return nil
}

// seal hashes the results of the tile at hand, and after the last one all of them.
func (c *closing) seal(ctx context.Context) error {
	leaves, err := c.leaves(ctx, c.epoch.TopicId, c.epoch.Number, c.work.Tile, c.set())
	if err != nil {
		return err
	}
	top := merkle.Top(types.HashLeaves(leaves))
	c.work.Roots = append(c.work.Roots, top[:]...)
	if int(c.work.Tile)+1 < types.Tiles(len(c.ids)) {
		return nil
	}
	root := merkle.Root(uint64(len(c.ids)), merkle.Top(types.Hashes(c.work.Roots)))
	return c.Roots.Set(ctx, collections.Join(c.epoch.TopicId, c.epoch.Number), root[:])
}

// leaves are the results of a tile as the Merkle tree has them.
func (k *Keeper) leaves(ctx context.Context, topicID, number uint64, tile uint32, set []uint64) ([]types.ResultLeaf, error) {
	packed, err := k.Results.Get(ctx, collections.Join3(topicID, number, tile))
	if err != nil {
		return nil, err
	}
	result := types.EpochResult{TopicId: topicID, Epoch: number, ContributionIds: set}
	if err := result.AppendResults(packed, len(set)); err != nil {
		return nil, err
	}
	return result.Leaves(), nil
}
