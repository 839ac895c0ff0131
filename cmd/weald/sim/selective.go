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
func (s *selective) Reveal(v *View, others []uint16, reveals []bool) {
	if s.limit == nil {
		s.limit = make([]int64, v.Members())
	}
	middle := s.medians(v, others)
	for k := range reveals {
		distance := int64(0)
		v.each(func(j int, _ Slot) {
			d := int64(v.Row(k)[j]) - int64(middle[j])
			distance += max(d, -d)
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

func (s *selective) medians(v *View, others []uint16) []uint16 {
	n := len(v.Slots)
	middle := make([]uint16, n)
	if len(others) == 0 {
		return middle
	}
	for j := range n {
		s.column = s.column[:0]
		for i := j; i < len(others); i += n {
			s.column = append(s.column, others[i])
		}
		slices.Sort(s.column)
		middle[j] = s.column[len(s.column)/2]
	}
	return middle
}
