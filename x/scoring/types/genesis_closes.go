// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/merkle"
	"github.com/weal-network/weal/pkg/row"
)

func (v genesisValidator) snapshots() error {
	for i, s := range v.gs.Snapshots {
		if i > 0 && s.Height <= v.gs.Snapshots[i-1].Height || s.Height < 1 {
			return invalid("snapshots", i, "height is %d: heights rise from 1", s.Height)
		}
		err := rising("validators", s.Validators, func(p PinnedValidator) (place, error) { return v.operatorPlace(0, 0, p.Operator) })
		if err != nil {
			return errorsmod.Wrapf(err, "snapshots[%d]", i)
		}
	}
	return nil
}

// tallies checks that each epoch being closed and each scored one has its tally, of its validators.
func (v genesisValidator) tallies() error {
	for i, t := range v.gs.Tallies {
		epoch, ids, found := v.epoch(t.TopicId, t.Epoch)
		if !found || epoch.Status == EPOCH_STATUS_OPEN {
			return invalid("tallies", i, "epoch %d of topic %d is missing or open", t.Epoch, t.TopicId)
		}
		if err := t.validate(epoch, ids); err != nil {
			return invalid("tallies", i, "%s", err)
		}
	}
	if err := rising("tallies", v.gs.Tallies, func(t Tally) (place, error) { return place{topic: t.TopicId, epoch: t.Epoch}, nil }); err != nil {
		return err
	}
	return v.each("tallies", len(v.gs.Tallies), func(i int) place { return place{topic: v.gs.Tallies[i].TopicId, epoch: v.gs.Tallies[i].Epoch} },
		func(e Epoch) bool { return e.Status == EPOCH_STATUS_CLOSING || e.Status == EPOCH_STATUS_SCORED })
}

// validate checks a tally against its epoch: whoever counts its tokens comes to the same powers.
func (t Tally) validate(epoch Epoch, ids []uint64) error {
	if !slices.EqualFunc(t.Voters, epoch.Validators, func(a Voter, b PinnedValidator) bool { return a.Operator == b.Operator }) {
		return errorsmod.Wrap(ErrInvalidGenesis, "voters are not the epoch's validators")
	}
	again := NewTally(epoch, slices.Clone(t.Voters))
	if again.TotalPower != t.TotalPower || again.RevealedPower != t.RevealedPower {
		return errorsmod.Wrapf(ErrInvalidGenesis, "powers are %d of %d, the voters' tokens make %d of %d", t.RevealedPower, t.TotalPower, again.RevealedPower, again.TotalPower)
	}
	for i, voter := range t.Voters {
		own, err := row.DecodeIDs(voter.Own, len(ids))
		if err != nil {
			return errorsmod.Wrapf(ErrInvalidGenesis, "own contributions of %s: %s", voter.Operator, err)
		}
		if voter.Power != again.Voters[i].Power {
			return errorsmod.Wrapf(ErrInvalidGenesis, "power of %s is %d, its tokens make %d", voter.Operator, voter.Power, again.Voters[i].Power)
		}
		for _, id := range own {
			if _, pinned := slices.BinarySearch(ids, id); !pinned {
				return errorsmod.Wrapf(ErrInvalidGenesis, "own contribution %d of %s is not in the pinned set", id, voter.Operator)
			}
		}
	}
	return nil
}

// each checks that a list which rises has a record of every epoch that needs one.
func (v genesisValidator) each(list string, n int, at func(int) place, needed func(Epoch) bool) error {
	i := 0
	for _, e := range v.gs.Epochs {
		if !needed(e) {
			continue
		}
		p := place{topic: e.TopicId, epoch: e.Number}
		for i < n && comparePlaces(at(i), p) < 0 {
			i++
		}
		if i == n || comparePlaces(at(i), p) != 0 {
			return errorsmod.Wrapf(ErrInvalidGenesis, "%s: epoch %d of topic %d has none, its status is %s", list, e.Number, e.TopicId, e.Status)
		}
	}
	return nil
}

// works checks how far closes are: each epoch that is being closed has such a record, and no other.
func (v genesisValidator) works() error {
	for i, w := range v.gs.Works {
		epoch, ids, _ := v.epoch(w.TopicId, w.Epoch)
		clock, _ := v.clock(w.TopicId)
		if w.Epoch != clock.Epoch {
			return invalid("works", i, "epoch %d is not the last one of topic %d", w.Epoch, w.TopicId)
		}
		if err := w.validate(epoch, ids); err != nil {
			return invalid("works", i, "%s", err)
		}
	}
	if err := rising("works", v.gs.Works, func(w Work) (place, error) { return place{topic: w.TopicId, epoch: w.Epoch}, nil }); err != nil {
		return err
	}
	return v.each("works", len(v.gs.Works), func(i int) place { return place{topic: v.gs.Works[i].TopicId, epoch: v.gs.Works[i].Epoch} },
		func(e Epoch) bool { return e.Status == EPOCH_STATUS_CLOSING })
}

