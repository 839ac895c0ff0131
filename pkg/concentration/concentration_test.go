// SPDX-License-Identifier: Apache-2.0

package concentration_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/concentration"
)

func TestWhatIsKnownOfSimpleCases(t *testing.T) {
	cases := map[string]struct {
		amounts []uint64
		want    [4]uint64 // Gini, Herfindahl, Nakamoto of a third and of a half
	}{
		"nothing":                         {nil, [4]uint64{}},
		"nobody holds anything":           {[]uint64{0, 0}, [4]uint64{}},
		"one holds all":                   {[]uint64{7}, [4]uint64{0, 1_000_000, 1, 1}},
		"four hold the same":              {[]uint64{5, 5, 5, 5}, [4]uint64{0, 250_000, 2, 3}},
		"three hold the same":             {[]uint64{2, 2, 2}, [4]uint64{0, 333_333, 2, 2}},
		"one holds half of what two hold": {[]uint64{3, 1}, [4]uint64{250_000, 625_000, 1, 1}},
		"one of ten holds ninety percent": {[]uint64{81, 1, 1, 1, 1, 1, 1, 1, 1, 1}, [4]uint64{800_000, 811_111, 1, 1}},
		"the largest there are":           {[]uint64{math.MaxUint64, math.MaxUint64}, [4]uint64{0, 500_000, 1, 2}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := concentration.Measure(c.amounts)
			require.Equal(t, c.want, [4]uint64{f.GiniPpm, f.HerfindahlPpm, f.NakamotoThird, f.NakamotoHalf})
		})
	}
}

func rat(v uint64) *big.Rat { return new(big.Rat).SetInt(new(big.Int).SetUint64(v)) }

// oracle goes by the definitions, in exact fractions: every pair for Gini, every number of holders for Nakamoto.
func oracle(amounts []uint64) (gini, herfindahl *big.Rat, nakamoto func(limit *big.Rat) uint64) {
	held := slices.DeleteFunc(slices.Clone(amounts), func(a uint64) bool { return a == 0 })
	total := new(big.Rat)
	for _, a := range held {
		total.Add(total, rat(a))
	}
	gini, herfindahl = new(big.Rat), new(big.Rat)
	for _, a := range held {
		share := new(big.Rat).Quo(rat(a), total)
		herfindahl.Add(herfindahl, share.Mul(share, share))
		for _, b := range held {
			difference := new(big.Rat).Sub(rat(a), rat(b))
			gini.Add(gini, difference.Abs(difference))
		}
	}
	gini.Quo(gini, new(big.Rat).Mul(total, rat(2*uint64(len(held)))))
	slices.Sort(held)
	slices.Reverse(held)
	return gini, herfindahl, func(limit *big.Rat) uint64 {
		sum := new(big.Rat)
		for i, a := range held {
			if sum.Add(sum, rat(a)).Cmp(new(big.Rat).Mul(total, limit)) > 0 {
				return uint64(i) + 1
			}
		}
		return uint64(len(held))
	}
}

func floored(r *big.Rat) uint64 {
	r = new(big.Rat).Mul(r, rat(concentration.One))
	return new(big.Int).Quo(r.Num(), r.Denom()).Uint64()
}

func TestFiguresAreTheDefinitionsInExactFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.OneOf(rapid.Uint64Range(0, 3), rapid.Uint64Range(0, 21_000_000_000_000), rapid.Uint64())
		amounts := rapid.SliceOfN(amount, 1, 30).Draw(t, "amounts")
		f := concentration.Measure(amounts)
		if f.Holders == 0 {
			return
		}
		gini, herfindahl, nakamoto := oracle(amounts)
		require.Equal(t, floored(gini), f.GiniPpm)
		require.Equal(t, floored(herfindahl), f.HerfindahlPpm)
		require.Equal(t, nakamoto(big.NewRat(1, 3)), f.NakamotoThird)
		require.Equal(t, nakamoto(big.NewRat(1, 2)), f.NakamotoHalf)

		slices.Reverse(amounts)
		require.Equal(t, f, concentration.Measure(amounts), "order does not matter")
	})
}

// The worked example of README.md.
func Example() {
	f := concentration.Measure([]uint64{50, 30, 10, 10})
	fmt.Println(f.Holders, f.Total, f.GiniPpm, f.HerfindahlPpm, f.NakamotoThird, f.NakamotoHalf)
	// Output: 4 100 350000 360000 1 2
}

func BenchmarkFourThousandHolders(b *testing.B) {
	amounts := make([]uint64, 4096)
	for i := range amounts {
		amounts[i] = uint64(i) * 1_000_003 % 65_521
	}
	for b.Loop() {
		concentration.Measure(amounts)
	}
}
