// SPDX-License-Identifier: Apache-2.0

package power_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/power"
)

func TestPowerIsCappedByWaterFilling(t *testing.T) {
	const huge = math.MaxUint64
	cases := map[string]struct {
		tokens []uint64
		capBP  uint32
		want   []uint64
	}{
		"nobody":                                    {[]uint64{}, 1_000, []uint64{}},
		"one is not capped":                         {[]uint64{100}, 1_000, []uint64{100}},
		"two are not capped":                        {[]uint64{1_000, 1}, 1_000, []uint64{1_000, 1}},
		"holders of nothing do not count":           {[]uint64{1_000, 0, 1, 0}, 1_000, []uint64{1_000, 0, 1, 0}},
		"three may have 4/9 each":                   {[]uint64{1_000, 5, 5}, 1_000, []uint64{8, 5, 5}},
		"four may have a third each":                {[]uint64{100, 10, 10, 10}, 1_000, []uint64{15, 10, 10, 10}},
		"equal holders are left alone":              {[]uint64{7, 7, 7, 7}, 1_000, []uint64{7, 7, 7, 7}},
		"a generous parameter is used":              {[]uint64{90, 10, 10, 10}, 5_000, []uint64{30, 10, 10, 10}},
		"a parameter of one caps nobody":            {[]uint64{90, 1, 1, 1}, 10_000, []uint64{90, 1, 1, 1}},
		"a parameter above one caps nobody":         {[]uint64{90, 1, 1, 1}, 20_000, []uint64{90, 1, 1, 1}},
		"two are cut to the same level":             {[]uint64{90, 1, 80, 3}, 1_000, []uint64{4, 1, 4, 3}},
		"the largest amounts do not overflow":       {[]uint64{huge, huge, huge, huge}, 1_000, []uint64{huge, huge, huge, huge}},
		"one unit each cannot be cut":               {[]uint64{1, 1, 1, 1}, 0, []uint64{1, 1, 1, 1}},
		"units below the level floor it to a whole": {[]uint64{9, 1, 1, 1}, 0, []uint64{1, 1, 1, 1}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before := slices.Clone(c.tokens)
			require.Equal(t, c.want, power.Cap(c.tokens, c.capBP))
			require.Equal(t, before, c.tokens, "the argument is not changed")
		})
	}
}

// within says whether the largest of tokens cut at level has at most the share
// num/den of the sum, in big integers.
func within(tokens []uint64, level uint64, num, den int64) bool {
	largest, sum := new(big.Int), new(big.Int)
	for _, t := range tokens {
		x := new(big.Int).SetUint64(min(t, level))
		sum.Add(sum, x)
		if x.Cmp(largest) > 0 {
			largest = x
		}
	}
	return largest.Mul(largest, big.NewInt(den)).Cmp(sum.Mul(sum, big.NewInt(num))) <= 0
}

// oracle searches the level: whether nobody has too much is true up to one level
// and false above it.
func oracle(tokens []uint64, capBP uint32) []uint64 {
	n := int64(0)
	for _, t := range tokens {
		if t > 0 {
			n++
		}
	}
	out := slices.Clone(tokens)
	if n <= 2 {
		return out
	}
	num, den := int64(min(capBP, 10_000)), int64(10_000)
	if 40_000 > int64(capBP)*3*n {
		num, den = 4, 3*n
	}
	lo, hi := uint64(0), slices.Max(tokens)
	for lo < hi {
		mid := lo + (hi-lo)/2 + 1
		if mid == 0 || mid > hi {
			mid = hi
		}
		if within(tokens, mid, num, den) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	for i, t := range out {
		out[i] = min(t, lo)
	}
	return out
}

func TestTheLevelIsTheHighestAtWhichNobodyHasTooMuch(t *testing.T) {
	amount := rapid.OneOf(rapid.Uint64Max(30), rapid.Uint64Max(21_000_000_000_000), rapid.Uint64())
	rapid.Check(t, func(t *rapid.T) {
		tokens := rapid.SliceOfN(amount, 0, 40).Draw(t, "tokens")
		capBP := rapid.Uint32Max(12_000).Draw(t, "capBP")
		got := power.Cap(tokens, capBP)
		require.Equal(t, oracle(tokens, capBP), got)

		order := rapid.Permutation(indices(len(tokens))).Draw(t, "order")
		shuffled := make([]uint64, len(tokens))
		for to, from := range order {
			shuffled[to] = tokens[from]
		}
		for to, p := range power.Cap(shuffled, capBP) {
			require.Equal(t, got[order[to]], p, "the order does not matter")
		}
	})
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// The worked example of README.md.
func Example() {
	fmt.Println(power.Cap([]uint64{5_000, 1_000, 1_000, 1_000}, 1_000))
	// Output: [1500 1000 1000 1000]
}

func BenchmarkCap(b *testing.B) {
	tokens := make([]uint64, 256)
	for i := range tokens {
		tokens[i] = uint64(i*i*i) + 1
	}
	for b.Loop() {
		power.Cap(tokens, 100)
	}
}
