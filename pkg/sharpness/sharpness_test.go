// SPDX-License-Identifier: Apache-2.0

package sharpness_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/sharpness"
)

// exact is 65535 (s/largest)^k.
func exact(s, largest uint16, k uint32) *big.Rat {
	x := big.NewRat(65_535, 1)
	for range k {
		x.Mul(x, big.NewRat(int64(s), int64(largest)))
	}
	return x
}

func TestAScoreIsRaisedToTheNearest(t *testing.T) {
	out := make([]uint16, 1)
	check := func(t require.TestingT, s, largest uint16, k uint32) {
		sharpness.Sharpen(out, []uint16{s}, largest, k)
		off := new(big.Rat).Sub(exact(s, largest, k), new(big.Rat).SetInt64(int64(out[0])))
		require.LessOrEqual(t, off.Abs(off).Cmp(new(big.Rat).Add(big.NewRat(1, 2), big.NewRat(1, 1<<44))), 0, "%d of %d to the %d", s, largest, k)
	}
	for k := uint32(2); k <= sharpness.Max; k++ {
		for _, largest := range []uint16{1, 2, 3, 255, 32_768, 65_534, 65_535} {
			for _, s := range []uint16{0, 1, largest / 2, largest - 1, largest} {
				check(t, s, largest, k)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		largest := rapid.Uint16Min(1).Draw(t, "largest")
		check(t, rapid.Uint16Max(largest).Draw(t, "score"), largest, rapid.Uint32Range(2, sharpness.Max).Draw(t, "sharpness"))
	})
}

func TestASharpnessOfOneChangesNothing(t *testing.T) {
	row := []uint16{0, 5, 60_000, 7}
	out := make([]uint16, 4)
	sharpness.Sharpen(out, row, 60_000, 1)
	require.Equal(t, row, out)
	sharpness.Sharpen(out, []uint16{0, 0, 0, 0}, 0, 3)
	require.Equal(t, []uint16{0, 0, 0, 0}, out)
}

func TestTheOrderOfARowStaysAndTheBestGetsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SliceOfN(rapid.Uint16(), 1, 20).Draw(t, "row")
		slices.Sort(row)
		out := slices.Clone(row)
		sharpness.Sharpen(out, out, row[len(row)-1], rapid.Uint32Range(2, sharpness.Max).Draw(t, "sharpness"))
		require.True(t, slices.IsSorted(out))
		for j := range row {
			// s'_j / 65535 <= s_j / largest, up to the rounding.
			require.LessOrEqual(t, float64(out[j])*float64(row[len(row)-1]), float64(row[j])*65_535+32_768*float64(max(row[len(row)-1], 1)))
		}
	})
}

func TestASharpnessOutsideItsRangeIsRefused(t *testing.T) {
	require.NoError(t, sharpness.Validate(1))
	require.NoError(t, sharpness.Validate(8))
	for _, bad := range []uint32{0, 9} {
		require.ErrorIs(t, sharpness.Validate(bad), sharpness.ErrSharpness)
	}
}

func BenchmarkSharpen(b *testing.B) {
	row, out := make([]uint16, 4096), make([]uint16, 4096)
	for j := range row {
		row[j] = uint16(j * 15)
	}
	b.ReportAllocs()
	for b.Loop() {
		sharpness.Sharpen(out, row, 65_535, 8)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/4096, "ns/cell")
}
