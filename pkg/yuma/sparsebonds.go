// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
)

// bondRows is bond for the compressed layout: the rules of bonds.go, row by row.
func (e *Engine) bondRows(t Tile, a Agreement) {
	s, out := &e.sparse, &e.bonding.Bonds
	most := len(t.Scores.Values) + len(t.Bonds.Values)
	s.union = sized(s.union, most)[:0]
	out.Starts = append(sized(out.Starts, len(e.order)+1)[:0], 0)
	out.Values, out.Columns = sized(out.Values, most)[:0], sized(out.Columns, most)[:0]
	s.sum = zeroed(s.sum, t.Columns)
	s.yielding = sized(s.yielding, t.Columns)
	if e.params.Rule == YUMA2 {
		e.relativeRows(t, a)
	} else {
		e.absoluteRows(t, a)
	}
}

// keep stores a bond of the row at hand, if it is not 0.
func (m *Matrix) keep(column, bond uint16) {
	if bond != 0 {
		m.Values, m.Columns = append(m.Values, bond), append(m.Columns, column)
	}
}

// close ends a row.
func (m *Matrix) close() { m.Starts = append(m.Starts, len(m.Values)) }

// absoluteRows is rule YUMA3.
func (e *Engine) absoluteRows(t Tile, a Agreement) {
	s, out := &e.sparse, &e.bonding.Bonds
	ends := e.sparse.row.ends[:0]
	for i, k := range e.position {
		row := e.rows[k]
		s.row.merge(t, uint16(i))
		for at, j := range s.row.columns {
			score, stored := s.row.scores[at], s.row.bonds[at]
			if score == 0 && e.mix.drop {
				continue
			}
			consensus := uint64(a.Consensus[j])
			old, to := bond16(stored), e.mix.seen(row.short(uint64(score)), consensus)
			b := e.mix.move(old, to)
			if e.mix.liquid {
				b = e.mix.flow(&e.curve, old, to, consensus)
			}
			if b == 0 {
				continue
			}
			out.keep(j, store16(b))
			s.sum[j] += b
			s.union = append(s.union, cell{moving: b, column: j})
		}
		out.close()
		ends = append(ends, len(s.union))
	}
	s.row.ends = ends
	for j, sum := range s.sum {
		s.yielding[j] = newYielding(sum, 0, uint64(e.bonding.Incentive[j]))
	}
	from := 0
	for i, k := range e.position {
		dividend := e.dividends[k]
		for _, c := range s.union[from:ends[i]] {
			if y := &s.yielding[c.column]; y.earned != 0 {
				dividend += y.pay().times(y.column().ratio(c.moving, s.sum[c.column]))
			}
		}
		e.dividends[k] = dividend
		from = ends[i]
	}
}

// relativeRows is rule YUMA2.
func (e *Engine) relativeRows(t Tile, a Agreement) {
	s, out := &e.sparse, &e.bonding.Bonds
	s.added, s.kept, s.most = zeroed(s.added, t.Columns), zeroed(s.kept, t.Columns), zeroed(s.most, t.Columns)
	ends := e.sparse.row.ends[:0]
	// Under a full penalty bonds see nothing of a weight whose consensus is 0.
	partial := e.params.BondPenalty != fixed.One
	for i, k := range e.position {
		row, power := e.rows[k], e.power[k]
		s.row.merge(t, uint16(i))
		for at, j := range s.row.columns {
			x, stored := uint64(0), s.row.bonds[at]
			if consensus := uint64(a.Consensus[j]); consensus != 0 || partial {
				x = e.mix.seen(row.short(uint64(s.row.scores[at])), consensus) * power >> (e.powerBits & 63)
			}
			if x == 0 && stored == 0 {
				continue
			}
			s.added[j] += x
			s.kept[j] += uint64(stored)
			s.union = append(s.union, cell{moving: x, column: j, bond: stored})
		}
		ends = append(ends, len(s.union))
	}
	s.row.ends = ends
	s.addition, s.remainder = divisors(s.addition, s.added), divisors(s.remainder, s.kept)
	for at := range s.union {
		c := &s.union[at]
		j := c.column
		to := uint64(0)
		if c.moving != 0 {
			to = s.addition[j].ratio(c.moving, s.added[j])
		}
		c.moving = e.mix.move(s.remainder[j].short(uint64(c.bond)), to)
		s.sum[j] += c.moving
		s.most[j] = max(s.most[j], c.moving)
	}
	for j, sum := range s.sum {
		s.most[j] = newDivisor(sum).ratio(s.most[j], sum)
		s.yielding[j] = newYielding(sum, s.most[j], uint64(e.bonding.Incentive[j]))
	}
	from := 0
	for i, k := range e.position {
		dividend := e.dividends[k]
		for _, c := range s.union[from:ends[i]] {
			y := &s.yielding[c.column]
			share := y.column().ratio(c.moving, s.sum[c.column])
			out.keep(c.column, store16(y.largest().ratio(share, s.most[c.column])))
			if y.earned != 0 {
				dividend += y.pay().times(share)
			}
		}
		e.dividends[k] = dividend
		out.close()
		from = ends[i]
	}
}

// divisors are those of some sums.
func divisors(into []divisor, sums []uint64) []divisor {
	into = sized(into, len(sums))
	for j, sum := range sums {
		into[j] = newDivisor(sum)
	}
	return into
}

// unionRow is one validator's scores and bonds, over the columns that have either.
type unionRow struct {
	columns, scores, bonds []uint16
	memory                 [3][]uint16
	none                   []uint16
	ends                   []int
}

// merge lays the scores and bonds of validator i side by side.
func (u *unionRow) merge(t Tile, i uint16) {
	scored, scores := t.Scores.entries(i)
	bonded, bonds := t.Bonds.entries(i)
	switch {
	case slices.Equal(scored, bonded):
		u.columns, u.scores, u.bonds = scored, scores, bonds
	case len(scored) == 0:
		u.none = zeroed(u.none, len(bonded))
		u.columns, u.scores, u.bonds = bonded, u.none, bonds
	case len(bonded) == 0:
		u.none = zeroed(u.none, len(scored))
		u.columns, u.scores, u.bonds = scored, scores, u.none
	default:
		u.zip(scored, scores, bonded, bonds)
	}
}

// zip merges two rows whose columns rise.
func (u *unionRow) zip(scored, scores, bonded, bonds []uint16) {
	for m := range u.memory {
		u.memory[m] = zeroed(u.memory[m], len(scored)+len(bonded))
	}
	columns, outScores, outBonds := u.memory[0], u.memory[1], u.memory[2]
	at, s, b := 0, 0, 0
	for ; s < len(scored) || b < len(bonded); at++ {
		hasScore := b == len(bonded) || s < len(scored) && scored[s] <= bonded[b]
		hasBond := s == len(scored) || b < len(bonded) && bonded[b] <= scored[s]
		if hasScore {
			columns[at], outScores[at] = scored[s], scores[s]
		}
		if hasBond {
			columns[at], outBonds[at] = bonded[b], bonds[b]
			b++
		}
		if hasScore {
			s++
		}
	}
	u.columns, u.scores, u.bonds = columns[:at], outScores[:at], outBonds[:at]
}
