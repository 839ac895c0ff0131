// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/internal/scratch"

// bandColumns is how many columns of a compressed tile have their bonds moved at a time: what is
// kept for each of them stays in the processor's nearest cache while all rows pass by.
const bandColumns = 256

// band is some columns of a compressed tile.
type band struct {
	// first is the column that it begins at, shares are its columns.
	first  int
	shares []shares
	// rows are the cells of each validator in the band.
	rows []bandRow
	// assigned is who was to score what, as the tile says.
	assigned []uint64
	union    union
	// done is how many cells of each row lie before the band, next where its next bond is stored.
	done, next []int
	// moving are the rows' bonds in the making.
	moving []uint64
}

type bandRow struct {
	unionRow
	// moving are the bonds in the making.
	moving []uint64
}

// shares is what the bonds of a column's cells are computed with. It stands in one place, since a
// row reads it for each of its cells.
type shares struct {
	// consensus is the column's.
	consensus uint64
	// kept is the sum of stored bonds, added that of what the epoch's weights add to them.
	kept, added         uint64
	remainder, addition divisor
	// sum is that of the bonds in the making, most the largest, and then its share of sum.
	sum, most       uint64
	column, largest divisor
	// earned is the column's incentive.
	earned factor
}

// bondRows is bond for the compressed layout: the rules of bonds.go, band by band, and in a band
// row by row.
func (e *Engine) bondRows(t Tile, a Agreement) {
	b, out := &e.band, &e.bonding.Bonds
	b.assigned = t.Assigned
	b.union.merge(t, len(e.order))
	b.begin(out)
	for first := 0; first < t.Columns; first += bandColumns {
		b.take(first, min(first+bandColumns, t.Columns))
		for j := range b.shares {
			b.shares[j].consensus, b.shares[j].earned = uint64(a.Consensus[first+j]), newFactor(uint64(e.bonding.Incentive[first+j]))
		}
		if e.params.Rule == YUMA2 {
			e.relativeBand()
		} else {
			e.absoluteBand()
		}
		for i := range b.rows {
			b.store(out, i)
		}
	}
	b.finish(out)
}

// begin makes room for a tile's bonds, as many as there are cells.
func (b *band) begin(out *Matrix) {
	n := len(b.union.rows)
	b.rows, b.done, b.next = scratch.Sized(b.rows, n), scratch.Zeroed(b.done, n), scratch.Sized(b.next, n)
	out.Starts = scratch.Sized(out.Starts, n+1)
	room := 0
	for i, u := range b.union.rows {
		b.next[i], out.Starts[i] = room, room
		room += len(u.columns)
	}
	out.Values, out.Columns = scratch.Sized(out.Values, room), scratch.Sized(out.Columns, room)
	b.moving = scratch.Sized(b.moving, min(room, n*bandColumns))
}

// take goes on to the columns [first, end).
func (b *band) take(first, end int) {
	b.first, b.shares = first, scratch.Zeroed(b.shares, end-first)
	rest := b.moving
	for i := range b.rows {
		from := b.done[i]
		u := b.union.rows[i]
		to := from
		for to < len(u.columns) && int(u.columns[to]) < end {
			to++
		}
		b.rows[i] = bandRow{unionRow{u.columns[from:to], u.scores[from:to], u.bonds[from:to]}, rest[:to-from]}
		b.done[i], rest = to, rest[to-from:]
	}
}

// share is the column of a cell.
func (b *band) share(column uint16) *shares { return &b.shares[int(column)-b.first] }

// store writes a row's bonds behind those of the bands before, but for those that are 0.
func (b *band) store(out *Matrix, i int) {
	next, moving := b.next[i], b.rows[i].moving
	for at, j := range b.rows[i].columns {
		if bond := store16(moving[at]); bond != 0 {
			out.Values[next], out.Columns[next] = bond, j
			next++
		}
	}
	b.next[i] = next
}

// finish closes the gaps between the rows, which bonds that are 0 left.
func (b *band) finish(out *Matrix) {
	end := 0
	for i, to := range b.next {
		from := out.Starts[i]
		out.Starts[i] = end
		copy(out.Columns[end:], out.Columns[from:to])
		end += copy(out.Values[end:], out.Values[from:to])
	}
	out.Starts[len(b.next)] = end
	out.Values, out.Columns = out.Values[:end], out.Columns[:end]
}

