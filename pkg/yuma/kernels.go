// SPDX-License-Identifier: Apache-2.0

package yuma

import "math/bits"

// The loops in which most of a dense epoch's time goes, but for those of bonds. Each has a twin
// in kernels_amd64.s that does many values at a time where the processor can; these here are
// what they must equal, bit for bit, and what runs elsewhere.

// kernels are the loops over one column's values in a search for its median.
type kernels[V uint16 | uint32] struct {
	// bounds are the smallest and the largest of values, of which there is one at least.
	bounds func(values []V) (lo, hi V)
	// within marks values of [lo, lo+span]: value i by bit i%8 of mask[i/8].
	within func(mask []byte, values []V, lo, span V)
}

func boundsTwin[V uint16 | uint32](values []V) (lo, hi V) {
	lo, hi = values[0], values[0]
	for _, v := range values {
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi
}

func withinTwin[V uint16 | uint32](mask []byte, values []V, lo, span V) {
	clear(mask[:(len(values)+7)/8])
	for i, v := range values {
		if v-lo <= span {
			mask[i/8] |= 1 << (i % 8)
		}
	}
}

// square is how many rows and columns a turn moves at a time.
const square = 8

// turnTwin writes out[l*pitch+k] = values[rows[k]*columns+from+l] for the rows k of [first, last)
// and the columns l of [left, right).
func turnTwin(out []uint16, pitch int, values []uint16, columns, from int, rows []uint16, first, last, left, right int) {
	for k := first; k < last; k++ {
		at := left*pitch + k
		row := int(rows[k])*columns + from
		for _, v := range values[row+left : row+right] {
			out[at] = v
			at += pitch
		}
	}
}

// turnBackTwin writes values[rows[k]*columns+from+l] = in[l*pitch+k].
func turnBackTwin(values []uint16, columns, from int, in []uint16, pitch int, rows []uint16, first, last, left, right int) {
	for k := first; k < last; k++ {
		at := left*pitch + k
		row := int(rows[k])*columns + from
		out := values[row+left : row+right]
		for l := range out {
			out[l] = in[at]
			at += pitch
		}
	}
}

// weighTwin divides a column's scores by the sums of their rows: see divisor.
func weighTwin(weights []uint32, scores []uint16, reciprocals, shifts []uint64) {
	scores, reciprocals, shifts = scores[:len(weights)], reciprocals[:len(weights)], shifts[:len(weights)]
	for k := range weights {
		hi, lo := bits.Mul64(2*uint64(scores[k]), reciprocals[k])
		weights[k] = short((hi<<32 | lo>>32) >> (shifts[k] & 63))
	}
}
