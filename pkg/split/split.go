// SPDX-License-Identifier: Apache-2.0

// Package split divides amounts so that the parts add up to the whole, to the
// unit.
package split

import "math/bits"

// Proportional divides total in proportion to weights by the largest remainder:
// each part is the floor of its exact share, and the units left over go one each
// to the largest remainders, on ties to the lower index. The parts add up to
// total, unless all weights are 0 (or there are none): then all parts are 0. A
// weight of 0 gets nothing. Exact for all 64-bit values.
func Proportional(total uint64, weights []uint64) []uint64 {
	division := Divide(total, weights)
	parts := make([]uint64, len(weights))
	for i, weight := range weights {
		parts[i] = division.Part(i, weight)
	}
	return parts
}

// Floor is the floor of total part/whole: the part alone of a total of which the rest is
// somebody else's. A part above the whole counts as the whole, and of none it is 0.
func Floor(total, part, whole uint64) uint64 {
	if whole == 0 {
		return 0
	}
	hi, lo := bits.Mul64(total, min(part, whole))
	floor, _ := bits.Div64(hi, lo, whole)
	return floor
}

// BasisPoints divides total by shares in basis points, which are to add up to
// 10000: then each part is its share, and together they are total. Shares that
// add up to something else are taken as weights, so that nothing is lost or made.
func BasisPoints(total uint64, bp ...uint32) []uint64 {
	weights := make([]uint64, len(bp))
	for i, share := range bp {
		weights[i] = uint64(share)
	}
	return Proportional(total, weights)
}
