// SPDX-License-Identifier: Apache-2.0

package yuma

// vectors says that the processor has the instructions of kernels_amd64.s.
var vectors = hasAVX2()

func hasAVX2() bool

// The kernels take a multiple of 8 values, bounds16 of 16, and at least one of those.

//go:noescape
func bounds32AVX2(values *uint32, n int) (lo, hi uint32)

//go:noescape
func bounds16AVX2(values *uint16, n int) (lo, hi uint16)

//go:noescape
func within32AVX2(mask *byte, values *uint32, n int, lo, span uint32)

//go:noescape
func within16AVX2(mask *byte, values *uint16, n int, lo, span uint16)

//go:noescape
func turnAVX2(dst *uint16, dstOffsets *[8]int, src *uint16, srcOffsets *[8]int, squares, dstStep, srcStep int)

//go:noescape
func weighAVX2(weights *uint32, scores *uint16, reciprocals, shifts *uint64, n int)

// The kernels of bonds mark the cells that they are not certain of.

//go:noescape
func absoluteAVX2(moving *uint64, stored *uint16, marks *byte, weights *uint32, bonds *uint16, n int, f *fours) (sum uint64)

//go:noescape
func liquidAVX2(moving *uint64, stored *uint16, marks *byte, weights *uint32, bonds *uint16, n int, f *fours) (sum uint64)

var (
	kernels16 = kernels[uint16]{boundsTwin[uint16], withinTwin[uint16]}
	kernels32 = kernels[uint32]{boundsTwin[uint32], withinTwin[uint32]}
)

func init() {
	if vectors {
		kernels16 = kernels[uint16]{bounds16, within16}
		kernels32 = kernels[uint32]{bounds32, within32}
	}
}

func bounds32(values []uint32) (lo, hi uint32) {
	n := len(values) &^ 7
	if n == 0 {
		return boundsTwin(values)
	}
	lo, hi = bounds32AVX2(&values[0], n)
	for _, v := range values[n:] {
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi
}

func bounds16(values []uint16) (lo, hi uint16) {
	n := len(values) &^ 15
	if n == 0 {
		return boundsTwin(values)
	}
	lo, hi = bounds16AVX2(&values[0], n)
	for _, v := range values[n:] {
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi
}

func within32(mask []byte, values []uint32, lo, span uint32) {
	n := len(values) &^ 7
	if n > 0 {
		within32AVX2(&mask[0], &values[0], n, lo, span)
	}
	if n < len(values) {
		withinTwin(mask[n/8:], values[n:], lo, span)
	}
}

func within16(mask []byte, values []uint16, lo, span uint16) {
	n := len(values) &^ 7
	if n > 0 {
		within16AVX2(&mask[0], &values[0], n, lo, span)
	}
	if n < len(values) {
		withinTwin(mask[n/8:], values[n:], lo, span)
	}
}

// turn is turnTwin for all of rows and width columns.
func turn(out []uint16, pitch int, values []uint16, columns, from int, rows []uint16, width int) {
	full, wide := len(rows)&^(square-1), width&^(square-1)
	if !vectors || full == 0 || wide == 0 {
		turnTwin(out, pitch, values, columns, from, rows, 0, len(rows), 0, width)
		return
	}
	lines := lineOffsets(pitch)
	for k := 0; k < full; k += square {
		starts := rowOffsets(rows[k:k+square], columns)
		turnAVX2(&out[k], &lines, &values[from], &starts, wide/square, 2*square*pitch, 2*square)
	}
	turnTwin(out, pitch, values, columns, from, rows, full, len(rows), 0, wide)
	turnTwin(out, pitch, values, columns, from, rows, 0, len(rows), wide, width)
}

// turnBack is turnBackTwin for all of rows and width columns.
func turnBack(values []uint16, columns, from int, in []uint16, pitch int, rows []uint16, width int) {
	full, wide := len(rows)&^(square-1), width&^(square-1)
	if !vectors || full == 0 || wide == 0 {
		turnBackTwin(values, columns, from, in, pitch, rows, 0, len(rows), 0, width)
		return
	}
	lines := lineOffsets(pitch)
	for k := 0; k < full; k += square {
		starts := rowOffsets(rows[k:k+square], columns)
		turnAVX2(&values[from], &starts, &in[k], &lines, wide/square, 2*square, 2*square*pitch)
	}
	turnBackTwin(values, columns, from, in, pitch, rows, full, len(rows), 0, wide)
	turnBackTwin(values, columns, from, in, pitch, rows, 0, len(rows), wide, width)
}

// lineOffsets are where the columns of a square begin in a block, in bytes.
func lineOffsets(pitch int) (offsets [square]int) {
	for l := range offsets {
		offsets[l] = 2 * l * pitch
	}
	return offsets
}

// rowOffsets are where rows begin in a matrix, in bytes.
func rowOffsets(rows []uint16, columns int) (offsets [square]int) {
	for k, i := range rows {
		offsets[k] = 2 * int(i) * columns
	}
	return offsets
}

// weigh is weighTwin; all slices have room for a multiple of 8 values.
func weigh(weights []uint32, scores []uint16, reciprocals, shifts []uint64) {
	if n := (len(weights) + 7) &^ 7; vectors && n > 0 {
		weights, scores, reciprocals, shifts = weights[:n], scores[:n], reciprocals[:n], shifts[:n]
		weighAVX2(&weights[0], &scores[0], &reciprocals[0], &shifts[0], n)
		return
	}
	weighTwin(weights, scores, reciprocals, shifts)
}
