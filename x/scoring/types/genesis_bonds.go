// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/row"
)

// generation finds the tiles of an epoch's bonds.
func (v genesisValidator) generation(topic, epoch uint64) (Generation, bool) {
	i, found := slices.BinarySearchFunc(v.gs.Generations, place{topic: topic, epoch: epoch}, func(g Generation, p place) int {
		return comparePlaces(place{topic: g.TopicId, epoch: g.Epoch}, p)
	})
	if !found {
		return Generation{}, false
	}
	return v.gs.Generations[i], true
}

// generations checks the generations, and that those are there which epochs start from.
func (v genesisValidator) generations() error {
	for i, g := range v.gs.Generations {
		clock, found := v.clock(g.TopicId)
		switch {
		case !found:
			return invalid("generations", i, "topic %d has no clock", g.TopicId)
		case g.Epoch == 0 || g.Epoch > clock.BondsEpoch:
			return invalid("generations", i, "epoch is %d, the last scored one is %d", g.Epoch, clock.BondsEpoch)
		case len(g.FirstIds) > Tiles(MaxEntries):
			return invalid("generations", i, "%d tiles, at most %d", len(g.FirstIds), Tiles(MaxEntries))
		}
		if err := validateIDs(g.FirstIds); err != nil {
			return invalid("generations", i, "%s", err)
		}
	}
	err := rising("generations", v.gs.Generations, func(g Generation) (place, error) { return place{topic: g.TopicId, epoch: g.Epoch}, nil })
	if err != nil {
		return err
	}
	for i, c := range v.gs.Clocks {
		if _, found := v.generation(c.TopicId, c.BondsEpoch); c.BondsEpoch > c.Epoch || (c.BondsEpoch > 0 && !found) {
			return invalid("clocks", i, "bonds_epoch is %d, which is none or left no bonds", c.BondsEpoch)
		}
	}
	for i, e := range v.gs.Epochs {
		if _, found := v.generation(e.TopicId, e.BondsEpoch); e.Status == EPOCH_STATUS_CLOSING && e.BondsEpoch > 0 && !found {
			return invalid("epochs", i, "it starts from the bonds of epoch %d, which left none", e.BondsEpoch)
		}
	}
	return nil
}

// bonds checks the bonds: of epochs that are scored, being closed, or could not be closed.
func (v genesisValidator) bonds() error {
	for i, b := range v.gs.Bonds {
		if err := v.tileOfAnEpoch(b.TopicId, b.Epoch, b.Tile); err != nil {
			return invalid("bonds", i, "%s", err)
		}
		entries, err := row.Decode(b.Bonds, TileSize)
		if err != nil {
			return invalid("bonds", i, "%s", err)
		}
		if len(entries) == 0 || slices.ContainsFunc(entries, func(e row.Entry) bool { return e.Score == 0 }) {
			return invalid("bonds", i, "bonds of 0 are not kept: leave them out")
		}
	}
	return rising("bonds", v.gs.Bonds, func(b Bonds) (place, error) { return v.tilePlace(b.TopicId, b.Epoch, b.Tile, b.Operator) })
}

// publicTiles checks what was public: with the bonds of an epoch, and of its tiles.
func (v genesisValidator) publicTiles() error {
	for i, p := range v.gs.PublicTiles {
		if err := v.tileOfAnEpoch(p.TopicId, p.Epoch, p.Tile); err != nil {
			return invalid("public_tiles", i, "%s", err)
		}
		if err := validateKnown(p.Values); err != nil {
			return invalid("public_tiles", i, "%s", err)
		}
	}
	return rising("public_tiles", v.gs.PublicTiles, func(p PublicTile) (place, error) {
		return place{topic: p.TopicId, epoch: p.Epoch, tile: p.Tile}, nil
	})
}

// tileOfAnEpoch checks that an epoch which leaves something to the next one has the tile.
func (v genesisValidator) tileOfAnEpoch(topic, epoch uint64, tile uint32) error {
	tiles := 0
	if g, found := v.generation(topic, epoch); found {
		tiles = len(g.FirstIds)
	} else if e, ids, found := v.epoch(topic, epoch); found && e.Status != EPOCH_STATUS_OPEN {
		tiles = Tiles(len(ids))
	}
	if int64(tile) >= int64(tiles) {
		return errorsmod.Wrapf(ErrInvalidGenesis, "epoch %d of topic %d has %d tiles, this is of tile %d, counted from 0", epoch, topic, tiles, tile)
	}
	return nil
}
