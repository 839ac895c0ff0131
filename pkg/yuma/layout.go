// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/internal/scratch"

// Dense tiles are worked on column by column, with a column's numbers side by side: a block is
// some columns, turned.

// lanes is how many dense columns are turned at a time: one cache line of a row.
const lanes = 32

// block is up to lanes columns, turned: column l's values begin at l*pitch.
type block struct {
	pitch                 int
	scores, bonds, stored []uint16
	// reciprocals and shifts are the rows' divisors, for weigh.
	reciprocals, shifts []uint64
	// moving are one column's bonds in the making.
	moving []uint64
	fours  fours
}

// pitchOf is the distance between the columns of a block with n validators each: an odd number
// of cache lines, so that columns that are written side by side do not share the same few
// places of the processor's cache.
func pitchOf(n int) int { return ((n+lanes-1)/lanes | 1) * lanes }

func (b *block) size(n int, rows []divisor) {
	b.pitch = pitchOf(n)
	b.scores, b.bonds, b.stored = scratch.Sized(b.scores, lanes*b.pitch), scratch.Sized(b.bonds, lanes*b.pitch), scratch.Sized(b.stored, lanes*b.pitch)
	b.reciprocals, b.shifts = scratch.Zeroed(b.reciprocals, b.pitch), scratch.Zeroed(b.shifts, b.pitch)
	for k, row := range rows {
		b.reciprocals[k], b.shifts[k] = row.r, uint64(63-row.shift)
	}
}

// turn reads the columns [from, to) of rows in the engine's order into out, or zeros when there
// is no matrix.
func (m Matrix) turn(out []uint16, pitch int, order []uint16, columns, from, to int) {
	if m.none() {
		clear(out)
		return
	}
	turn(out, pitch, m.Values, columns, from, order, to-from)
}

// weighBlock turns the columns [from, to) of scores, and into weights.
func (e *Engine) weighBlock(t Tile, from, to int) {
	n, pitch := len(e.order), e.dense.pitch
	t.Scores.turn(e.dense.scores, pitch, e.order, t.Columns, from, to)
	for j := from; j < to; j++ {
		weigh(e.weights[j*pitch:j*pitch+n], e.dense.scores[(j-from)*pitch:], e.dense.reciprocals, e.dense.shifts)
	}
}

// weighAll makes the weights of a dense tile.
func (e *Engine) weighAll(t Tile) {
	e.divideRows()
	e.dense.size(len(e.order), e.rows)
	e.weights = scratch.Sized(e.weights, e.dense.pitch*t.Columns)
	for from := 0; from < t.Columns; from += lanes {
		e.weighBlock(t, from, min(from+lanes, t.Columns))
	}
}