// absoluteBand is rule YUMA3.
func (e *Engine) absoluteBand() {
	b, m := &e.band, &e.mix
	penalty, stay, alpha := m.penalty, m.stay, m.alpha
	for i, k := range e.position {
		if b.assigned != nil {
			b.moveAssigned(m, e.rows[k], i)
			continue
		}
		row, r := e.rows[k], &b.rows[i]
		scores, bonds, moving := r.scores[:len(r.columns)], r.bonds[:len(r.columns)], r.moving[:len(r.columns)]
		for at, j := range r.columns {
			c, w := b.share(j), row.short(uint64(scores[at]))
			var bond uint64
			if m.liquid {
				bond = m.next(bonds[at], w, c.consensus)
			} else {
				bond = move(bond16(bonds[at]), seen(w, c.consensus, penalty), stay, alpha)
			}
			moving[at] = bond
			c.sum += bond
		}
	}
	for j := range b.shares {
		b.shares[j].column = newDivisor(b.shares[j].sum)
	}
	for i, k := range e.position {
		r, dividends := &b.rows[i], uint64(0)
		for at, j := range r.columns {
			if c := b.share(j); c.earned.f != 0 {
				dividends += c.earned.times(c.column.ratio(r.moving[at], c.sum))
			}
		}
		e.dividends[k] += dividends
	}
}

// relativeBand is rule YUMA2.
func (e *Engine) relativeBand() {
	b := &e.band
	e.addBand()
	for j := range b.shares {
		c := &b.shares[j]
		c.remainder, c.addition = newDivisor(c.kept), newDivisor(c.added)
	}
	e.moveBand()
	for j := range b.shares {
		c := &b.shares[j]
		c.column = newDivisor(c.sum)
		c.most = c.column.ratio(c.most, c.sum)
		c.largest = newDivisor(c.most)
	}
	e.normaliseBand()
}

// addBand adds up each column's bonds, and what the epoch's weights add to them.
func (e *Engine) addBand() {
	b, m, penalty, shift := &e.band, &e.mix, e.mix.penalty, e.powerBits
	for i, k := range e.position {
		row, power, r := e.rows[k], e.power[k], &b.rows[i]
		scores, bonds, moving := r.scores[:len(r.columns)], r.bonds[:len(r.columns)], r.moving[:len(r.columns)]
		for at, j := range r.columns {
			c := b.share(j)
			c.kept += uint64(bonds[at])
			if c.consensus != 0 || m.partial {
				x := seen(row.short(uint64(scores[at])), c.consensus, penalty) * power >> (shift & 63)
				moving[at] = x
				c.added += x
			}
		}
	}
}

// moveBand moves each cell's share of its column's bonds. To a column that nothing is added to, the
// cells hold no numbers yet.
func (e *Engine) moveBand() {
	b, stay, alpha := &e.band, e.mix.stay, e.mix.alpha
	for i := range b.rows {
		r := &b.rows[i]
		bonds, moving := r.bonds[:len(r.columns)], r.moving[:len(r.columns)]
		for at, j := range r.columns {
			c := b.share(j)
			bond := stay.times(c.remainder.short(uint64(bonds[at])))
			if c.added != 0 {
				bond += alpha.times(c.addition.ratio(moving[at], c.added))
			}
			moving[at] = bond
			c.sum += bond
			c.most = max(c.most, bond)
		}
	}
}

// normaliseBand pays each cell's share of its column, and makes it a part of the largest.
func (e *Engine) normaliseBand() {
	b := &e.band
	for i, k := range e.position {
		r, dividends := &b.rows[i], uint64(0)
		moving := r.moving[:len(r.columns)]
		for at, j := range r.columns {
			c := b.share(j)
			share := c.column.ratio(moving[at], c.sum)
			moving[at] = c.largest.ratio(share, c.most)
			if c.earned.f != 0 {
				dividends += c.earned.times(share)
			}
		}
		e.dividends[k] += dividends
	}
}
