// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/yuma"

	"github.com/weal-network/weal/x/scoring/types"
)

// closing is an epoch being closed, in one block: what it depends on, and how far it is.
type closing struct {
	*Keeper
	epoch     types.Epoch
	ids       []uint64
	operators [][]byte
	tally     types.Tally
	// assignment is who was to score what.
	assignment types.Assignment
	// own are the contributions of each voter's own.
	own [][]uint64
	// from is the bonds that it starts from; without tiles for none.
	from types.Generation
	work types.Work
	// laidOut is the tile whose scores the sheet holds; -1 for none.
	laidOut int
	// marks says who was to score the tile that is laid out, as the sheets' Marks have it.
	marks []uint64
	// newsBegun says that the engine of innovation stands where the close does.
	newsBegun bool
	// edge is the topic's frontier, once it is taken up in this block; shares are what it pays, once that is known.
	edge   *edge
	shares []types.RewardShare
}

// sheets are what tiles are laid out on; memory, and no state.
type sheets struct {
	scores, sharp, bonds types.Sheet
	marks                types.Marks
}

// openClose loads an epoch being closed, and brings the engine to where it stood.
func (k *Keeper) openClose(ctx context.Context, epoch types.Epoch) (*closing, error) {
	c := &closing{Keeper: k, epoch: epoch, laidOut: -1}
	key := collections.Join(epoch.TopicId, epoch.Number)
	var err error
	if c.work, err = k.Works.Get(ctx, key); err != nil {
		return nil, err
	}
	if c.tally, err = k.Tallies.Get(ctx, key); err != nil {
		return nil, err
	}
	if c.ids, err = k.pinnedSet(ctx, epoch.TopicId, epoch.Number); err != nil {
		return nil, err
	}
	if c.operators, err = k.operatorsOf(epoch); err != nil {
		return nil, err
	}
	if len(c.operators) != len(c.tally.Voters) {
		return nil, errorsmod.Wrapf(types.ErrInconsistent, "tally of %d voters, the epoch has %d validators", len(c.tally.Voters), len(c.operators))
	}
	if c.own, err = c.tally.Own(); err != nil {
		return nil, err
	}
	if c.assignment, err = epoch.Assignment(); err != nil {
		return nil, err
	}
	if epoch.BondsEpoch > 0 {
		if c.from, err = k.Generations.Get(ctx, collections.Join(epoch.TopicId, epoch.BondsEpoch)); err != nil {
			return nil, err
		}
	}
	if c.work.Pass > types.PASS_FRONTIER {
		if err := c.loadShares(ctx); err != nil {
			return nil, err
		}
	}
	if err := c.begin(); err != nil {
		return nil, err
	}
	return c, nil
}

// begin brings the engine to where the close stands.
func (c *closing) begin() error {
	params, err := types.EngineParams(c.epoch.Scoring)
	if err != nil {
		return err
	}
	powers, active := c.tally.Powers()
	return types.Inconsistent(c.engine.Begin(params, powers, active, c.work.Progress()))
}

// store keeps how far the close has come; what is done keeps nothing.
func (c *closing) store(ctx context.Context) error {
	key := collections.Join(c.epoch.TopicId, c.epoch.Number)
	if c.work.Done() {
		return c.Works.Remove(ctx, key)
	}
	c.work.SetProgress(c.engine.Progress())
	if c.newsBegun {
		c.work.SetInnovationProgress(c.innovation.Progress())
	}
	if c.edge != nil && c.work.Pass == types.PASS_FRONTIER {
		if err := c.edge.store(ctx); err != nil {
			return err
		}
	}
	return c.Works.Set(ctx, key, c.work)
}

// cost is that of the next step; of a payment, that of its next piece.
func (c *closing) cost() uint64 {
	set := c.set()
	switch c.work.Pass {
	case types.PASS_FRONTIER:
		return c.frontierCost()
	case types.PASS_PAY:
		if c.work.Tile == 0 {
			return types.ShareCost(len(c.ids))
		}
		return types.RewardCost()
	case types.PASS_SEAL:
		return types.SealCost(len(set))
	case types.PASS_SETTLE:
		return types.SettleCost(len(c.operators), len(c.ids))
	case types.PASS_AGREE:
		return types.TileCost(len(c.operators), len(set), 0) + c.layOutCost() + c.innovationCost()
	case types.PASS_BOND:
		from, to := c.from.Overlap(set)
		return types.TileCost(len(c.operators), len(set), to-from) + c.layOutCost() + c.innovationCost()
	default:
		return types.TileCost(len(c.operators), len(set), 0) + c.layOutCost()
	}
}

// layOutCost is what the topic's rules add to laying out the tile at hand.
func (c *closing) layOutCost() uint64 {
	cost := c.assignment.Cost(len(c.set()))
	if c.epoch.Sharpens() {
		cost += types.SharpenCost(len(c.operators), len(c.set()))
	}
	return cost
}

// innovationCost is that of a pass of innovation over the tile at hand.
func (c *closing) innovationCost() uint64 {
	if !c.epoch.PaysInnovation() {
		return 0
	}
	return types.InnovationCost(len(c.operators), len(c.set()))
}