func (w Work) validate(epoch Epoch, ids []uint64) error {
	wrong := func(format string, args ...any) error { return errorsmod.Wrapf(ErrInvalidGenesis, format, args...) }
	n := len(epoch.Validators)
	switch {
	case w.Pass < PASS_SUM || w.Done() || epoch.Status != EPOCH_STATUS_CLOSING:
		return wrong("pass is %s, the epoch's status %s", w.Pass, epoch.Status)
	case w.Pass != PASS_PAY && w.Pass != PASS_FRONTIER && int64(w.Tile) >= int64(Tiles(len(ids))):
		return wrong("tile is %d, the epoch has %d, counted from 0", w.Tile, Tiles(len(ids)))
	case len(w.RowSums) != n && len(w.RowSums) != 0 || len(w.Trust) != len(w.RowSums) || len(w.Dividends) != len(w.RowSums):
		return wrong("sums are of %d, %d and %d validators, the epoch has %d", len(w.RowSums), len(w.Trust), len(w.Dividends), n)
	case len(w.MedianSums) != 0 && (len(w.MedianSums) != n || len(w.Products) != n*productCount || len(w.Predictors) != predictorCount):
		return wrong("sums of innovation are %d, %d and %d, expected %d, %d and %d",
			len(w.MedianSums), len(w.Products), len(w.Predictors), n, n*productCount, predictorCount)
	case len(w.Peaks) != 0 && (len(w.Peaks) != n || !epoch.Sharpens()) || (w.Peaked || w.Pass > PASS_SUM) && epoch.Sharpens() && len(w.Peaks) != n:
		return wrong("largest scores are of %d validators, the epoch has %d and a sharpness of %d", len(w.Peaks), n, epoch.Scoring.Sharpness)
	case w.ConsensusSum < 0:
		return wrong("the sum of the consensus is %d", w.ConsensusSum)
	case len(w.Roots) != w.sealed(len(ids))*merkle.Size:
		return wrong("roots are %d bytes, expected %d", len(w.Roots), w.sealed(len(ids))*merkle.Size)
	}
	return nil
}

// sealed is how many of the tiles of n contributions are hashed.
func (w Work) sealed(n int) int {
	switch {
	case w.Pass < PASS_SEAL:
		return 0
	case w.Pass == PASS_SEAL:
		return int(w.Tile)
	default:
		return Tiles(n)
	}
}

// resultTiles checks that they are of epochs and as long as their tiles; a scored epoch has all of them.
func (v genesisValidator) resultTiles() error {
	for i, r := range v.gs.ResultTiles {
		epoch, ids, found := v.epoch(r.TopicId, r.Epoch)
		if !found || epoch.Status == EPOCH_STATUS_OPEN {
			return invalid("result_tiles", i, "epoch %d of topic %d is missing or open", r.Epoch, r.TopicId)
		}
		if n := len(TileIDs(ids, int(r.Tile))); n == 0 || len(r.Values) != n*resultBytes {
			return invalid("result_tiles", i, "tile %d has %d contributions and values of %d bytes, expected %d", r.Tile, n, len(r.Values), n*resultBytes)
		}
	}
	err := rising("result_tiles", v.gs.ResultTiles, func(r ResultTile) (place, error) {
		return place{topic: r.TopicId, epoch: r.Epoch, tile: r.Tile}, nil
	})
	if err != nil {
		return err
	}
	for i, o := range v.gs.Outcomes {
		_, ids, _ := v.epoch(o.TopicId, o.Epoch)
		if have := v.countTiles(o.TopicId, o.Epoch); have != Tiles(len(ids)) {
			return invalid("outcomes", i, "the epoch has %d of %d result tiles", have, Tiles(len(ids)))
		}
	}
	return nil
}

// countTiles is how many result tiles an epoch has.
func (v genesisValidator) countTiles(topic, epoch uint64) int {
	first, _ := slices.BinarySearchFunc(v.gs.ResultTiles, place{topic: topic, epoch: epoch}, func(r ResultTile, p place) int {
		return comparePlaces(place{topic: r.TopicId, epoch: r.Epoch, tile: r.Tile}, p)
	})
	n := 0
	for _, r := range v.gs.ResultTiles[first:] {
		if cmp.Or(cmp.Compare(r.TopicId, topic), cmp.Compare(r.Epoch, epoch)) != 0 {
			break
		}
		n++
	}
	return n
}

func (v genesisValidator) outcomes() error {
	for i, o := range v.gs.Outcomes {
		epoch, _, _ := v.epoch(o.TopicId, o.Epoch)
		if epoch.Status != EPOCH_STATUS_SCORED {
			return invalid("outcomes", i, "epoch %d of topic %d is not scored", o.Epoch, o.TopicId)
		}
		if err := o.validate(len(epoch.Validators)); err != nil {
			return invalid("outcomes", i, "%s", err)
		}
	}
	if err := rising("outcomes", v.gs.Outcomes, func(o Outcome) (place, error) { return place{topic: o.TopicId, epoch: o.Epoch}, nil }); err != nil {
		return err
	}
	return v.each("outcomes", len(v.gs.Outcomes), func(i int) place {
		return place{topic: v.gs.Outcomes[i].TopicId, epoch: v.gs.Outcomes[i].Epoch}
	}, func(e Epoch) bool { return e.Status == EPOCH_STATUS_SCORED })
}

func (v genesisValidator) roots() error {
	for i, r := range v.gs.Roots {
		epoch, _, _ := v.epoch(r.TopicId, r.Epoch)
		if epoch.Status != EPOCH_STATUS_SCORED || len(r.Root) != merkle.Size {
			return invalid("roots", i, "it is %d bytes, expected %d and a scored epoch", len(r.Root), merkle.Size)
		}
	}
	return rising("roots", v.gs.Roots, func(r ResultRoot) (place, error) { return place{topic: r.TopicId, epoch: r.Epoch}, nil })
}
