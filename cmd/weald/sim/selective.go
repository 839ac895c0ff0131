// SPDX-License-Identifier: Apache-2.0

package sim

import "slices"

// selective reveals a row only when it lies near to what the others revealed: not farther
// than it did in most epochs. It learns the distance that it hides about hide basis points of
// the epochs with.
type selective struct {
	hide   int64
	limit  []int64
	column []uint16
}

// Score implements Strategy.
func (*selective) Score(v *View) {
	for k := range v.Members() {
		copy(v.Row(k), v.Measured(k))
	}
}

// Reveal implements Revealer.
func (s *selective) Reveal(v *View, others []ballot, reveals []bool) {
	if s.limit == nil {
		s.limit = make([]int64, v.Members())
	}
	middle := s.medians(v, others)
	for k := range reveals {
		distance := int64(0)
		v.each(func(j int, _ Slot) {
			if v.Dealt(k, j) {
				d := int64(v.Row(k)[j]) - int64(middle[j])
				distance += max(d, -d)
			}
		})
		if v.Epoch == 0 {
			s.limit[k] = distance
		}
		reveals[k] = distance <= s.limit[k]
		// The quantile is followed by steps whose sizes balance at the share that is hidden.
		step := 1 + s.limit[k]/50
		if reveals[k] {
			s.limit[k] -= step * s.hide / basisPoints
		} else {
			s.limit[k] += step * (basisPoints - s.hide) / basisPoints
		}
	}
}

// medians are what those of the others say who were dealt a slot; 0 where none was.
func (s *selective) medians(v *View, others []ballot) []uint16 {
	middle := make([]uint16, len(v.Slots))
	for j := range middle {
		s.column = s.column[:0]
		for _, b := range others {
			if v.deal.to(b.validator, j) {
				s.column = append(s.column, b.row[j])
			}
		}
		if len(s.column) > 0 {
			slices.Sort(s.column)
			middle[j] = s.column[len(s.column)/2]
		}
	}
	return middle
}
