// SPDX-License-Identifier: Apache-2.0

// Package split divides amounts so that the parts add up to the whole, to the
// unit.
package split

import (
	"math/bits"
	"slices"
)

// Proportional divides total in proportion to weights by the largest remainder:
// each part is the floor of its exact share, and the units left over go one each
// to the largest remainders, on ties to the lower index. The parts add up to
// total, unless all weights are 0 (or there are none): then all parts are 0. A
// weight of 0 gets nothing. Exact for all 64-bit values.
func Proportional(total uint64, weights []uint64) []uint64 {
	parts := make([]uint64, len(weights))
	whole := sum(weights)
	if whole == (uint128{}) {
		return parts
	}
	rests := make([]uint128, len(weights))
	left := total
	for i, w := range weights {
		hi, lo := bits.Mul64(total, w)
		parts[i], rests[i] = uint128{hi, lo}.divide(whole)
		left -= parts[i]
	}
	for _, i := range byRest(rests)[:left] {
		parts[i]++
	}
	return parts
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

// byRest is the indices in order of falling remainder, then of rising index.
func byRest(rests []uint128) []int {
	order := make([]int, len(rests))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].compare(rests[a]) })
	return order
}
