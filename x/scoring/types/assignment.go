// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/row"
)

// SharesOut reports whether the epoch's contributions are shared out among its validators: whether the topic says so, and
// there are more of them than score each contribution.
func (e Epoch) SharesOut() bool {
	return !coverage.All(len(e.Validators), int(e.Scoring.Coverage))
}

// Assignment says who is to score what in an epoch.
type Assignment struct {
	// All says that everybody scores everything.
	All bool

	deal coverage.Deal
	// common are what all score even so, rising; the others are dealt in their order.
	common []uint64
}

// Assignment is that of an epoch (ErrInconsistent).
func (e Epoch) Assignment() (Assignment, error) {
	if !e.SharesOut() {
		return Assignment{All: true}, nil
	}
	common, err := row.DecodeIDs(e.Common, MaxCommon)
	if err != nil {
		return Assignment{}, errorsmod.Wrapf(ErrInconsistent, "what all validators of epoch %d of topic %d score: %s", e.Number, e.TopicId, err)
	}
	if len(e.Seed) != HashBytes {
		return Assignment{}, errorsmod.Wrapf(ErrInconsistent, "seed of epoch %d of topic %d is %d bytes, expected %d", e.Number, e.TopicId, len(e.Seed), HashBytes)
	}
	return Assignment{
		deal:   coverage.Deal{Seed: [HashBytes]byte(e.Seed), Validators: len(e.Validators), Each: int(e.Scoring.Coverage)},
		common: common,
	}, nil
}

// Load is the most of n contributions that a validator is assigned.
func (a Assignment) Load(n int) int {
	if a.All {
		return n
	}
	return len(a.common) + coverage.Load(n-len(a.common), a.deal.Validators, a.deal.Each)
}

// Marks are memory for who is to score a tile. Their zero value is ready.
type Marks struct {
	dealer coverage.Dealer
	words  []uint64
}

// Tile says in the form of yuma.Tile.Assigned who is to score set, which are contributions of the epoch that rise without a
// gap, after first others: all that were assigned them but for whose own they are; nil where everybody scores everything.
// It holds until the next call.
func (m *Marks) Tile(a Assignment, own [][]uint64, set []uint64, first int) ([]uint64, error) {
	if a.All {
		return nil, nil
	}
	if len(set) == 0 {
		return []uint64{}, nil
	}
	before, _ := slices.BinarySearch(a.common, set[0])
	within, _ := slices.BinarySearch(a.common, set[len(set)-1]+1)
	from := first - before
	dealt, err := m.dealer.Part(a.deal, from, from+len(set)-(within-before))
	if err != nil {
		return nil, Inconsistent(err)
	}
	m.words = m.words[:0]
	n, per := a.deal.Validators, coverage.Words(a.deal.Validators)
	for _, id := range set {
		if before < within && a.common[before] == id {
			m.words = append(m.words, coverage.Everybody(n, 1)...)
			before++
			continue
		}
		m.words, dealt = append(m.words, dealt[:per]...), dealt[per:]
	}
	unmark(m.words, own, set)
	return m.words, nil
}

// unmark takes everybody's own contributions out; both lists rise.
func unmark(words []uint64, own [][]uint64, ids []uint64) {
	per := coverage.Words(len(own))
	for i := range own {
		for _, id := range own[i] {
			if j, found := slices.BinarySearch(ids, id); found {
				words[j*per+i/64] &^= 1 << (i % 64)
			}
		}
	}
}

// Of are the contributions of ids that one of the epoch's validators is to score.
func (a Assignment) Of(validator int, ids []uint64) ([]uint64, error) {
	if a.All {
		return ids, nil
	}
	var marks Marks
	var some []uint64
	for tile := range Tiles(len(ids)) {
		set := TileIDs(ids, tile)
		words, err := marks.Tile(a, nil, set, tile*TileSize)
		if err != nil {
			return nil, err
		}
		for j, id := range set {
			if coverage.Assigned(words, a.deal.Validators, validator, j) {
				some = append(some, id)
			}
		}
	}
	return some, nil
}
