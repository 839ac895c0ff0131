// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/yuma"

	"github.com/weal-network/weal/x/scoring/types"
)

// layOutScores lays out what the voters that take part revealed of the tile at hand, as far as they were to score it.
func (c *closing) layOutScores(ctx context.Context, sheet *types.Sheet) error {
	return c.walkTile(ctx, c.Rows, c.epoch.Number, c.work.Tile, func(voter int, packed []byte) error {
		if !c.tally.Voters[voter].Active() {
			return nil
		}
		if err := sheet.PutScores(voter, packed, c.own[voter]); err != nil {
			return errorsmod.Wrap(err, c.tally.Voters[voter].Operator)
		}
		sheet.Keep(voter, c.marks, voter, len(c.operators))
		return nil
	})
}

// oldBonds returns the voters' bonds in the contributions of the tile at hand, as the epoch starts with them. Those
// of contributions that left drop out, and new ones begin at 0.
func (c *closing) oldBonds(ctx context.Context, compressed bool) (yuma.Matrix, error) {
	from, to := c.from.Overlap(c.set())
	if from >= to {
		return yuma.Matrix{}, nil
	}
	sheet := &c.sheets.bonds
	sheet.Reset(len(c.operators), c.set())
	for tile := from; tile < to; tile++ {
		err := c.walkTile(ctx, c.Bonds, c.epoch.BondsEpoch, uint32(tile), func(voter int, packed []byte) error {
			_, err := sheet.Put(voter, packed)
			return errorsmod.Wrap(types.Inconsistent(err), c.tally.Voters[voter].Operator)
		})
		if err != nil {
			return yuma.Matrix{}, err
		}
	}
	return sheet.Matrix(compressed), nil
}

// storeBonds stores the voters' new bonds of the tile at hand. Whoever is not among them has none from now on.
func (c *closing) storeBonds(ctx context.Context, bonds yuma.Matrix) error {
	set := c.set()
	for i, operator := range c.operators {
		packed, err := types.PackRow(bonds, len(set), i, 0, set)
		if err != nil {
			return types.Inconsistent(err)
		}
		if len(packed) == 0 {
			continue
		}
		if err := c.Bonds.Set(ctx, collections.Join4(c.epoch.TopicId, c.epoch.Number, c.work.Tile, operator), packed); err != nil {
			return err
		}
	}
	return nil
}

// walkTile visits the values of a tile that are the voters', in one pass over both lists, which rise by operator.
func (c *closing) walkTile(ctx context.Context, values collections.Map[tileKey, []byte], epoch uint64, tile uint32, visit func(voter int, packed []byte) error) error {
	at := 0
	of := collections.NewSuperPrefixedQuadRange3[uint64, uint64, uint32, []byte](c.epoch.TopicId, epoch, tile)
	return values.Walk(ctx, of, func(key tileKey, packed []byte) (bool, error) {
		for at < len(c.operators) && bytes.Compare(c.operators[at], key.K4()) < 0 {
			at++
		}
		if at == len(c.operators) {
			return true, nil
		}
		if !bytes.Equal(c.operators[at], key.K4()) {
			return false, nil
		}
		return false, visit(at, packed)
	})
}

// weighed returns the tile at hand with the scores that weights are made of.
func (c *closing) weighed(ctx context.Context) (yuma.Tile, error) {
	tile, err := c.tile(ctx)
	if err != nil || !c.epoch.Sharpens() {
		return tile, err
	}
	sharp := &c.sheets.sharp
	sharp.Sharpen(&c.sheets.scores, c.work.Peaks, c.epoch.Scoring.Sharpness)
	tile.Scores = sharp.Matrix(sharp.Sparse())
	return tile, nil
}
