// SPDX-License-Identifier: Apache-2.0

package fixed_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
)

// bigPrec is how many bits the oracles below compute with.
const bigPrec = 160

func bigOf(x float64) *big.Float { return new(big.Float).SetPrec(bigPrec).SetFloat64(x) }

func bigQ32(q fixed.Q32) *big.Float {
	x := new(big.Float).SetPrec(bigPrec).SetInt64(int64(q))
	return x.SetMantExp(x, -32)
}

// bigLn is ln x for x > 0: the number is brought into [2/3, 4/3] by powers of 2, and ln y is
// 2 atanh((y-1)/(y+1)).
func bigLn(x *big.Float) *big.Float {
	y := new(big.Float).SetPrec(bigPrec)
	exponent := x.MantExp(y)
	if y.Cmp(bigOf(2.0/3)) < 0 {
		y.Add(y, y)
		exponent--
	}
	ln := bigAtanh(new(big.Float).Quo(new(big.Float).Sub(y, bigOf(1)), new(big.Float).Add(y, bigOf(1))))
	ln2 := bigAtanh(new(big.Float).Quo(bigOf(1), bigOf(3)))
	return ln.Add(ln, ln2.Mul(ln2, bigOf(float64(exponent))))
}

// bigAtanh is 2 atanh(z) for |z| <= 1/3, by a hundred terms.
func bigAtanh(z *big.Float) *big.Float {
	sum, power := bigOf(0), new(big.Float).Set(z)
	square := new(big.Float).Mul(z, z)
	for n := 1; n < 200; n += 2 {
		sum.Add(sum, new(big.Float).Quo(power, bigOf(float64(n))))
		power.Mul(power, square)
	}
	return sum.Add(sum, sum)
}

// away is how far got is from want, in units of 2^-32.
func away(got fixed.Q32, want *big.Float) float64 {
	d := new(big.Float).Sub(bigQ32(got), want)
	f, _ := d.SetMantExp(d, 32).Float64()
	return f
}

func TestALogarithmIsWithinOneUnitOfTheTrueOne(t *testing.T) {
	worst := 0.0
	check := func(x fixed.Q32) {
		off := math.Abs(away(fixed.Ln(x), bigLn(bigQ32(x))))
		worst = max(worst, off)
		require.Less(t, off, 1.0, "ln of %d units", int64(x))
	}
	// Around every knot's bounds and every power of 2, and at random.
	for i := range int64(129) {
		for _, shift := range []int{0, 13, 25, 54} {
			at := (128 + i) << shift
			for d := int64(-1); d <= 1; d++ {
				check(fixed.Q32(at + d))
			}
		}
	}
	for x := fixed.Q32(1); x < 1<<12; x++ {
		check(x)
	}
	check(fixed.Max)
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.IntRange(1, 63).Draw(t, "bits")
		x := fixed.Q32(rapid.Int64Range(1, 1<<bits-1).Draw(t, "x"))
		require.Less(t, math.Abs(away(fixed.Ln(x), bigLn(bigQ32(x)))), 1.0)
	})
	require.Less(t, worst, 0.6, "rounding is half a unit of it")
}

func TestLogarithmsThatAreKnown(t *testing.T) {
	require.Equal(t, fixed.Q32(0), fixed.Ln(fixed.One))
	require.Equal(t, fixed.Q32(2977044472), fixed.Ln(2*fixed.One))
	require.Equal(t, fixed.Q32(-2977044472), fixed.Ln(fixed.Half))
	require.Equal(t, fixed.Min, fixed.Ln(0))
	require.Equal(t, fixed.Min, fixed.Ln(-fixed.One))
}

func TestALargerNumberHasNoSmallerLogarithm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := fixed.Q32(rapid.Int64Range(1, 1<<62).Draw(t, "x"))
		y := x + fixed.Q32(rapid.Int64Range(0, 1<<rapid.IntRange(0, 40).Draw(t, "bits")).Draw(t, "more"))
		require.LessOrEqual(t, fixed.Ln(x), fixed.Ln(y))
	})
}

