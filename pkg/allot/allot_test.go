// SPDX-License-Identifier: Apache-2.0

package allot_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/allot"
)

func TestAWholeIsSharedWithinBounds(t *testing.T) {
	capped := func(weights ...uint64) []allot.Claim {
		claims := make([]allot.Claim, len(weights))
		for i, w := range weights {
			claims[i] = allot.Claim{Weight: w, Ceiling: 4_000}
		}
		return claims
	}
	cases := map[string]struct {
		claims []allot.Claim
		want   []uint64
	}{
		"nobody gets anything of nothing":                     {nil, []uint64{}},
		"by weight where no bound matters":                    {capped(1, 2, 2), []uint64{2_000, 4_000, 4_000}},
		"what the ceiling cuts goes to the others":            {capped(98, 1, 1), []uint64{4_000, 3_000, 3_000}},
		"and may bring them to theirs":                        {capped(90, 9, 1), []uint64{4_000, 4_000, 2_000}},
		"what nobody may have is left over":                   {capped(5, 5), []uint64{4_000, 4_000}},
		"who has no weight gets its floor":                    {[]allot.Claim{{Floor: 500, Ceiling: 4_000}, {Weight: 1, Ceiling: 9_900}}, []uint64{500, 9_500}},
		"a floor takes from those above theirs":               {[]allot.Claim{{Weight: 1, Floor: 5_000, Ceiling: 10_000}, {Weight: 9, Ceiling: 10_000}}, []uint64{5_000, 5_000}},
		"thirds go by the largest remainder, ties to the low": {capped(1, 1, 1), []uint64{3_334, 3_333, 3_333}},
		"a floor that takes all leaves nothing":               {[]allot.Claim{{Floor: 10_000, Ceiling: 10_000}, {Weight: 7, Ceiling: 4_000}}, []uint64{10_000, 0}},
		"a floor above the share, a ceiling below the other": {
			[]allot.Claim{{Weight: 1, Floor: 3_000, Ceiling: 4_000}, {Weight: 100, Ceiling: 4_000}, {Weight: 10, Ceiling: 4_000}},
			[]uint64{3_000, 4_000, 3_000},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, allot.Within(10_000, c.claims)) })
	}
}

// clamped is a claim's part at a level, in exact fractions.
func clamped(c allot.Claim, level *big.Rat) *big.Rat {
	part := new(big.Rat).Mul(level, rat(c.Weight))
	if floor := rat(c.Floor); part.Cmp(floor) < 0 {
		return floor
	}
	if ceiling := rat(c.Ceiling); part.Cmp(ceiling) > 0 {
		return ceiling
	}
	return part
}

func rat(v uint64) *big.Rat { return new(big.Rat).SetInt(new(big.Int).SetUint64(v)) }

func sumAt(claims []allot.Claim, level *big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, c := range claims {
		if c.Weight == 0 {
			sum.Add(sum, rat(c.Floor))
			continue
		}
		sum.Add(sum, clamped(c, level))
	}
	return sum
}

// oracle finds the level by looking at every level at which somebody meets a bound: between two of those the sum is a line.
func oracle(total uint64, claims []allot.Claim) []*big.Rat {
	var levels []*big.Rat
	for _, c := range claims {
		if c.Weight > 0 {
			levels = append(levels, new(big.Rat).Quo(rat(c.Floor), rat(c.Weight)), new(big.Rat).Quo(rat(c.Ceiling), rat(c.Weight)))
		}
	}
	slices.SortFunc(levels, func(a, b *big.Rat) int { return a.Cmp(b) })
	level := new(big.Rat)
	for i, l := range levels {
		if sumAt(claims, l).Cmp(rat(total)) <= 0 {
			level = l
			continue
		}
		low := new(big.Rat)
		if i > 0 {
			low = levels[i-1]
		}
		from, to := sumAt(claims, low), sumAt(claims, l)
		step := new(big.Rat).Quo(new(big.Rat).Sub(rat(total), from), new(big.Rat).Sub(to, from))
		level = new(big.Rat).Add(low, step.Mul(step, new(big.Rat).Sub(l, low)))
		break
	}
	parts := make([]*big.Rat, len(claims))
	for i, c := range claims {
		parts[i] = rat(c.Floor)
		if c.Weight > 0 {
			parts[i] = clamped(c, level)
		}
	}
	return parts
}

func draw(t *rapid.T) (uint64, []allot.Claim) {
	total := rapid.SampledFrom([]uint64{10_000, 10_000, 1, 7, 1_000_003}).Draw(t, "total")
	claims := make([]allot.Claim, rapid.IntRange(0, 9).Draw(t, "n"))
	left := total
	for i := range claims {
		c := &claims[i]
		c.Weight = rapid.OneOf(rapid.Uint64Range(0, 5), rapid.Uint64Range(0, math.MaxUint64/9)).Draw(t, "weight")
		c.Floor = rapid.SampledFrom([]uint64{0, 0, left / 7, left / 2}).Draw(t, "floor")
		c.Ceiling = max(c.Floor, rapid.SampledFrom([]uint64{0, total / 5, total * 2 / 5, total, 3 * total}).Draw(t, "ceiling"))
		left -= c.Floor
	}
	return total, claims
}

func TestPartsAreTheExactOnesToTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, claims := draw(t)
		parts, exact, sum := allot.Within(total, claims), oracle(total, claims), new(big.Rat)
		for i, part := range parts {
			require.GreaterOrEqual(t, part, claims[i].Floor)
			require.LessOrEqual(t, part, claims[i].Ceiling)
			off := new(big.Rat).Sub(rat(part), exact[i])
			require.Negative(t, off.Abs(off).Cmp(rat(1)), "claim %d has %d of %s", i, part, exact[i].FloatString(3))
			sum.Add(sum, rat(part))
		}
		exactSum := new(big.Rat)
		for _, part := range exact {
			exactSum.Add(exactSum, part)
		}
		require.Zero(t, sum.Cmp(exactSum), "%s of %s are given", sum.FloatString(0), exactSum.FloatString(3))
	})
}

func TestTheOrderOfClaimsMovesNoMoreThanTies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, claims := draw(t)
		backwards := slices.Clone(claims)
		slices.Reverse(backwards)
		parts, other := allot.Within(total, claims), allot.Within(total, backwards)
		slices.Reverse(other)
		for i := range parts {
			require.LessOrEqual(t, max(parts[i], other[i])-min(parts[i], other[i]), uint64(1))
		}
	})
}

// The worked example of README.md.
func Example() {
	fmt.Println(allot.Within(10_000, []allot.Claim{
		{Weight: 70, Ceiling: 4_000},
		{Weight: 20, Ceiling: 4_000},
		{Weight: 10, Ceiling: 4_000},
		{Weight: 0, Floor: 500, Ceiling: 4_000},
	}))
	// Output: [4000 3667 1833 500]
}

func BenchmarkAThousandClaims(b *testing.B) {
	claims := make([]allot.Claim, 1000)
	for i := range claims {
		claims[i] = allot.Claim{Weight: uint64(1) << (i % 50), Ceiling: 4_000}
	}
	for b.Loop() {
		allot.Within(10_000, claims)
	}
}
