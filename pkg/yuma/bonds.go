// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// Bonding is what a tile's columns earn, and who is bonded to them.
type Bonding struct {
	// Incentive is each column's share of the reward.
	Incentive []fixed.Q32
	// Bonds are to be stored for the next epoch, in the layout of the tile's scores;
	// compressed, without those that are 0.
	Bonds Matrix
}

// bond moves the bonds of a tile; those of a dense one by weights that are made.
func (e *Engine) bond(t Tile, a Agreement) {
	e.divideRows()
	ranks := newDivisor(e.rankSum)
	e.bonding.Incentive = scratch.Sized(e.bonding.Incentive, t.Columns)
	for j, rank := range a.Rank {
		e.bonding.Incentive[j] = fixed.Q32(ranks.ratio(uint64(rank), e.rankSum))
	}
	if t.Scores.compressed() {
		e.bondRows(t, a)
	} else {
		e.bondBlocks(t, a)
	}
}

// bondBlocks is bond for the dense layout.
func (e *Engine) bondBlocks(t Tile, a Agreement) {
	n := len(e.order)
	out := &e.bonding.Bonds
	*out = Matrix{Values: scratch.Sized(out.Values, n*t.Columns)}
	pitch := e.dense.pitch
	for from := 0; from < t.Columns; from += lanes {
		to := min(from+lanes, t.Columns)
		t.Bonds.turn(e.dense.bonds, pitch, e.order, t.Columns, from, to)
		for j := from; j < to; j++ {
			l := (j - from) * pitch
			c := cells{
				weights: e.weights[j*pitch : j*pitch+n], bonds: e.dense.bonds[l : l+n], power: e.power,
				dividends: e.dividends, stored: e.dense.stored[l : l+n],
			}
			if t.Assigned == nil {
				e.bondColumn(c, uint64(a.Consensus[j]), uint64(e.bonding.Incentive[j]))
			} else {
				e.dense.moving = scratch.Sized(e.dense.moving, n)
				c.absoluteAssigned(e.dense.moving, &e.mix, e.order, t.marks(n, j), uint64(a.Consensus[j]), uint64(e.bonding.Incentive[j]))
			}
		}
		turnBack(out.Values, t.Columns, from, e.dense.stored, pitch, e.order, to-from)
	}
}

// cells are one column's numbers side by side, one a validator.
type cells struct {
	weights          []uint32
	bonds, stored    []uint16
	power, dividends []uint64
}

// bondColumn moves one column's bonds: from c.bonds to c.stored, by c.weights. What the bonds
// yield of the column's incentive is added to c.dividends.
func (e *Engine) bondColumn(c cells, consensus, incentive uint64) {
	e.dense.moving = scratch.Sized(e.dense.moving, len(c.weights))
	if e.params.Rule == YUMA2 {
		c.relative(e.dense.moving, &e.mix, e.powerBits, consensus, incentive)
	} else {
		c.absolute(e.dense.moving, &e.dense.fours, &e.mix, consensus, incentive)
	}
}

// mix is how an epoch's weights become bonds.
type mix struct {
	// penalty is how far weights move towards their clipped value before bonds see them.
	penalty factor
	// partial says that it is not all the way: bonds see something of every weight.
	partial bool
	// alpha is how much of a bond is taken from the epoch's weight, and stay the rest of 1.
	alpha, stay factor
	// liquid says that alpha is the curve's.
	liquid bool
	curve  curve
	// drop removes bonds without a weight at once, under liquid alpha.
	drop bool
}

func newMix(p Params) mix {
	return mix{
		curve:   newCurve(p.LiquidAlpha),
		penalty: newFactor(uint64(p.BondPenalty)), partial: p.BondPenalty != fixed.One,
		alpha: newFactor(one - uint64(p.BondsMovingAverage)), stay: newFactor(uint64(p.BondsMovingAverage)),
		liquid: p.LiquidAlpha.Enabled, drop: p.LiquidAlpha.Enabled && p.DropMissingBonds,
	}
}

// seen is the weight that bonds see: w moved towards its clipped value by the penalty,
// w + floor(penalty (clipped - w)), which is never below 0.
func seen(w, consensus uint64, penalty factor) uint64 {
	// The floor of what is negative is the ceiling of what is taken off.
	ceiling := uint64(1)<<(penalty.shift&63) - 1
	return w - ((w-min(w, consensus))*penalty.f+ceiling)>>(penalty.shift&63)
}

