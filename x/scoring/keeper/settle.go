// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"math"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/merkle"

	"github.com/weal-network/weal/x/scoring/types"
)

// scored is the epoch as hooks see it.
func (c *closing) scored() types.ScoredEpoch {
	return types.ScoredEpoch{
		TopicID: c.epoch.TopicId, Number: c.epoch.Number, IDs: c.ids, RewardRule: c.epoch.Scoring.RewardRule, Shares: c.shares,
		Tile: func(ctx context.Context, tile int) (types.EpochResult, error) { return c.agreedAt(ctx, uint32(tile)) },
	}
}

// pay lets the hooks work out what the epoch gives: first all at once, then as many pieces as the budget is for. It
// reports whether that was all.
func (c *closing) pay(ctx context.Context, budget *budget) (whole bool, err error) {
	if c.work.Tile == 0 {
		return false, c.hooks.BeginRewards(ctx, c.scored())
	}
	// The first piece is paid for.
	pieces := 1 + min(budget.left/types.RewardCost(), math.MaxInt32)
	done, whole, err := c.hooks.GoOnRewards(ctx, c.scored(), int(pieces))
	if err != nil {
		return false, err
	}
	budget.spend(uint64(max(done-1, 0)) * types.RewardCost())
	return whole, nil
}

// seal puts what the contributions of the tile at hand were paid beside what they were paid for, and hashes it.
func (c *closing) seal(ctx context.Context) error {
	result, err := c.agreed(ctx)
	if err != nil {
		return err
	}
	result.TopicId, result.Epoch, result.ContributionIds = c.epoch.TopicId, c.epoch.Number, c.set()
	if result.Reward, err = c.hooks.Rewards(ctx, c.epoch.TopicId, c.epoch.Number, c.set()); err != nil {
		return err
	}
	if err := c.setResults(ctx, result.Tile(0)); err != nil {
		return err
	}
	top := merkle.Top(types.HashLeaves(result.Leaves()))
	c.work.Roots = append(c.work.Roots, top[:]...)
	return nil
}

// settle makes an epoch that is counted a scored one, at once, and tells those who wait for it.
func (c *closing) settle(ctx context.Context) error {
	root := merkle.Root(uint64(len(c.ids)), merkle.Top(types.Hashes(c.work.Roots)))
	if err := c.Roots.Set(ctx, collections.Join(c.epoch.TopicId, c.epoch.Number), root[:]); err != nil {
		return err
	}
	outcome, err := c.outcome(ctx)
	if err != nil {
		return err
	}
	epoch := c.scored()
	incentives, err := epoch.Incentives(ctx)
	if err != nil {
		return err
	}
	if err := c.contribution.EndEpoch(ctx, c.epoch.TopicId, c.epoch.Number, c.ids, incentives); err != nil {
		return err
	}
	result := c.tally.Result(c.ids)
	if err := result.PutOutcome(outcome); err != nil {
		return err
	}
	epoch.Validators = result.Validators
	if err := c.hooks.AfterEpochScored(ctx, epoch); err != nil {
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
	outcome.Peaks = c.work.Peaks
	outcome.ClosedHeight = sdk.UnwrapSDKContext(ctx).BlockHeight()
	if err := c.payInnovation(ctx, &outcome); err != nil {
		return outcome, err
	}
	if err := c.recordOutcome(ctx, outcome); err != nil {
		return outcome, err
	}
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
	clock.BondsEpoch, clock.InnovationMedian = c.epoch.Number, outcome.Median
	if c.epoch.PaysFrontier() {
		if err := c.takeNotice(ctx); err != nil {
			return outcome, err
		}
		clock.FrontierEpoch = c.epoch.Number
	}
	return outcome, c.Clocks.Set(ctx, c.epoch.TopicId, clock)
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
