// SPDX-License-Identifier: Apache-2.0

package yuma

// column is the numbers of a compressed column side by side, so that dense and compressed
// columns go through the same loops.
type column struct {
	rows                           []uint16
	weights                        []uint32
	bonds, stored                  []uint16
	power, votes, trust, dividends []uint64
	moving                         []uint64
}

// gather reads from, a number a validator, at some rows.
func gather(into *[]uint64, from []uint64, rows []uint16) []uint64 {
	*into = sized(*into, len(rows))
	for at, k := range rows {
		(*into)[at] = from[k]
	}
	return *into
}

// scatter writes back what gather read.
func scatter(to, values []uint64, rows []uint16) {
	for at, k := range rows {
		to[k] = values[at]
	}
}

// merge lays weights and bonds of one column side by side: all rows that have either.
func (s *column) merge(weightRows []uint16, weights []uint32, bondRows, bonds []uint16) {
	n := len(weightRows) + len(bondRows)
	s.rows, s.weights, s.bonds = sized(s.rows, n), sized(s.weights, n), sized(s.bonds, n)
	if len(weightRows) == 0 {
		s.weights = zeroed(s.weights, n)
		copy(s.rows, bondRows)
		copy(s.bonds, bonds)
		return
	}
	at, w, b := 0, 0, 0
	for w < len(weightRows) || b < len(bondRows) {
		hasWeight := b == len(bondRows) || w < len(weightRows) && weightRows[w] <= bondRows[b]
		hasBond := w == len(weightRows) || b < len(bondRows) && bondRows[b] <= weightRows[w]
		s.weights[at], s.bonds[at] = 0, 0
		if hasWeight {
			s.rows[at], s.weights[at] = weightRows[w], weights[w]
			w++
		}
		if hasBond {
			s.rows[at], s.bonds[at] = bondRows[b], bonds[b]
			b++
		}
		at++
	}
	s.rows, s.weights, s.bonds = s.rows[:at], s.weights[:at], s.bonds[:at]
}

// bondColumns is bond for the compressed layout.
func (e *Engine) bondColumns(t Tile, a Agreement) {
	c, s := &e.sparse, &e.scratch
	c.bonds.turn(t.Bonds, e.order, t.Columns, func(uint16) bool { return true })
	e.reserve(t)
	for j := range t.Columns {
		from, to := c.scores.column(j)
		bondsFrom, bondsTo := c.bonds.column(j)
		if from == to && bondsFrom == bondsTo {
			continue
		}
		s.merge(c.scores.rows[from:to], c.weights[from:to], c.bonds.rows[bondsFrom:bondsTo], c.bonds.values[bondsFrom:bondsTo])
		s.stored = sized(s.stored, len(s.rows))
		dividends := gather(&s.dividends, e.dividends, s.rows)
		e.bondColumn(cells{
			weights: s.weights, bonds: s.bonds, stored: s.stored, power: gather(&s.power, e.power, s.rows), dividends: dividends,
		}, uint64(a.Consensus[j]), uint64(e.bonding.Incentive[j]))
		scatter(e.dividends, dividends, s.rows)
		c.append(&e.bonding.Bonds, s, j)
	}
	c.close(&e.bonding.Bonds, e.order)
}

// reserve gives each row of the bonds that come out a place that is long enough.
func (e *Engine) reserve(t Tile) {
	out, c := &e.bonding.Bonds, &e.sparse
	out.Starts = sized(out.Starts, len(e.order)+1)
	c.next = sized(c.next, len(e.order))
	place := 0
	for i := range e.order {
		out.Starts[i] = place
		entries := t.Scores.Starts[i+1] - t.Scores.Starts[i]
		if !t.Bonds.none() {
			entries += t.Bonds.Starts[i+1] - t.Bonds.Starts[i]
		}
		place += min(entries, t.Columns)
	}
	out.Starts[len(e.order)] = place
	out.Values, out.Columns = sized(out.Values, place), sized(out.Columns, place)
	for k, i := range e.order {
		c.next[k] = out.Starts[i]
	}
}

// append writes a column's bonds that are not 0 to their rows.
func (c *columns) append(out *Matrix, s *column, j int) {
	for at, b := range s.stored {
		if b != 0 {
			place := &c.next[s.rows[at]]
			out.Values[*place], out.Columns[*place] = b, uint16(j)
			*place++
		}
	}
}

// close takes the unused places out.
func (c *columns) close(out *Matrix, order []uint16) {
	ends := c.ends(order)
	written := 0
	for i, end := range ends {
		start := out.Starts[i]
		out.Starts[i] = written
		copy(out.Columns[written:], out.Columns[start:end])
		written += copy(out.Values[written:], out.Values[start:end])
	}
	out.Starts[len(ends)] = written
	out.Values, out.Columns = out.Values[:written], out.Columns[:written]
}

// ends is where each row of the input's order stopped writing.
func (c *columns) ends(order []uint16) []int {
	c.scores.starts = sized(c.scores.starts, len(order))
	for k, i := range order {
		c.scores.starts[i] = c.next[k]
	}
	return c.scores.starts
}
