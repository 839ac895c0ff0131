// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"math"
	"slices"
)

// Figure is a mean over seeds with the bounds that 95 of 100 resamplings stay within, each
// bound by itself.
type Figure struct{ Mean, Low, High float64 }

// resamplings is how often the bootstrap draws.
const resamplings = 1000

// NewFigure is the figure of one number a seed. A resampling draws as many seeds as there
// are, with replacement; Low is the 5th and High the 95th of 100 of their means. The draws are
// seeded, so the same numbers have the same figure.
func NewFigure(values []float64) Figure {
	if len(values) == 0 {
		return Figure{math.NaN(), math.NaN(), math.NaN()}
	}
	means := make([]float64, resamplings)
	draw := NewSource(uint64(len(values)), 0)
	for r := range means {
		sum := 0.0
		for range values {
			sum += values[draw.Below(uint64(len(values)))]
		}
		means[r] = sum / float64(len(values))
	}
	slices.Sort(means)
	return Figure{mean(values), means[resamplings*5/100], means[resamplings*95/100-1]}
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// variation is the standard deviation over the mean.
func variation(values []float64) float64 {
	m, sum := mean(values), 0.0
	for _, v := range values {
		d := v - m
		sum += float64(d * d)
	}
	return math.Sqrt(sum/float64(len(values))) / m
}

// ratio is a over b, and 0 over 0 is 0.
func ratio[T ~int64](a, b T) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
