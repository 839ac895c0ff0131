// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
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

func searchesLikeOneByOne(t *rapid.T) {
	requireKernels(t, kernels16, math.MaxUint16)
	requireKernels(t, kernels32, math.MaxUint32)
	requireKernels(t, kernels[uint16]{boundsTwin[uint16], withinTwin[uint16]}, math.MaxUint16)
	requireKernels(t, kernels[uint32]{boundsTwin[uint32], withinTwin[uint32]}, math.MaxUint32)
}

func turnsLikeOneByOne(t *rapid.T) {
	size := rapid.OneOf(rapid.IntRange(0, 20), rapid.SampledFrom([]int{32, 33, 64}))
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
}

func weighsLikeDivision(t *rapid.T) {
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
}

// movesLikeOneByOne moves a column's bonds as the engine does, and each by itself.
func movesLikeOneByOne(t *rapid.T) {
	n := rapid.OneOf(rapid.IntRange(1, 40), rapid.SampledFrom([]int{64, 255, 256})).Draw(t, "n")
	number := func(name string) uint64 {
		return rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, half, one - 1, one}), rapid.Uint64Max(one)).Draw(t, name)
	}
	lo := number("lo")
	hi := rapid.OneOf(rapid.Just(min(lo+half/2, one-1)), rapid.Uint64Max(one)).Draw(t, "hi")
	m := newMix(Params{
		BondPenalty: fixed.Q32(number("penalty")), BondsMovingAverage: fixed.Q32(number("average")),
		LiquidAlpha: LiquidAlpha{
			Enabled: rapid.Bool().Draw(t, "liquid"), Lo: fixed.Q32(lo), Hi: fixed.Q32(max(lo, hi)),
			Steepness: rapid.OneOf(rapid.SampledFrom([]uint32{1_000, 1_050, 4_000}), rapid.Uint32()).Draw(t, "steepness"),
		},
		DropMissingBonds: rapid.Bool().Draw(t, "drop"),
	})
	near := rapid.OneOf(rapid.SampledFrom([]uint64{1 << 22, one - 1<<22, one}), rapid.Uint64Max(one)).Draw(t, "near")
	c := cells{bonds: make([]uint16, n), stored: make([]uint16, n), weights: make([]uint32, n), dividends: make([]uint64, n)}
	for k := range n {
		c.bonds[k] = rapid.OneOf(few[uint16](math.MaxUint16), rapid.Just(store16(near))).Draw(t, "bond")
		c.weights[k] = rapid.OneOf(few[uint32](math.MaxUint32), rapid.Map(rapid.Uint64Max(1<<20), func(d uint64) uint32 {
			return short(near - min(near, d))
		})).Draw(t, "weight")
	}
	consensus := rapid.OneOf(rapid.Just(near), rapid.SampledFrom([]uint64{0, 1, one})).Draw(t, "consensus")
	var f fours
	f.set(&m)
	moving := make([]uint64, n)
	c.absolute(moving, &f, &m, consensus, 0)

	want := cells{bonds: c.bonds, stored: make([]uint16, n), weights: c.weights}
	moved, sum := make([]uint64, n), uint64(0)
	for k := range n {
		sum += want.moveOne(moved, &m, k, consensus)
	}
	require.Equal(t, moved, moving)
	require.Equal(t, want.stored, c.stored)
	if done, got := f.move(moving, &c, &m, consensus); done == n {
		require.Equal(t, sum, got)
	}
}

func TestVectorsSearchAndTurnLikeOneByOne(t *testing.T) {
	rapid.Check(t, searchesLikeOneByOne)
	rapid.Check(t, turnsLikeOneByOne)
}

func TestVectorsWeighLikeDivision(t *testing.T) { rapid.Check(t, weighsLikeDivision) }

func TestVectorsMoveBondsLikeOneByOne(t *testing.T) { rapid.Check(t, movesLikeOneByOne) }

func TestVectorsAreAsCertainOfAlphaAsTheyMayBe(t *testing.T) {
	// x goes from 20 to 0 in steps of the same length, which hit all knots, and places between them.
	const n = MaxValidators
	m := newMix(Params{BondPenalty: fixed.One, LiquidAlpha: LiquidAlpha{Enabled: true, Lo: 1, Hi: fixed.One - 1, Steepness: 4_000}})
	c := cells{bonds: make([]uint16, n), stored: make([]uint16, n), weights: make([]uint32, n), dividends: make([]uint64, n)}
	for k := range n {
		c.bonds[k] = math.MaxUint16 - 1
		c.weights[k] = uint32(bond16(c.bonds[k]) - uint64(k)*(half/n))
	}
	var f fours
	f.set(&m)
	moving := make([]uint64, n)
	c.absolute(moving, &f, &m, one, 0)
	for k, bond := range moving {
		require.Equal(t, m.next(c.bonds[k], weight(c.weights[k]), one), bond, "distance %d", k)
	}
}

func FuzzVectorsSearch(f *testing.F) { f.Fuzz(rapid.MakeFuzz(searchesLikeOneByOne)) }

func FuzzVectorsTurn(f *testing.F) { f.Fuzz(rapid.MakeFuzz(turnsLikeOneByOne)) }

func FuzzVectorsWeigh(f *testing.F) { f.Fuzz(rapid.MakeFuzz(weighsLikeDivision)) }

func FuzzVectorsMoveBonds(f *testing.F) { f.Fuzz(rapid.MakeFuzz(movesLikeOneByOne)) }

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
