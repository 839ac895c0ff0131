// SPDX-License-Identifier: Apache-2.0

package halving_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/halving"
)

const (
	day      = 86_400_000
	halfLife = 180 * day
)

// rational is what a weight is at the end of half-life 0, in 2^-63 of a unit: 2^period times the mantissa.
func rational(w halving.Weight) *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).SetInt(w.Mantissa.BigInt()), new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), uint(w.Period))))
}

func at(w halving.Weight, period uint64) *big.Rat {
	return new(big.Rat).Quo(rational(w), new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), uint(period))))
}

func TestWhatIsLeftAfterHalfLives(t *testing.T) {
	start := int64(1_800_000_000_000)
	clock := halving.Clock{At: start}
	for name, tc := range map[string]struct {
		earned, asked int64
		left          int64
	}{
		"at once, as a half-life begins":       {0, 0, 1_000_000},
		"a half-life later":                    {0, halfLife, 500_000},
		"half a half-life later, 2^-1/2 of it": {0, halfLife / 2, 707_106},
		"at once, within a half-life":          {halfLife / 3, halfLife / 3, 999_999},
		"a half-life later, not in step":       {halfLife / 3, halfLife/3 + halfLife, 499_999},
		"a day later":                          {5 * day, 6 * day, 996_156},
		"ten half-lives later":                 {0, 10 * halfLife, 976},
		"twenty half-lives later, nothing":     {0, 20 * halfLife, 0},
		"a thousand half-lives later":          {0, 1000 * halfLife, 0},
	} {
		t.Run(name, func(t *testing.T) {
			earned, asked := clock.Now(start+tc.earned, halfLife), clock.Now(start+tc.asked, halfLife)
			w := halving.Weight{Mantissa: earned.Weigh(1_000_000), Period: earned.Period}
			require.InDelta(t, tc.left, asked.Worth(w).Int64(), 1)
			require.LessOrEqual(t, asked.Worth(w).Int64(), int64(1_000_000))
		})
	}
}

func TestANewHalfLifeHoldsFromThenOn(t *testing.T) {
	clock := halving.Clock{}
	first := clock.Now(0, halfLife)
	w := halving.Weight{Mantissa: first.Weigh(1_000_000), Period: first.Period}
	clock = clock.Set(halfLife, halfLife)
	require.Equal(t, int64(500_000), clock.Now(halfLife, 30*day).Worth(w).Int64(), "the change itself changes nothing")
	require.Equal(t, int64(250_000), clock.Now(halfLife+30*day, 30*day).Worth(w).Int64())
	clock = clock.Set(halfLife+30*day, 30*day)
	require.Equal(t, int64(125_000), clock.Now(halfLife+30*day+3_650*day, 3_650*day).Worth(w).Int64())
	require.Equal(t, clock, clock.Set(0, 30*day), "time does not go backwards")
}

// TestAMomentIsRightTo2ToTheMinus55 compares with 2^-x by square roots in 256 bits.
func TestAMomentIsRightTo2ToTheMinus55(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life := rapid.Uint64Range(1, 3_650*day).Draw(t, "half-life")
		elapsed := rapid.Int64Range(0, 1<<45).Draw(t, "elapsed")
		moment := halving.Clock{}.Now(elapsed, life)
		whole, rest := uint64(elapsed)/life, uint64(elapsed)%life
		want := new(big.Float).SetPrec(256).SetInt64(1)
		if rest > 0 {
			whole++
			root := new(big.Float).SetPrec(256).SetFloat64(0.5)
			left, divisor := new(big.Int).SetUint64(life-rest), new(big.Int).SetUint64(life)
			for range 200 {
				root.Sqrt(root)
				if left.Lsh(left, 1).Cmp(divisor) >= 0 {
					left.Sub(left, divisor)
					want.Mul(want, root)
				}
			}
		}
		require.Equal(t, whole, moment.Period)
		got := new(big.Float).SetPrec(256).SetInt(moment.Weigh(1).BigInt())
		want.SetMantExp(want, halving.FracBits)
		off := got.Sub(got, want)
		limit := new(big.Float).SetMantExp(want, -55)
		require.LessOrEqual(t, off.Abs(off).Cmp(limit), 0, "%v", off)
	})
}

func weights(t *rapid.T, name string) halving.Weight {
	mantissa := new(big.Int).Lsh(big.NewInt(rapid.Int64Range(0, 1<<62).Draw(t, name)), rapid.UintRange(0, 64).Draw(t, name+" shift"))
	return halving.Weight{Mantissa: math.NewIntFromBigInt(mantissa), Period: rapid.Uint64Range(0, 300).Draw(t, name+" period")}
}

func TestAChainOfSumsLosesLessThanTwoUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sum, exact := halving.Weight{Mantissa: math.ZeroInt()}, new(big.Rat)
		for range rapid.IntRange(1, 50).Draw(t, "sums") {
			w := weights(t, "weight")
			w.Mantissa = w.At(w.Period + 8)
			w.Period = sum.Period + rapid.Uint64Range(0, 3).Draw(t, "half-lives later")
			sum = sum.Plus(w.Mantissa, w.Period)
			exact.Add(exact, rational(w))
		}
		lost := new(big.Rat).Sub(exact, rational(sum))
		unit := new(big.Int).Lsh(big.NewInt(1), uint(sum.Period))
		lost.Quo(lost, new(big.Rat).SetInt(unit))
		require.GreaterOrEqual(t, lost.Sign(), 0)
		require.Negative(t, lost.Cmp(big.NewRat(2, 1)), "%s", lost.FloatString(6))
	})
}

func TestWeightsAreOrderedByWhatTheyAreWorth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := weights(t, "a"), weights(t, "b")
		require.True(t, a.Fits())
		require.Equal(t, rational(b).Cmp(rational(a)), bytes.Compare(a.Order(), b.Order()))
	})
}

func TestNothingThatCanBeSeenIsLostInAnExactPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := weights(t, "weight")
		later := w.Period + rapid.Uint64Range(0, 2*halving.Window).Draw(t, "later")
		got := new(big.Rat).SetInt(w.Exact(later))
		want := new(big.Rat).Mul(at(w, later), new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), halving.Window)))
		if later-w.Period >= halving.Window {
			require.Zero(t, w.Exact(later).Sign())
			require.True(t, w.At(later).IsZero())
			return
		}
		require.Zero(t, want.Cmp(got))
	})
}
