// SPDX-License-Identifier: Apache-2.0

package yuma

import "math/bits"

// Dense tiles are worked on column by column, with a column's numbers side by side: a block is
// some columns, turned.

// lanes is how many dense columns are turned at a time: one cache line of a row.
const lanes = 32

// block is up to lanes columns, turned: column l's values begin at l*pitch.
type block struct {
	pitch                 int
	scores, bonds, stored []uint16
	// moving are one column's bonds in the making.
	moving []uint64
}

// pitchOf is the distance between the columns of a block with n validators each: an odd number
// of cache lines, so that columns that are written side by side do not share the same few
// places of the processor's cache.
func pitchOf(n int) int { return ((n+lanes-1)/lanes | 1) * lanes }

func (b *block) size(n int) {
	b.pitch = pitchOf(n)
	b.scores, b.bonds, b.stored = sized(b.scores, lanes*b.pitch), sized(b.bonds, lanes*b.pitch), sized(b.stored, lanes*b.pitch)
}

// turn reads the columns [from, to) of rows in the engine's order into out, or zeros when
// there is no matrix.
func (m Matrix) turn(out []uint16, pitch int, order []uint16, columns, from, to int) {
	if m.none() {
		clear(out)
		return
	}
	for k, i := range order {
		at := k
		for _, v := range m.Values[int(i)*columns+from : int(i)*columns+to] {
			out[at] = v
			at += pitch
		}
	}
}

// turnBack writes a turned block to the columns [from, to) of rows.
func (m Matrix) turnBack(in []uint16, pitch int, order []uint16, columns, from, to int) {
	for k, i := range order {
		at := k
		row := m.Values[int(i)*columns+from : int(i)*columns+to]
		for l := range row {
			row[l] = in[at]
			at += pitch
		}
	}
}

// weighBlock turns the columns [from, to) of scores, and into weights.
func (e *Engine) weighBlock(t Tile, from, to int) {
	pitch := e.dense.pitch
	weights, scores := e.weights[from*pitch:to*pitch], e.dense.scores
	for k, i := range e.order {
		at := k
		r, shift := e.rows[k].r, e.rows[k].shift
		for _, s := range t.Scores.Values[int(i)*t.Columns+from : int(i)*t.Columns+to] {
			hi, _ := bits.Mul64(uint64(s)<<(shift&63), r)
			weights[at] = short(hi >> 30)
			scores[at] = s
			at += pitch
		}
	}
}

// weigh makes the weights of a dense tile.
func (e *Engine) weigh(t Tile) {
	e.divideRows()
	e.dense.size(len(e.order))
	e.weights = sized(e.weights, e.dense.pitch*t.Columns)
	for from := 0; from < t.Columns; from += lanes {
		e.weighBlock(t, from, min(from+lanes, t.Columns))
	}
}
