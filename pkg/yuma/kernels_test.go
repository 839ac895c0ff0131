// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// few draws from few values, so that they meet, and from all.
func few[V uint16 | uint32](most V) *rapid.Generator[V] {
	return rapid.OneOf(
		rapid.SampledFrom([]V{0, 1, most/2 - 1, most / 2, most/2 + 1, most - 1, most}),
		rapid.Map(rapid.Uint64Max(uint64(most)), func(v uint64) V { return V(v) }),
	)
}

// values are as many as make whole vectors, and some more or less.
func values[V uint16 | uint32](t *rapid.T, most V, fewest int) []V {
	n := max(fewest, rapid.OneOf(rapid.IntRange(0, 40), rapid.SampledFrom([]int{63, 64, 65, 256})).Draw(t, "n"))
	return rapid.SliceOfN(few(most), n, n).Draw(t, "values")
}

func requireKernels[V uint16 | uint32](t *rapid.T, k kernels[V], most V) {
	v := values(t, most, 1)
	lo, hi := k.bounds(v)
	require.Equal(t, slices.Min(v), lo)
	require.Equal(t, slices.Max(v), hi)

	lo, span := few(most).Draw(t, "lo"), few(most).Draw(t, "span")
	mask, twin := slices.Repeat([]byte{0xa5}, len(v)/8+2), slices.Repeat([]byte{0xa5}, len(v)/8+2)
	k.within(mask, v, lo, span)
	withinTwin(twin, v, lo, span)
	require.Equal(t, twin[:(len(v)+7)/8], mask[:(len(v)+7)/8])
	for i, x := range v {
		require.Equal(t, x-lo <= span, mask[i/8]>>(i%8)&1 == 1, "value %d of %v", i, v)
	}
	require.Zero(t, mask[(len(v)-1)/8]>>((len(v)-1)%8+1), "bits behind the last value")
}

func TestSearchingByVectorsEqualsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		requireKernels(t, kernels16, math.MaxUint16)
		requireKernels(t, kernels32, math.MaxUint32)
		requireKernels(t, kernels[uint16]{boundsTwin[uint16], withinTwin[uint16]}, math.MaxUint16)
		requireKernels(t, kernels[uint32]{boundsTwin[uint32], withinTwin[uint32]}, math.MaxUint32)
	})
}

func TestTurningByVectorsEqualsOneByOne(t *testing.T) {
	size := rapid.OneOf(rapid.IntRange(0, 20), rapid.SampledFrom([]int{32, 33, 64}))
	rapid.Check(t, func(t *rapid.T) {
		n, width := size.Draw(t, "rows"), size.Draw(t, "width")
		from := rapid.IntRange(0, 9).Draw(t, "from")
		columns, pitch := from+width+rapid.IntRange(0, 9).Draw(t, "behind"), n+rapid.IntRange(0, 9).Draw(t, "gap")
		rows := make([]uint16, n)
		for k, i := range rapid.Permutation(indicesOf(n)).Draw(t, "order") {
			rows[k] = uint16(i)
		}
		matrix, block := numbered(n*columns), slices.Repeat([]uint16{7}, width*pitch)
		turn(block, pitch, matrix, columns, from, rows, width)
		for l := range width {
			for k := range pitch {
				want := uint16(7)
				if k < n {
					want = matrix[int(rows[k])*columns+from+l]
				}
				require.Equal(t, want, block[l*pitch+k], "column %d, row %d", l, k)
			}
		}

		back := slices.Repeat([]uint16{9}, n*columns)
		turnBack(back, columns, from, block, pitch, rows, width)
		for i := range n {
			for j := range columns {
				want := uint16(9)
				if from <= j && j < from+width {
					want = matrix[i*columns+j]
				}
				require.Equal(t, want, back[i*columns+j], "row %d, column %d", i, j)
			}
		}
	})
}

func TestWeighingByVectorsEqualsDivision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		room := (n + 7) &^ 7
		weights, scores := make([]uint32, room), make([]uint16, room)
		reciprocals, shifts, sums := make([]uint64, room), make([]uint64, room), make([]uint64, room)
		for k := range n {
			scores[k] = few[uint16](math.MaxUint16).Draw(t, "score")
			sums[k] = uint64(scores[k]) + rapid.OneOf(
				rapid.SampledFrom([]uint64{0, 1, 65535, maxRowSum - 65535}), rapid.Uint64Max(maxRowSum-65535)).Draw(t, "rest")
			d := newDivisor(sums[k])
			reciprocals[k], shifts[k] = d.r, uint64(63-d.shift)
		}
		twin := make([]uint32, n)
		weigh(weights[:n], scores[:n], reciprocals, shifts)
		weighTwin(twin, scores[:n], reciprocals[:n], shifts[:n])
		for k := range n {
			want := uint64(0)
			if sums[k] > 0 {
				want = uint64(scores[k]) << 32 / sums[k]
			}
			require.Equal(t, want, weight(weights[k]), "%d of %d", scores[k], sums[k])
			require.Equal(t, want, weight(twin[k]), "%d of %d", scores[k], sums[k])
		}
	})
}

func indicesOf(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// numbered is n values of which neighbours differ.
func numbered(n int) []uint16 {
	out := make([]uint16, n)
	for i := range out {
		out[i] = uint16(i*40503 + 11)
	}
	return out
}