// step does the next step, and moves on.
func (c *closing) step(ctx context.Context, budget *budget) error {
	last := int(c.work.Tile)+1 >= types.Tiles(len(c.ids))
	var err error
	switch c.work.Pass {
	case types.PASS_SUM:
		err = c.sum(ctx)
	case types.PASS_AGREE:
		err = c.agree(ctx)
	case types.PASS_BOND:
		err = c.bond(ctx)
	case types.PASS_FRONTIER:
		last, err = c.measure(ctx, budget)
	case types.PASS_PAY:
		last, err = c.pay(ctx, budget)
	case types.PASS_SEAL:
		err = c.seal(ctx)
	case types.PASS_SETTLE:
		last, err = true, c.settle(ctx)
	default:
		err = errorsmod.Wrapf(types.ErrInconsistent, "pass %s", c.work.Pass)
	}
	if err != nil {
		return err
	}
	c.work.Advance(last, c.epoch)
	return nil
}

// set is the contributions of the tile at hand.
func (c *closing) set() []uint64 { return types.TileIDs(c.ids, int(c.work.Tile)) }

// sum is the first pass over a tile; where scores are sharpened the first two.
func (c *closing) sum(ctx context.Context) error {
	if c.epoch.Sharpens() && !c.work.Peaked {
		if _, err := c.tile(ctx); err != nil {
			return err
		}
		c.work.Peaks = c.sheets.scores.RaisePeaks(c.work.Peaks)
		return nil
	}
	tile, err := c.weighed(ctx)
	if err != nil {
		return err
	}
	return types.Inconsistent(c.engine.SumRows(tile))
}

// agree is the second pass over a tile. It keeps ranks in the places of incentives, which the third pass makes of them.
func (c *closing) agree(ctx context.Context) error {
	tile, err := c.weighed(ctx)
	if err != nil {
		return err
	}
	a, err := c.engine.Agree(tile)
	if err != nil {
		return types.Inconsistent(err)
	}
	if err := c.sumMedians(ctx, tile, a.Consensus); err != nil {
		return err
	}
	if c.epoch.Sharpens() {
		raw, err := c.tile(ctx)
		if err != nil {
			return err
		}
		if a.Quality, err = c.engine.Quality(raw); err != nil {
			return types.Inconsistent(err)
		}
	}
	return c.setResults(ctx, types.PackResults(types.Qualities(a.Quality), types.Shares(a.Consensus), types.Shares(a.Rank), make([]uint64, len(a.Rank))))
}

// bond is the third pass over a tile.
func (c *closing) bond(ctx context.Context) error {
	tile, err := c.weighed(ctx)
	if err != nil {
		return err
	}
	agreed, err := c.agreed(ctx)
	if err != nil {
		return err
	}
	if tile.Bonds, err = c.oldBonds(ctx, tile.Scores.Starts != nil); err != nil {
		return err
	}
	agreement := agreed.Agreement()
	b, err := c.engine.Bond(tile, agreement)
	if err != nil {
		return types.Inconsistent(err)
	}
	if err := c.compare(ctx, tile, agreement.Consensus); err != nil {
		return err
	}
	if err := c.setResults(ctx, types.PackResults(agreed.Quality, agreed.Consensus, types.Shares(b.Incentive), agreed.Reward)); err != nil {
		return err
	}
	return c.storeBonds(ctx, b.Bonds)
}

// agreed is what was found of the tile at hand.
func (c *closing) agreed(ctx context.Context) (types.EpochResult, error) {
	return c.agreedAt(ctx, c.work.Tile)
}

// agreedAt is what was found of a tile.
func (c *closing) agreedAt(ctx context.Context, tile uint32) (types.EpochResult, error) {
	var r types.EpochResult
	packed, err := c.Results.Get(ctx, collections.Join3(c.epoch.TopicId, c.epoch.Number, tile))
	if err != nil {
		return r, err
	}
	err = r.AppendResults(packed, len(types.TileIDs(c.ids, int(tile))))
	return r, err
}

// place is where the results of the tile at hand are kept.
func (c *closing) place() collections.Triple[uint64, uint64, uint32] {
	return collections.Join3(c.epoch.TopicId, c.epoch.Number, c.work.Tile)
}

func (c *closing) setResults(ctx context.Context, packed []byte) error {
	return c.Results.Set(ctx, c.place(), packed)
}

// tile returns the tile at hand with its scores, which are read once where one tile is gone over several times.
func (c *closing) tile(ctx context.Context) (yuma.Tile, error) {
	scores := &c.sheets.scores
	if c.laidOut != int(c.work.Tile) {
		scores.Reset(len(c.operators), c.set())
		var err error
		if c.marks, err = c.sheets.marks.Tile(c.assignment, c.own, c.set(), int(c.work.Tile)*types.TileSize); err != nil {
			return yuma.Tile{}, err
		}
		if err := c.layOutScores(ctx, scores); err != nil {
			return yuma.Tile{}, err
		}
		c.laidOut = int(c.work.Tile)
	}
	return yuma.Tile{Columns: len(c.set()), Scores: scores.Matrix(scores.Sparse()), Assigned: c.marks}, nil
}
