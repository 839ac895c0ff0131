// SPDX-License-Identifier: Apache-2.0

package yuma

import "slices"

// bondRows is bond for the compressed layout: the rules of bonds.go, row by row. What a cell
// comes to is computed once more in each pass rather than kept: that is less than it would take
// to write it and read it again.
func (e *Engine) bondRows(t Tile, a Agreement) {
	s, out := &e.sparse, &e.bonding.Bonds
	most := len(t.Scores.Values) + len(t.Bonds.Values)
	out.Starts = append(sized(out.Starts, len(e.order)+1)[:0], 0)
	out.Values, out.Columns = sized(out.Values, most)[:0], sized(out.Columns, most)[:0]
	s.sum, s.yielding = zeroed(s.sum, t.Columns), sized(s.yielding, t.Columns)
	s.union.merge(t, len(e.order))
	if e.params.Rule == YUMA2 {
		e.relativeRows(a)
	} else {
		e.absoluteRows(a)
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
func (e *Engine) absoluteRows(a Agreement) {
	s, out := &e.sparse, &e.bonding.Bonds
	for i, k := range e.position {
		row, u := e.rows[k], &s.union.rows[i]
		for at, j := range u.columns {
			b := e.absoluteCell(row, u.scores[at], u.bonds[at], uint64(a.Consensus[j]))
			s.sum[j] += b
			out.keep(j, store16(b))
		}
		out.close()
	}
	for j, sum := range s.sum {
		s.yielding[j] = newYielding(sum, 0, uint64(e.bonding.Incentive[j]))
	}
	for i, k := range e.position {
		row, u := e.rows[k], &s.union.rows[i]
		for at, j := range u.columns {
			if y := &s.yielding[j]; y.earned != 0 {
				b := e.absoluteCell(row, u.scores[at], u.bonds[at], uint64(a.Consensus[j]))
				e.dividends[k] += y.pay().times(y.column().ratio(b, s.sum[j]))
			}
		}
	}
}

// absoluteCell is the next bond of a cell under rule YUMA3.
func (e *Engine) absoluteCell(row divisor, score, bond uint16, consensus uint64) uint64 {
	m := &e.mix
	if score == 0 && m.drop {
		return 0
	}
	old, to := bond16(bond), seen(row.short(uint64(score)), consensus, m.penalty)
	if m.liquid {
		return flow(old, to, consensus, &e.curve)
	}
	return move(old, to, m.stay, m.alpha)
}

// relativeRows is rule YUMA2.
func (e *Engine) relativeRows(a Agreement) {
	s, columns := &e.sparse, len(a.Consensus)
	s.added, s.kept, s.most = zeroed(s.added, columns), zeroed(s.kept, columns), zeroed(s.most, columns)
	for i, k := range e.position {
		u := &s.union.rows[i]
		for at, j := range u.columns {
			s.kept[j] += uint64(u.bonds[at])
			if consensus := uint64(a.Consensus[j]); consensus != 0 || e.mix.partial {
				s.added[j] += e.addedBy(k, u.scores[at], consensus)
			}
		}
	}
	s.addition, s.remainder = divisors(s.addition, s.added), divisors(s.remainder, s.kept)
	stay := e.mix.stay
	for i, k := range e.position {
		u := &s.union.rows[i]
		for at, j := range u.columns {
			b := stay.times(s.remainder[j].short(uint64(u.bonds[at])))
			if s.added[j] != 0 {
				b = e.relativeCell(k, j, u.scores[at], b, uint64(a.Consensus[j]))
			}
			s.sum[j] += b
			s.most[j] = max(s.most[j], b)
		}
	}
	for j, sum := range s.sum {
		s.most[j] = newDivisor(sum).ratio(s.most[j], sum)
		s.yielding[j] = newYielding(sum, s.most[j], uint64(e.bonding.Incentive[j]))
	}
	out := &e.bonding.Bonds
	for i, k := range e.position {
		u := &s.union.rows[i]
		for at, j := range u.columns {
			b := stay.times(s.remainder[j].short(uint64(u.bonds[at])))
			if s.added[j] != 0 {
				b = e.relativeCell(k, j, u.scores[at], b, uint64(a.Consensus[j]))
			}
			y := &s.yielding[j]
			share := y.column().ratio(b, s.sum[j])
			out.keep(j, store16(y.largest().ratio(share, s.most[j])))
			if y.earned != 0 {
				e.dividends[k] += y.pay().times(share)
			}
		}
		out.close()
	}
}

// addedBy is what validator k adds to a column: the weight that bonds see times power.
func (e *Engine) addedBy(k, score uint16, consensus uint64) uint64 {
	return seen(e.rows[k].short(uint64(score)), consensus, e.mix.penalty) * e.power[k] >> (e.powerBits & 63)
}

// relativeCell is the next share of a cell, of which kept stays, in a column to which something is
// added, before the column is normalised again.
func (e *Engine) relativeCell(k, j, score uint16, kept, consensus uint64) uint64 {
	to := e.sparse.addition[j].ratio(e.addedBy(k, score, consensus), e.sparse.added[j])
	return min(one, kept+e.mix.alpha.times(to))
}

// divisors are those of some sums.
func divisors(into []divisor, sums []uint64) []divisor {
	into = sized(into, len(sums))
	for j, sum := range sums {
		into[j] = newDivisor(sum)
	}
	return into
}

// union is scores and bonds side by side: by validator, the columns that have either.
type union struct {
	rows []unionRow
	// zeros stand in for a row that has no scores or no bonds, memory holds those that are
	// not as they came.
	zeros  []uint16
	memory []uint16
}

type unionRow struct{ columns, scores, bonds []uint16 }

// merge lays scores and bonds side by side. A row whose scores and bonds are in the same columns
// stays where it is.
func (u *union) merge(t Tile, validators int) {
	u.rows = sized(u.rows, validators)
	u.zeros = zeroed(u.zeros, t.Columns)
	u.memory = sized(u.memory, 3*(len(t.Scores.Values)+len(t.Bonds.Values)))[:0]
	for i := range u.rows {
		scored, scores := t.Scores.entries(uint16(i))
		bonded, bonds := t.Bonds.entries(uint16(i))
		switch {
		case slices.Equal(scored, bonded):
			u.rows[i] = unionRow{scored, scores, bonds}
		case len(scored) == 0:
			u.rows[i] = unionRow{bonded, u.zeros[:len(bonded)], bonds}
		case len(bonded) == 0:
			u.rows[i] = unionRow{scored, scores, u.zeros[:len(scored)]}
		default:
			u.rows[i] = u.zip(scored, scores, bonded, bonds)
		}
	}
}

// zip merges two rows whose columns rise.
func (u *union) zip(scored, scores, bonded, bonds []uint16) unionRow {
	most, used := len(scored)+len(bonded), len(u.memory)
	u.memory = u.memory[:used+3*most]
	part := func(n int) []uint16 { return u.memory[used+n*most : used+(n+1)*most] }
	columns, outScores, outBonds := part(0), part(1), part(2)
	at, s, b := 0, 0, 0
	for ; s < len(scored) || b < len(bonded); at++ {
		hasScore := b == len(bonded) || s < len(scored) && scored[s] <= bonded[b]
		hasBond := s == len(scored) || b < len(bonded) && bonded[b] <= scored[s]
		outScores[at], outBonds[at] = 0, 0
		if hasBond {
			columns[at], outBonds[at] = bonded[b], bonds[b]
			b++
		}
		if hasScore {
			columns[at], outScores[at] = scored[s], scores[s]
			s++
		}
	}
	return unionRow{columns[:at], outScores[:at], outBonds[:at]}
}
