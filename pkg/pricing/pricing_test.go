// SPDX-License-Identifier: Apache-2.0

package pricing_test

import (
	"fmt"
	"math"
	"math/big"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/pricing"
)

// precision is in bits, far beyond what is tested.
const precision = 256

// story is the curve of the README: ten WEAL and up, five hundredths a purchase,
// halved in 1000 blocks.
var story = pricing.Curve{Base: 10_000_000, Max: 1_000_000_000_000, HalfLife: 1_000, MultiplierBP: 10_500}

// power is 2^(-a/b) in exact arithmetic, by the square roots that the binary
// digits of a/b name.
func power(a, b uint64) *big.Float {
	result, root := real(1), real(0.5)
	rest, divisor := new(big.Int).SetUint64(a%b), new(big.Int).SetUint64(b)
	for range 200 {
		root = new(big.Float).SetPrec(precision).Sqrt(root)
		rest.Lsh(rest, 1)
		if rest.Cmp(divisor) >= 0 {
			rest.Sub(rest, divisor)
			result.Mul(result, root)
		}
	}
	if halvings := a / b; halvings < 1<<20 {
		return result.SetMantExp(result, -int(halvings))
	}
	return real(0)
}

func real(v float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(v) }

func exact(l pricing.Level) *big.Float { return new(big.Float).SetPrec(precision).SetUint64(uint64(l)) }

// bound is the error that At states, in units of 2^-16: 1 + last * 2^-55.
func bound(last pricing.Level) *big.Float {
	relative := exact(last)
	return relative.Add(relative.SetMantExp(relative, -55), real(1))
}

// curves draws sound ones.
func curves(t *rapid.T) pricing.Curve {
	base := rapid.Uint64Range(0, pricing.MaxPrice).Draw(t, "base")
	return pricing.Curve{
		Base:         base,
		Max:          rapid.Uint64Range(base, pricing.MaxPrice).Draw(t, "max"),
		HalfLife:     rapid.OneOf(rapid.Uint64Range(1, 1_000), rapid.Uint64Range(1, pricing.MaxHalfLife)).Draw(t, "half-life"),
		MultiplierBP: rapid.Uint64Range(pricing.BasisPoints, 10*pricing.BasisPoints).Draw(t, "multiplier"),
	}
}

// free is a curve without bounds, to look at the decay alone.
func free(t *rapid.T) pricing.Curve {
	c := curves(t)
	c.Base, c.Max = 0, pricing.MaxPrice
	return c
}

func levels(t *rapid.T, name string) pricing.Level {
	return pricing.Level(rapid.Uint64Range(0, pricing.MaxPrice<<16).Draw(t, name))
}

func times(t *rapid.T, c pricing.Curve, name string) uint64 {
	return rapid.OneOf(rapid.Uint64Range(0, 2*c.HalfLife), rapid.Uint64Range(0, 70*c.HalfLife)).Draw(t, name)
}

func TestAPriceDecaysAsRealNumbersDoWithinTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := free(t)
		last, elapsed := levels(t, "last"), times(t, c, "elapsed")
		want := new(big.Float).Mul(exact(last), power(elapsed, c.HalfLife))
		off := new(big.Float).Sub(exact(c.At(last, elapsed)), want)
		require.LessOrEqual(t, off.Abs(off).Cmp(bound(last)), 0, "off by %s", off.String())
	})
}

func TestAPriceIsNeverBelowTheBaseOrAboveTheMaximum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := curves(t)
		now := c.At(levels(t, "last"), times(t, c, "elapsed"))
		for _, l := range []pricing.Level{now, c.Raised(now)} {
			require.GreaterOrEqual(t, l.Price(), c.Base)
			require.LessOrEqual(t, l.Price(), c.Max)
		}
	})
}

func TestALaterPriceIsNeverHigherAndAHigherLevelNeverCheaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := curves(t)
		last, elapsed := levels(t, "last"), times(t, c, "elapsed")
		require.LessOrEqual(t, c.At(last, elapsed+1), c.At(last, elapsed), "a moment later")
		require.LessOrEqual(t, c.At(last, elapsed+times(t, c, "later")), c.At(last, elapsed), "later")
		higher := pricing.Level(rapid.Uint64Range(uint64(last), pricing.MaxPrice<<16).Draw(t, "higher"))
		require.LessOrEqual(t, c.At(last, elapsed), c.At(higher, elapsed))
		require.LessOrEqual(t, c.Raised(last), c.Raised(higher))
		require.LessOrEqual(t, min(last, c.Raised(pricing.MaxPrice<<16)), c.Raised(last), "a purchase never lowers it")
	})
}

func TestTimeThatIsCutInTwoComesToTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := free(t)
		last, first, second := levels(t, "last"), times(t, c, "first"), times(t, c, "second")
		off := new(big.Float).Sub(exact(c.At(c.At(last, first), second)), exact(c.At(last, first+second)))
		require.LessOrEqual(t, off.Abs(off).Cmp(new(big.Float).Mul(real(3), bound(last))), 0, "off by %s", off.String())
	})
}

func TestAPriceHalvesToTheUnitEveryHalfLife(t *testing.T) {
	c := pricing.Curve{Max: pricing.MaxPrice, HalfLife: 7, MultiplierBP: pricing.BasisPoints}
	last := pricing.Level(1 << 60)
	for halvings := range uint64(61) {
		require.Equal(t, last>>halvings, c.At(last, 7*halvings))
	}
	require.Zero(t, c.At(last, math.MaxUint64))
}

func TestWhoWaitsIsToldHowLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := curves(t)
		last := levels(t, "last")
		price := rapid.Uint64Range(0, pricing.MaxPrice).Draw(t, "price")
		elapsed, ok := c.Until(last, price)
		require.Equal(t, price >= c.Base, ok)
		if !ok {
			return
		}
		require.LessOrEqual(t, c.At(last, elapsed).Price(), price)
		if elapsed > 0 {
			require.Greater(t, c.At(last, elapsed-1).Price(), price, "not a moment sooner")
		}
	})
}

func TestAPriceIsRoundedUpToWholeUnits(t *testing.T) {
	require.Equal(t, uint64(0), pricing.Level(0).Price())
	require.Equal(t, uint64(1), pricing.Level(1).Price())
	require.Equal(t, uint64(1), pricing.Level(1<<16).Price())
	require.Equal(t, uint64(2), pricing.Level(1<<16+1).Price())
	require.Equal(t, uint64(1<<48), pricing.Level(math.MaxUint64).Price())
}

func TestACurveWithoutAHalfLifeFallsToTheBaseAtOnce(t *testing.T) {
	c := pricing.Curve{Base: 5, Max: 9, MultiplierBP: 20_000}
	require.Equal(t, uint64(5), c.At(1<<60, 0).Price())
	elapsed, ok := c.Until(1<<60, 5)
	require.True(t, ok)
	require.Zero(t, elapsed)
}

// tableRow finds a row of the README: what happens, blocks since the last purchase, price.
var tableRow = regexp.MustCompile(`(?m)^\| (\d+) \| ([\d,]+) \| ([\d,]+) \|$`)

func number(t *testing.T, text string) uint64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.ReplaceAll(text, ",", ""), 10, 64)
	require.NoError(t, err)
	return n
}

func TestTheTableOfTheReadmeIsWhatIsPaid(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	rows := tableRow.FindAllStringSubmatch(string(readme), -1)
	require.Len(t, rows, 8)
	var level pricing.Level
	bought := uint64(0)
	for _, row := range rows {
		for ; bought < number(t, row[1]); bought++ {
			level = story.Raised(story.At(level, 0))
		}
		require.Equal(t, number(t, row[3]), story.At(level, number(t, row[2])).Price(), row[0])
	}
}

// The worked example of README.md.
func Example() {
	c := pricing.Curve{Base: 10_000_000, Max: 1_000_000_000_000, HalfLife: 1_000, MultiplierBP: 10_500}
	level := c.At(0, 0) // nobody bought yet
	fmt.Println(level.Price())
	level = c.Raised(level)
	fmt.Println(c.At(level, 0).Price(), c.At(level, 50).Price())
	// Output:
	// 10000000
	// 10500000 10142332
}

func FuzzAPriceStaysWithinItsBounds(f *testing.F) {
	f.Add(uint64(10), uint64(1_000), uint64(100), uint64(10_500), uint64(1<<20), uint64(50))
	f.Add(uint64(0), uint64(math.MaxUint64), uint64(0), uint64(math.MaxUint64), uint64(math.MaxUint64), uint64(math.MaxUint64))
	f.Fuzz(func(t *testing.T, base, highest, halfLife, multiplier, last, elapsed uint64) {
		base = min(base, pricing.MaxPrice)
		c := pricing.Curve{Base: base, Max: max(base, min(highest, pricing.MaxPrice)), HalfLife: min(halfLife, pricing.MaxHalfLife), MultiplierBP: multiplier}
		now := c.At(pricing.Level(last), elapsed)
		require.GreaterOrEqual(t, now.Price(), c.Base)
		require.LessOrEqual(t, now.Price(), c.Max)
		require.LessOrEqual(t, c.Raised(now).Price(), c.Max)
		wait, ok := c.Until(pricing.Level(last), now.Price())
		require.True(t, ok)
		require.LessOrEqual(t, c.At(pricing.Level(last), wait).Price(), now.Price())
	})
}

func BenchmarkAt(b *testing.B) {
	level := story.Raised(story.At(0, 0))
	for i := uint64(0); b.Loop(); i++ {
		_ = story.At(level, i%5_000)
	}
}