// move is the moving average of a bond: it goes from old towards to by alpha; stay is 1 - alpha.
// Of numbers of [0, 1] it needs no bound: it lies between them.
func move(old, to uint64, stay, alpha factor) uint64 { return stay.times(old) + alpha.times(to) }

// distance is what liquid alpha rises with: how far the weight that is seen is below the bond, or
// else above consensus.
func distance(old, to, consensus uint64) uint64 {
	below, above := old-min(old, to), to-min(to, consensus)
	if below != 0 {
		return below
	}
	return above
}

// flow is move with an alpha of the bond's own.
func flow(old, to, alpha uint64) uint64 {
	if alpha-1 < one-1 { // neither factor is 1, so 64 bits hold the products
		return (one-alpha)*old>>fracBits + alpha*to>>fracBits
	}
	return product(one-alpha, old) + product(alpha, to)
}

// bond16 is a stored bond as a number of [0, 1]: floor(2^32 b / 65535), and 2^32 is
// 65535*65537 + 1.
func bond16(b uint16) uint64 {
	x := uint64(b)
	return x*65537 + (x+1)>>16
}

// store16 is floor(65535 b).
func store16(b uint64) uint16 { return uint16((b<<16 - b) >> fracBits) }

// absolute is rule YUMA3: a bond is a number of [0, 1] that moves towards its validator's
// weight; a validator's part of the column's bonds is its part of the incentive.
func (c *cells) absolute(moving []uint64, f *fours, m *mix, consensus, incentive uint64) {
	done, sum := f.move(moving, c, m, consensus)
	for k := done; k < len(c.weights); k++ {
		sum += c.moveOne(moving, m, k, consensus)
	}
	c.yield(moving, sum, incentive)
}

// moveOne moves the bond of cell k, and returns it.
func (c *cells) moveOne(moving []uint64, m *mix, k int, consensus uint64) uint64 {
	bond := m.next(c.bonds[k], weight(c.weights[k]), consensus)
	moving[k], c.stored[k] = bond, store16(bond)
	return bond
}

// next is a bond's next value under rule YUMA3, for a validator's weight w.
func (m *mix) next(bond uint16, w, consensus uint64) uint64 {
	old, to := bond16(bond), seen(w, consensus, m.penalty)
	switch {
	case !m.liquid:
		return move(old, to, m.stay, m.alpha)
	case m.drop && w == 0:
		return 0
	default:
		return flow(old, to, m.curve.alpha(distance(old, to, consensus)))
	}
}

// yield adds each validator's part of the column's bonds, times the incentive, to dividends.
func (c *cells) yield(bonds []uint64, sum, incentive uint64) {
	if incentive == 0 {
		return
	}
	column, earned := newDivisor(sum), newFactor(incentive)
	dividends := c.dividends[:len(bonds)]
	for k, b := range bonds {
		dividends[k] += earned.times(column.ratio(b, sum))
	}
}

// relative is rule YUMA2: the column's bonds are shares of it that move towards the shares of
// the epoch's weights times power; dividends follow them, and they are stored as parts of the
// largest.
func (c *cells) relative(moving []uint64, m *mix, shift uint8, consensus, incentive uint64) {
	n := len(c.weights)
	bonds, stored, power, moving := c.bonds[:n], c.stored[:n], c.power[:n], moving[:n]
	penalty, stay, alpha := m.penalty, m.stay, m.alpha
	var added, kept uint64
	for k, w := range c.weights {
		x := seen(weight(w), consensus, penalty) * power[k] >> (shift & 63)
		moving[k] = x
		added += x
		kept += uint64(bonds[k])
	}
	addition, remainder := newDivisor(added), newDivisor(kept)
	var sum, most uint64
	for k, x := range moving {
		b := move(remainder.short(uint64(bonds[k])), addition.ratio(x, added), stay, alpha)
		moving[k] = b
		sum += b
		most = max(most, b)
	}
	column := newDivisor(sum)
	most = column.ratio(most, sum)
	largest, earned, dividends := newDivisor(most), newFactor(incentive), c.dividends[:n]
	for k, b := range moving {
		share := column.ratio(b, sum)
		stored[k] = store16(largest.ratio(share, most))
		dividends[k] += earned.times(share)
	}
}
