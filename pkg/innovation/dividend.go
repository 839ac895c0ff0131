// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"cmp"
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
)

// Standing is what a topic remembers of an epoch's innovations for the next one.
type Standing struct {
	// Averages are the moving averages of innovation, by validator.
	Averages []fixed.Q32
	// Median is the power-weighted median of Averages.
	Median fixed.Q32
}

// Newcomer is the moving average with which a validator begins in a topic whose last median
// that was: half of it, and 0 where the median is below 0.
func Newcomer(median fixed.Q32) fixed.Q32 { return max(median, 0) / 2 }

// Move is a validator's moving average after an epoch.
func (p Params) Move(average, innovation fixed.Q32) fixed.Q32 {
	return towards(average, innovation, p.Rate)
}

// Merit is the part, 0 to 1, of the innovation dividend that a moving average is paid beside
// the median of all: nothing up to From of the median, all from To of it on. A median below
// Least counts as Least.
func (p Params) Merit(average, median fixed.Q32) fixed.Q32 {
	part := average.Div(max(median, p.Least))
	return part.Sub(p.From).Div(p.To-p.From).Clamp(0, fixed.One)
}

// Dividend is what a validator with a share of the power is paid for scoring: its dividend from
// bonds and its merit, mixed. Nothing is normalised: what is not earned is not paid, so that
// nobody gains by what another loses.
func (p Params) Dividend(bonds, power, merit fixed.Q32) fixed.Q32 {
	return (fixed.One - p.Lambda).Mul(bonds).Add(p.Lambda.Mul(power.Mul(merit)))
}

// Settle ends an epoch after Finish: it moves the averages, in the order of power, on by the epoch's
// innovations, in place, and finds the median of all of them by the power of the active, the largest
// that at least half of it supports.
func (e *Engine) Settle(s *Standing) error {
	if len(s.Averages) != len(e.result) {
		return shapeError("averages", len(s.Averages), len(e.result))
	}
	for i, x := range e.result {
		s.Averages[i] = e.params.Move(s.Averages[i], x)
	}
	s.Median = e.median(s.Averages)
	return nil
}

// median is that of values by power, 0 without power.
func (e *Engine) median(values []fixed.Q32) fixed.Q32 {
	e.ranking = e.ranking[:0]
	for i, p := range e.power {
		if p > 0 {
			e.ranking = append(e.ranking, ranked{values[i], p})
		}
	}
	slices.SortFunc(e.ranking, func(a, b ranked) int { return cmp.Compare(b.value, a.value) })
	support := uint64(0)
	for _, r := range e.ranking {
		if support += r.power; support >= e.total-support {
			return r.value
		}
	}
	return 0
}

// ranked is a number and the power behind it.
type ranked struct {
	value fixed.Q32
	power uint64
}
