// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
)

// The engine works column by column, and a column's numbers lie side by side: block turns
// some dense columns at a time, columns turns all of a compressed tile.

// lanes is how many dense columns are turned at a time: one cache line of a row.
const lanes = 32

// block is up to lanes columns, turned: column l's values begin at l*pitch.
type block struct {
	pitch                 int
	scores, bonds, stored []uint16
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

// columns is a compressed tile by columns: those of column j are at [starts[j], starts[j+1]),
// by rising row, in the engine's order, without zeros.
type columns struct {
	scores, bonds entries
	// weights are beside scores.
	weights []uint32
	// support is the votes of a column's entries.
	support []int64
	// next is where each row writes on, in what comes out.
	next []int
}

// entries are the values of a compressed matrix by columns.
type entries struct {
	starts []int
	rows   []uint16
	values []uint16
}

// turn reads a compressed matrix by counting: first how many each column has, which says where
// it begins, then each value to its place. Columns that are not wanted stay empty.
func (s *entries) turn(m Matrix, order []uint16, columns int, wanted func(j uint16) bool) {
	s.starts = zeroed(s.starts, columns+2)
	s.rows, s.values = sized(s.rows, len(m.Values)), sized(s.values, len(m.Values))
	// A column's count is kept two places on, so that the sums of counts become the places
	// where it is written next, and after the last value the ones where columns begin.
	for at, j := range m.Columns {
		if m.Values[at] != 0 && wanted(j) {
			s.starts[int(j)+2]++
		}
	}
	for j := 2; j < len(s.starts); j++ {
		s.starts[j] += s.starts[j-1]
	}
	next := s.starts[1:]
	if m.none() || next[columns] == 0 {
		return
	}
	for k, i := range order {
		from, to := m.Starts[i], m.Starts[i+1]
		values := m.Values[from:to]
		for at, j := range m.Columns[from:to] {
			if v := values[at]; v != 0 && wanted(j) {
				place := next[j]
				next[j] = place + 1
				s.rows[place], s.values[place] = uint16(k), v
			}
		}
	}
}

// column is where column j's entries are.
func (s *entries) column(j int) (from, to int) { return s.starts[j], s.starts[j+1] }

// weighColumns turns a compressed tile's scores, and into weights. Where a weight cannot matter
// it is left out: bonds see nothing of weights above consensus under a full penalty, and the
// consensus of a forsaken column is 0.
func (e *Engine) weighColumns(t Tile) {
	c := &e.sparse
	c.support = zeroed(c.support, t.Columns)
	for k, i := range e.order[:e.voters] {
		vote := int64(e.votes[k])
		from, to := t.Scores.Starts[i], t.Scores.Starts[i+1]
		values := t.Scores.Values[from:to]
		for at, j := range t.Scores.Columns[from:to] {
			if values[at] != 0 {
				c.support[j] += vote
			}
		}
	}
	wanted := func(uint16) bool { return true }
	if e.params.BondPenalty == fixed.One && !e.params.DropMissingBonds {
		wanted = func(j uint16) bool { return !e.forsaken(int(j)) }
	}
	c.scores.turn(t.Scores, e.order, t.Columns, wanted)
	c.weights = sized(c.weights, len(c.scores.values))
	for at, s := range c.scores.values[:c.scores.starts[t.Columns]] {
		c.weights[at] = short(e.rows[c.scores.rows[at]].short(uint64(s)))
	}
}

// forsaken says that the voters without an entry in column j are more than the minority, so that
// their 0 is its median.
func (e *Engine) forsaken(j int) bool {
	return e.total-e.sparse.support[j] > max(e.minority, 0)
}

// weigh makes the weights of a tile.
func (e *Engine) weigh(t Tile) {
	e.divisors()
	if t.Scores.compressed() {
		e.weighColumns(t)
		return
	}
	e.dense.size(len(e.order))
	e.weights = sized(e.weights, e.dense.pitch*t.Columns)
	for from := 0; from < t.Columns; from += lanes {
		e.weighBlock(t, from, min(from+lanes, t.Columns))
	}
}
