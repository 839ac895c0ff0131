// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"slices"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/row"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// deal says who is to score what in an epoch.
type deal struct {
	// words are by slot as yuma.Tile.Assigned has them; nil for everybody everything.
	words      []uint64
	validators int
}

// to says whether a validator is to score a slot.
func (d deal) to(validator, slot int) bool {
	return d.words == nil || coverage.Assigned(d.words, d.validators, validator, slot)
}

// keep clears what a validator's row says of slots that it was not dealt.
func (d deal) keep(validator int, row []uint16) {
	if d.words == nil {
		return
	}
	for j := range row {
		if !d.to(validator, j) {
			row[j] = 0
		}
	}
}

// dealer deals the items out as a topic with these rules does, with a seed of its own for each epoch.
type dealer struct {
	scoring topictypes.Scoring
	seeds   *Source
	marks   scoringtypes.Marks
}

// sharer are Rules under which everybody scores some of the items, however they are shared out.
type sharer interface {
	// Common are those of ids, which rise, that all validators of the next epoch score, rising.
	Common(ids []uint64) ([]uint64, error)
}

// deal deals the items in the slots, by id, to those with power, as x/scoring deals contributions. Whoever has none is no
// validator of the epoch: it weighs nothing, and its bonds decay as they do where nothing is shared out.
func (d *dealer) deal(power, ids []uint64, rules Rules) (deal, error) {
	seed := d.seeds.Seed()
	epoch := scoringtypes.Epoch{Scoring: d.scoring, Seed: seed[:]}
	for _, p := range power {
		if p > 0 {
			epoch.Validators = append(epoch.Validators, scoringtypes.PinnedValidator{})
		}
	}
	if !epoch.SharesOut() {
		return deal{}, nil
	}
	rising := slices.DeleteFunc(slices.Sorted(slices.Values(ids)), func(id uint64) bool { return id == 0 })
	if s, ok := rules.(sharer); ok {
		common, err := s.Common(rising)
		if err != nil {
			return deal{}, err
		}
		if epoch.Common, err = row.EncodeIDs(common); err != nil {
			return deal{}, err
		}
	}
	assignment, err := epoch.Assignment()
	if err != nil {
		return deal{}, err
	}
	dealt, err := d.marks.Tile(assignment, nil, rising, 0)
	if err != nil {
		return deal{}, err
	}
	return seated(power, ids, rising, dealt, len(epoch.Validators)), nil
}

// seated lays out what was dealt to those with power, by rising id, for all validators and by slot.
func seated(power, ids, rising, dealt []uint64, bonded int) deal {
	n, per := len(power), coverage.Words(len(power))
	d := deal{words: make([]uint64, len(ids)*per), validators: n}
	for j, id := range ids {
		at, found := slices.BinarySearch(rising, id)
		if !found {
			continue
		}
		k := 0
		for i, p := range power {
			if p == 0 || coverage.Assigned(dealt, bonded, k, at) {
				d.words[j*per+i/64] |= 1 << (i % 64)
			}
			if p > 0 {
				k++
			}
		}
	}
	return d
}