func TestASquareRootIsFloored(t *testing.T) {
	for x, want := range map[fixed.Q32]fixed.Q32{
		0: 0, -1: 0, fixed.One: fixed.One, 4 * fixed.One: 2 * fixed.One, fixed.One / 4: fixed.Half, 1: 1 << 16, fixed.Min: 0,
	} {
		require.Equal(t, want, fixed.Sqrt(x))
	}
	check := func(t require.TestingT, hi, lo uint64) {
		n := new(big.Int).Lsh(new(big.Int).SetUint64(hi), 64)
		n.Add(n, new(big.Int).SetUint64(lo))
		require.Equal(t, n.Sqrt(n).Uint64(), fixed.Root(hi, lo), "root of %d, %d", hi, lo)
	}
	for _, root := range []uint64{1, 2, 3, 1<<32 - 1, 1 << 32, 1<<63 - 1, 1 << 63, math.MaxUint64} {
		square := new(big.Int).Mul(new(big.Int).SetUint64(root), new(big.Int).SetUint64(root))
		for d := int64(-1); d <= 1; d++ {
			n := new(big.Int).Add(square, big.NewInt(d))
			check(t, new(big.Int).Rsh(n, 64).Uint64(), new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64)).Uint64())
		}
	}
	check(t, math.MaxUint64, math.MaxUint64)
	check(t, 0, 0)
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.Uint64Max(1<<rapid.IntRange(0, 63).Draw(t, "bits")).Draw(t, "hi"), rapid.Uint64().Draw(t, "lo"))
	})
}

func TestAHalfIsLeftAfterEachHalfLife(t *testing.T) {
	const day = 86_400
	require.Equal(t, fixed.One, fixed.Decay(0, 30*day))
	require.Equal(t, fixed.One, fixed.Decay(0, 0))
	require.Equal(t, fixed.Half, fixed.Decay(30*day, 30*day))
	require.Equal(t, fixed.One/4, fixed.Decay(60*day, 30*day))
	require.Equal(t, fixed.Q32(0), fixed.Decay(1, 0))
	require.Equal(t, fixed.Q32(0), fixed.Decay(math.MaxUint64, 1))
	require.Equal(t, fixed.Q32(1), fixed.Decay(32, 1))
	require.Equal(t, fixed.Q32(0), fixed.Decay(33, 1))
	rapid.Check(t, func(t *rapid.T) {
		halfLife := rapid.Uint64Min(1).Draw(t, "half-life")
		time := rapid.Uint64Max(halfLife).Draw(t, "time")
		got := fixed.Decay(time, halfLife)
		// 2^-f falls short of got by nothing: ln got <= -f ln 2 <= ln (got + 1 unit).
		f := new(big.Float).SetPrec(bigPrec).Quo(new(big.Float).SetPrec(bigPrec).SetUint64(time), new(big.Float).SetPrec(bigPrec).SetUint64(halfLife))
		want := bigLn(bigOf(0.5))
		want.Mul(want, f)
		slack := bigOf(1e-15)
		require.LessOrEqual(t, bigLn(bigQ32(got)).Cmp(new(big.Float).Add(want, slack)), 0)
		require.GreaterOrEqual(t, bigLn(bigQ32(got+1)).Cmp(new(big.Float).Sub(want, slack)), 0)
	})
}

func BenchmarkLn(b *testing.B) {
	x, sum := fixed.Q32(12345), fixed.Q32(0)
	for b.Loop() {
		sum += fixed.Ln(x)
		x = x*6364136223846793005&(fixed.One-1) | 1
	}
	_ = sum
}

func BenchmarkSqrt(b *testing.B) {
	x, sum := fixed.Q32(12345), fixed.Q32(0)
	for b.Loop() {
		sum += fixed.Sqrt(x)
		x = x*6364136223846793005&(fixed.One-1) | 1
	}
	_ = sum
}
