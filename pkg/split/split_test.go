// SPDX-License-Identifier: Apache-2.0

package split_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/split"
)

const huge = math.MaxUint64

func TestTotalsAreSplitByLargestRemainder(t *testing.T) {
	cases := map[string]struct {
		total         uint64
		weights, want []uint64
	}{
		"no weights give no parts":                {10, []uint64{}, []uint64{}},
		"weights of zero get nothing at all":      {10, []uint64{0, 0}, []uint64{0, 0}},
		"one takes all":                           {10, []uint64{0, 3, 0}, []uint64{0, 10, 0}},
		"equal weights: ties go to lower indices": {11, []uint64{1, 1, 1}, []uint64{4, 4, 3}},
		"the largest remainder gets the unit":     {10, []uint64{1, 5, 3}, []uint64{1, 6, 3}},
		"a total of zero":                         {0, []uint64{1, 2}, []uint64{0, 0}},
		"less than one unit each":                 {1, []uint64{1, 2, 2}, []uint64{0, 1, 0}},
		"the largest numbers do not overflow":     {huge, []uint64{huge, huge}, []uint64{1 << 63, 1<<63 - 1}},
		"a sum of weights above 64 bits":          {10, []uint64{huge, 1, huge}, []uint64{5, 0, 5}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, split.Proportional(c.total, c.weights))
		})
	}
}

// oracle hands out the units left over one at a time, each to whoever is owed
// most, in exact fractions.
func oracle(total uint64, weights []uint64) []uint64 {
	parts, sum := make([]uint64, len(weights)), new(big.Int)
	for _, w := range weights {
		sum.Add(sum, new(big.Int).SetUint64(w))
	}
	if sum.Sign() == 0 {
		return parts
	}
	owed, left := make([]*big.Rat, len(weights)), total
	for i, w := range weights {
		exact := new(big.Int).Mul(new(big.Int).SetUint64(total), new(big.Int).SetUint64(w))
		parts[i] = new(big.Int).Quo(exact, sum).Uint64()
		owed[i] = new(big.Rat).Sub(new(big.Rat).SetFrac(exact, sum), new(big.Rat).SetInt(new(big.Int).SetUint64(parts[i])))
		left -= parts[i]
	}
	for ; left > 0; left-- {
		most := 0
		for i := range owed {
			if owed[i].Cmp(owed[most]) > 0 {
				most = i
			}
		}
		parts[most]++
		owed[most] = new(big.Rat).SetInt64(-1)
	}
	return parts
}

func anyAmount() *rapid.Generator[uint64] {
	return rapid.OneOf(rapid.Uint64Max(20), rapid.Uint64())
}

func TestPartsEqualExactFractionsAndConserveTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, weights := anyAmount().Draw(t, "total"), rapid.SliceOfN(anyAmount(), 0, 12).Draw(t, "weights")
		got := split.Proportional(total, weights)
		require.Equal(t, oracle(total, weights), got)
		var sum, weighed uint64
		for i, part := range got {
			sum += part
			weighed |= weights[i]
			require.False(t, weights[i] == 0 && part > 0, "a weight of 0 gets nothing")
		}
		if weighed > 0 {
			require.Equal(t, total, sum)
		}
	})
}

func TestBasisPointsAddUpToTheWhole(t *testing.T) {
	require.Equal(t, []uint64{150, 800, 50}, split.BasisPoints(1_000, 1_500, 8_000, 500))
	require.Equal(t, []uint64{2, 9, 0}, split.BasisPoints(11, 1_500, 8_000, 500))
	require.Equal(t, []uint64{500, 500}, split.BasisPoints(1_000, 1, 1), "other sums are weights")
	require.Empty(t, split.BasisPoints(1_000))
}

// Parts are worked out one by one, in any order, from what was kept of a division.
func TestADivisionThatWasPackedGivesTheSameParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, weights := anyAmount().Draw(t, "total"), rapid.SliceOfN(anyAmount(), 0, 12).Draw(t, "weights")
		division, err := split.DivisionFromBytes(split.Divide(total, weights).Bytes())
		require.NoError(t, err)
		want, sum := split.Proportional(total, weights), uint64(0)
		for _, i := range rapid.Permutation(indices(weights)).Draw(t, "order") {
			require.Equal(t, want[i], division.Part(i, weights[i]))
			sum += want[i]
		}
		require.Equal(t, division.Total(), sum)
	})
}

func TestBytesThatAreNoDivisionAreRefused(t *testing.T) {
	for _, packed := range [][]byte{nil, make([]byte, split.DivisionSize-1), make([]byte, split.DivisionSize+1)} {
		_, err := split.DivisionFromBytes(packed)
		require.ErrorIs(t, err, split.ErrSize)
	}
}

func indices(weights []uint64) []int {
	all := make([]int, len(weights))
	for i := range all {
		all[i] = i
	}
	return all
}

// The worked example of README.md.
func Example() {
	fmt.Println(split.Proportional(100, []uint64{1, 1, 1}))
	fmt.Println(split.BasisPoints(7_777_777, 1_500, 8_000, 500))
	// Output:
	// [34 33 33]
	// [1166666 6222222 388889]
}

func BenchmarkProportional(b *testing.B) {
	weights := make([]uint64, 4096)
	for i := range weights {
		weights[i] = uint64(i) << 20
	}
	for b.Loop() {
		split.Proportional(1_000_000_007, weights)
	}
}

func TestTheFloorOfAPartIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, whole := rapid.Uint64().Draw(t, "total"), rapid.Uint64Min(1).Draw(t, "whole")
		part := rapid.Uint64Max(whole).Draw(t, "part")
		want := new(big.Int).Mul(new(big.Int).SetUint64(total), new(big.Int).SetUint64(part))
		want.Quo(want, new(big.Int).SetUint64(whole))
		require.Equal(t, want.Uint64(), split.Floor(total, part, whole))
	})
	require.Equal(t, uint64(huge), split.Floor(huge, huge, 1), "no part is above the whole")
	require.Zero(t, split.Floor(huge, huge, 0), "of nothing there is no part")
}
