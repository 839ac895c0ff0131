// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"

	"github.com/weal-network/weal/x/scoring/types"
)

// news brings the engine of innovation to where the close stands. It goes on when the sums of rows are known.
func (c *closing) news() (*innovation.Engine, error) {
	if c.newsBegun {
		return c.innovation, nil
	}
	powers, active := c.tally.Powers()
	from := c.work.InnovationProgress(c.engine.Progress().RowSums)
	if err := c.innovation.Begin(types.InnovationParams(c.epoch.Scoring), powers, active, from); err != nil {
		return nil, types.Inconsistent(err)
	}
	c.newsBegun = true
	return c.innovation, nil
}

// sumMedians is the pass of innovation over a tile that goes with Agree.
func (c *closing) sumMedians(ctx context.Context, tile yuma.Tile, consensus []fixed.Q32) error {
	c.work.ConsensusSum += int64(types.Sum(consensus))
	if !c.epoch.PaysInnovation() {
		return nil
	}
	_, err := c.innovate(ctx, tile, (*innovation.Engine).SumMedians)
	return err
}

// compare is the pass of innovation over a tile that goes with Bond. It publishes the consensus on the tile.
func (c *closing) compare(ctx context.Context, tile yuma.Tile, consensus []fixed.Q32) error {
	if !c.epoch.PaysInnovation() {
		return nil
	}
	known, err := c.innovate(ctx, tile, (*innovation.Engine).Compare)
	if err != nil {
		return err
	}
	known.Publish(consensus, fixed.Q32(c.work.ConsensusSum))
	return c.Publics.Set(ctx, c.place(), known.Pack(c.set()))
}

// innovate makes a pass of innovation over the tile at hand, and returns what was known of it.
func (c *closing) innovate(ctx context.Context, tile yuma.Tile, pass func(*innovation.Engine, innovation.Tile) error) (types.Known, error) {
	known, err := c.known(ctx)
	if err != nil {
		return known, err
	}
	engine, err := c.news()
	if err != nil {
		return known, err
	}
	assigned := tile.Assigned
	if assigned == nil {
		assigned = types.Assigned(c.own, c.set())
	}
	return known, types.Inconsistent(pass(engine, innovation.Tile{
		Columns: tile.Columns, Scores: tile.Scores, Assigned: assigned, Public: known.Public,
	}))
}

// known is what everybody knew of the tile at hand before the epoch.
func (c *closing) known(ctx context.Context) (types.Known, error) {
	set := c.set()
	known := types.NewKnown(len(set), len(c.ids))
	from, to := c.from.Overlap(set)
	for tile := from; tile < to; tile++ {
		packed, err := c.Publics.Get(ctx, collections.Join3(c.epoch.TopicId, c.epoch.BondsEpoch, uint32(tile)))
		if errors.Is(err, collections.ErrNotFound) {
			continue // that epoch did not pay for innovation
		}
		if err != nil {
			return known, err
		}
		if err := known.Put(set, packed); err != nil {
			return known, err
		}
	}
	return known, nil
}

// payInnovation ends the passes of innovation: what was found becomes part of the outcome.
func (c *closing) payInnovation(ctx context.Context, outcome *types.Outcome) error {
	if !c.epoch.PaysInnovation() {
		return nil
	}
	engine, err := c.news()
	if err != nil {
		return err
	}
	if err := outcome.PayInnovation(engine, types.InnovationParams(c.epoch.Scoring), c.tally, fixed.Q32(c.work.ConsensusSum)); err != nil {
		return err
	}
	if fixed.Q32(outcome.Median) >= types.LowInnovation {
		return nil
	}
	return emit(ctx, &types.EventInnovationLow{TopicId: c.epoch.TopicId, Epoch: c.epoch.Number, Median: outcome.Median})
}

// rememberInnovations writes down with what averages the voters go into an epoch.
func (k *Keeper) rememberInnovations(ctx context.Context, epoch types.Epoch, operators [][]byte, voters []types.Voter) error {
	if !epoch.PaysInnovation() {
		return nil
	}
	clock, err := k.Clocks.Get(ctx, epoch.TopicId)
	if err != nil {
		return err
	}
	for i := range voters {
		record, err := k.record(ctx, epoch.TopicId, operators[i], voters[i].Operator)
		if err != nil {
			return err
		}
		voters[i].Innovation = record.InnovationBefore(clock.InnovationMedian)
	}
	return nil
}
