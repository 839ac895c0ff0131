// SPDX-License-Identifier: Apache-2.0

// Package allot shares a whole among claimants in proportion to their weights,
// within a floor and a ceiling each.
package allot

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/split"
)

// Claim is what one claimant asks for. Floor is at most Ceiling.
type Claim struct {
	// Weight is what it is shared by. Who has none gets its floor.
	Weight uint64
	// Floor is what it gets at least.
	Floor uint64
	// Ceiling is what it gets at most.
	Ceiling uint64
}

// Within shares total by water-filling: everybody gets level times its weight,
// cut to its floor and ceiling, at the one level at which the parts together are
// total. What ceilings leave over goes to those below theirs, and what floors
// take comes from those above theirs. Whole units go by the largest remainder,
// ties to the lower index. The parts sum to total, or to less when all that have
// a weight are at their ceilings. The floors together must be at most total.
// Exact for weights whose sum fits into 64 bits.
func Within(total uint64, claims []Claim) []uint64 {
	parts := make([]uint64, len(claims))
	open := make([]bool, len(claims))
	for i, c := range claims {
		open[i] = c.Weight > 0
		if !open[i] {
			parts[i] = c.Floor
		}
	}
	for {
		pool := newPool(total, claims, parts, open)
		if pool.weight == 0 {
			return parts
		}
		if !pool.pin(claims, parts, open) {
			pool.share(claims, parts, open)
			return parts
		}
	}
}

// pool is what is left for those that are open, and their weights together.
type pool struct{ units, weight uint64 }

func newPool(total uint64, claims []Claim, parts []uint64, open []bool) pool {
	p := pool{units: total}
	for i, c := range claims {
		if open[i] {
			p.weight += c.Weight
		} else {
			p.units -= min(p.units, parts[i])
		}
	}
	return p
}

// pin closes those whose exact part is beyond a bound, at that bound: those above
// their ceilings when cutting all to their bounds would leave units over, those
// below their floors when it would take units that are not there, both when
// neither. Each call closes at least one, or none is beyond.
func (p pool) pin(claims []Claim, parts []uint64, open []bool) bool {
	below, above := p.missing(claims, open)
	order := below.compare(above)
	pinned := false
	for i, c := range claims {
		if !open[i] {
			continue
		}
		switch {
		case order >= 0 && p.compare(c.Weight, c.Floor) < 0:
			parts[i] = c.Floor
		case order <= 0 && p.compare(c.Weight, c.Ceiling) > 0:
			parts[i] = c.Ceiling
		default:
			continue
		}
		open[i], pinned = false, true
	}
	return pinned
}

// missing is what floors take beyond exact parts, and what ceilings leave of
// them, both times the weight of the pool.
func (p pool) missing(claims []Claim, open []bool) (below, above uint192) {
	for i, c := range claims {
		if !open[i] {
			continue
		}
		exact := product(c.Weight, p.units)
		if floor := product(c.Floor, p.weight); floor.compare(exact) > 0 {
			below = below.plus(floor.minus(exact))
		}
		if ceiling := product(c.Ceiling, p.weight); exact.compare(ceiling) > 0 {
			above = above.plus(exact.minus(ceiling))
		}
	}
	return below, above
}

// compare compares the exact part of a weight with a bound.
func (p pool) compare(weight, bound uint64) int {
	return product(weight, p.units).compare(product(bound, p.weight))
}

// share gives the open ones their parts. As no exact part is beyond a bound, and
// bounds are whole, no rounded one is.
func (p pool) share(claims []Claim, parts []uint64, open []bool) {
	weights := make([]uint64, len(claims))
	for i, c := range claims {
		if open[i] {
			weights[i] = c.Weight
		}
	}
	for i, part := range split.Proportional(p.units, weights) {
		if open[i] {
			parts[i] = part
		}
	}
}

// uint192 is hi 2^128 + mid 2^64 + lo: a sum of products.
type uint192 struct{ hi, mid, lo uint64 }

func product(a, b uint64) uint192 {
	mid, lo := bits.Mul64(a, b)
	return uint192{mid: mid, lo: lo}
}

func (a uint192) plus(b uint192) uint192 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	mid, carry := bits.Add64(a.mid, b.mid, carry)
	return uint192{a.hi + b.hi + carry, mid, lo}
}

func (a uint192) minus(b uint192) uint192 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	mid, borrow := bits.Sub64(a.mid, b.mid, borrow)
	return uint192{a.hi - b.hi - borrow, mid, lo}
}

func (a uint192) compare(b uint192) int {
	for _, pair := range [3][2]uint64{{a.hi, b.hi}, {a.mid, b.mid}, {a.lo, b.lo}} {
		if pair[0] != pair[1] {
			if pair[0] < pair[1] {
				return -1
			}
			return 1
		}
	}
	return 0
}
