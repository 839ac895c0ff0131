// SPDX-License-Identifier: Apache-2.0

package sim

// honest says what it saw. (noise in basis points)
type honest struct{ noise int64 }

// Score implements Strategy.
func (h *honest) Score(v *View) {
	for k := range v.Members() {
		row, saw := v.Row(k), v.Measured(k)
		copy(row, saw)
		if h.noise > 0 {
			for j := range row {
				row[j] = noisy(saw[j], h.noise*v.Rand.Normal()/basisPoints)
			}
		}
	}
}

// lazy measures every so many epochs; between, it repeats itself, and copies what it has not measured.
type lazy struct {
	every int
	last  [][]uint16
	// saw says what the last rows have, by slot.
	saw [][]bool
}

// Score implements Strategy.
func (l *lazy) Score(v *View) {
	if l.last == nil {
		l.last, l.saw = make([][]uint16, v.Members()), make([][]bool, v.Members())
	}
	since := v.Epoch % l.every
	for k := range l.last {
		if since == 0 {
			l.last[k], l.saw[k] = append(l.last[k][:0], v.Measured(k)...), l.saw[k][:0]
			for j := range v.Slots {
				l.saw[k] = append(l.saw[k], v.Dealt(k, j))
			}
		}
		copy(v.Row(k), l.last[k])
		v.each(func(j int, s Slot) {
			if s.Age < since || !l.saw[k][j] {
				v.Row(k)[j] = v.Quality[j]
			}
		})
	}
}

// partial measures a share of the items and copies the rest.
type partial struct{ share int64 }

// Score implements Strategy.
func (p partial) Score(v *View) {
	for k := range v.Members() {
		v.each(func(j int, _ Slot) {
			v.Row(k)[j] = v.Quality[j]
			if v.Rand.Chance(p.share) {
				v.Row(k)[j] = v.Measured(k)[j]
			}
		})
	}
}

// novelty measures items for as long as they are new.
type novelty struct{ age int }

// Score implements Strategy.
func (n novelty) Score(v *View) {
	for k := range v.Members() {
		v.each(func(j int, s Slot) {
			v.Row(k)[j] = v.Quality[j]
			if s.Age < n.age {
				v.Row(k)[j] = v.Measured(k)[j]
			}
		})
	}
}

// pooled saves all work but one member's.
type pooled struct{}

// Score implements Strategy.
func (pooled) Score(v *View) {
	copy(v.Row(0), v.Measured(0))
	v.forAll()
}

// fabricator saves all work but one member's, and makes up what the others would have measured on shards of their own, from
// what that one saw and what is public, with noise in basis points.
type fabricator struct{ noise int64 }

// Score implements Strategy.
func (f fabricator) Score(v *View) {
	saw := v.Measured(0)
	copy(v.Row(0), saw)
	for k := 1; k < v.Members(); k++ {
		v.each(func(j int, s Slot) {
			likely := saw[j]
			if s.Age > 0 {
				likely = uint16((int(saw[j]) + int(v.Quality[j])) / 2)
			}
			v.Row(k)[j] = noisy(likely, f.noise*v.Rand.Normal()/basisPoints)
		})
	}
}

// flash is bonded for one epoch in every.
type flash struct{ every int }

// Score implements Strategy.
func (*flash) Score(v *View) {
	for k := range v.Members() {
		copy(v.Row(k), v.Measured(k))
	}
}

// Bonded implements Staker.
func (f *flash) Bonded(epoch int) bool { return epoch%f.every == 0 }

// bondGamer overstates the young.
type bondGamer struct {
	age   int
	boost int64
}

// Score implements Strategy.
func (b bondGamer) Score(v *View) {
	for k := range v.Members() {
		v.each(func(j int, s Slot) {
			saw := int64(v.Measured(k)[j])
			if s.Age < b.age {
				saw = saw * b.boost / basisPoints
			}
			v.Row(k)[j] = hold(saw)
		})
	}
}

// cabal overstates its own items.
type cabal struct {
	boost, others int64
	panels        bool
}

// Score implements Strategy.
func (c cabal) Score(v *View) {
	for k := range v.Members() {
		v.each(func(j int, s Slot) {
			times := c.others
			switch {
			case c.panels && !v.Decides(j):
				times = basisPoints
			case s.Mine:
				times = c.boost
			}
			v.Row(k)[j] = hold(int64(v.Measured(k)[j]) * times / basisPoints)
		})
	}
}
