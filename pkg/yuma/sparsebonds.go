// SPDX-License-Identifier: Apache-2.0

package yuma

import "slices"

// bondRows is bond for the compressed layout: the rules of bonds.go, row by row. What a cell
// comes to is computed once more in each pass rather than kept: that is less than it would take
// to write it and read it again.
func (e *Engine) bondRows(t Tile, a Agreement) {
	s, out := &e.sparse, &e.bonding.Bonds
	most := len(t.Scores.Values) + len(t.Bonds.Values)
	out.Starts = sized(out.Starts, len(e.order)+1)[:1]
	out.Starts[0] = 0
	out.Values, out.Columns = sized(out.Values, most)[:0], sized(out.Columns, most)[:0]
	s.shares = zeroed(s.shares, t.Columns)
	for j := range s.shares {
		s.shares[j].consensus, s.shares[j].earned = uint64(a.Consensus[j]), newFactor(uint64(e.bonding.Incentive[j]))
	}
	s.union.merge(t, len(e.order))
	if e.params.Rule == YUMA2 {
		e.relativeRows()
	} else {
		e.absoluteRows()
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
func (e *Engine) absoluteRows() {
	s, out := &e.sparse, &e.bonding.Bonds
	for i, k := range e.position {
		u := &s.union.rows[i]
		bonds := e.absoluteRow(e.rows[k], u)
		for at, j := range u.columns {
			s.shares[j].sum += bonds[at]
			out.keep(j, store16(bonds[at]))
		}
		out.close()
	}
	paying := false
	for j := range s.shares {
		s.shares[j].column = newDivisor(s.shares[j].sum)
		paying = paying || s.shares[j].earned.f != 0
	}
	if !paying {
		return
	}
	for i, k := range e.position {
		u := &s.union.rows[i]
		bonds := e.absoluteRow(e.rows[k], u)
		for at, j := range u.columns {
			c := &s.shares[j]
			e.dividends[k] += c.earned.times(c.column.ratio(bonds[at], c.sum))
		}
	}
}

// absoluteRow is the next bonds of one validator under rule YUMA3.
func (e *Engine) absoluteRow(row divisor, u *unionRow) []uint64 {
	s, m := &e.sparse, &e.mix
	s.moving = sized(s.moving, len(u.columns))
	moving, penalty, stay, alpha := s.moving, m.penalty, m.stay, m.alpha
	if m.liquid {
		for at, j := range u.columns {
			consensus := s.shares[j].consensus
			to := seen(row.short(uint64(u.scores[at])), consensus, penalty)
			moving[at] = distance(bond16(u.bonds[at]), to, consensus)
		}
		e.curve.alphas(moving)
	}
	for at, j := range u.columns {
		score, old := u.scores[at], bond16(u.bonds[at])
		to := seen(row.short(uint64(score)), s.shares[j].consensus, penalty)
		switch {
		case !m.liquid:
			moving[at] = move(old, to, stay, alpha)
		case score == 0 && m.drop:
			moving[at] = 0
		default:
			moving[at] = flow(old, to, moving[at])
		}
	}
	return moving
}

// relativeRows is rule YUMA2.
func (e *Engine) relativeRows() {
	s := &e.sparse
	for i, k := range e.position {
		u := &s.union.rows[i]
		for at, j := range u.columns {
			c := &s.shares[j]
			c.kept += uint64(u.bonds[at])
			if c.consensus != 0 || e.mix.partial {
				c.added += e.addedBy(k, u.scores[at], c.consensus)
			}
		}
	}
	for j := range s.shares {
		c := &s.shares[j]
		c.remainder, c.addition = newDivisor(c.kept), newDivisor(c.added)
	}
	for i, k := range e.position {
		u := &s.union.rows[i]
		for at, j := range u.columns {
			c := &s.shares[j]
			b := e.relativeCell(c, k, u.scores[at], u.bonds[at])
			c.sum += b
			c.most = max(c.most, b)
		}
	}
	for j := range s.shares {
		c := &s.shares[j]
		c.column = newDivisor(c.sum)
		c.most = c.column.ratio(c.most, c.sum)
		c.largest = newDivisor(c.most)
	}
	out := &e.bonding.Bonds
	for i, k := range e.position {
		u := &s.union.rows[i]
		for at, j := range u.columns {
			c := &s.shares[j]
			share := c.column.ratio(e.relativeCell(c, k, u.scores[at], u.bonds[at]), c.sum)
			out.keep(j, store16(c.largest.ratio(share, c.most)))
			if c.earned.f != 0 {
				e.dividends[k] += c.earned.times(share)
			}
		}
		out.close()
	}
}

// relativeCell is the next share of a cell under rule YUMA2, before the column is normalised
// again.
func (e *Engine) relativeCell(c *shares, k, score, bond uint16) uint64 {
	b := e.mix.stay.times(c.remainder.short(uint64(bond)))
	if c.added == 0 {
		return b
	}
	return b + e.mix.alpha.times(c.addition.ratio(e.addedBy(k, score, c.consensus), c.added))
}

// addedBy is what validator k adds to a column: the weight that bonds see times power.
func (e *Engine) addedBy(k, score uint16, consensus uint64) uint64 {
	return seen(e.rows[k].short(uint64(score)), consensus, e.mix.penalty) * e.power[k] >> (e.powerBits & 63)
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
