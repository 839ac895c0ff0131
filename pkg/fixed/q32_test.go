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

// edges are the operands where sign, carry and saturation go wrong first.
var edges = []fixed.Q32{
	0, 1, -1, 2, -2, fixed.Half, -fixed.Half, fixed.One, -fixed.One, fixed.One + 1, fixed.One - 1,
	3 * fixed.One, -3 * fixed.One, 1 << 47, -(1 << 47), 1 << 48, fixed.Max, fixed.Max - 1, fixed.Min, fixed.Min + 1,
}

// operators pairs each fast operator with its dumb twin over big integers.
var operators = []struct {
	name   string
	fast   func(a, b fixed.Q32) fixed.Q32
	oracle func(a, b *big.Int) *big.Int
}{
	{"a sum saturates", fixed.Q32.Add, func(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }},
	{"a difference saturates", fixed.Q32.Sub, func(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }},
	{"a product is floored and saturates", fixed.Q32.Mul, func(a, b *big.Int) *big.Int {
		// Rsh of a negative big.Int is an arithmetic shift, that is a floor.
		return new(big.Int).Rsh(new(big.Int).Mul(a, b), 32)
	}},
	{"a quotient is truncated, saturates, and is 0 over 0", fixed.Q32.Div, func(a, b *big.Int) *big.Int {
		if b.Sign() == 0 {
			return new(big.Int)
		}
		return new(big.Int).Quo(new(big.Int).Lsh(a, 32), b)
	}},
}

func saturate(x *big.Int) fixed.Q32 {
	switch {
	case x.Cmp(big.NewInt(math.MaxInt64)) > 0:
		return fixed.Max
	case x.Cmp(big.NewInt(math.MinInt64)) < 0:
		return fixed.Min
	default:
		return fixed.Q32(x.Int64())
	}
}

func toBig(q fixed.Q32) *big.Int { return big.NewInt(int64(q)) }

func anyQ32() *rapid.Generator[fixed.Q32] {
	return rapid.OneOf(
		rapid.SampledFrom(edges),
		rapid.Map(rapid.Int64(), func(v int64) fixed.Q32 { return fixed.Q32(v) }),
		rapid.Map(rapid.Int64Range(-int64(fixed.One), int64(fixed.One)), func(v int64) fixed.Q32 { return fixed.Q32(v) }),
	)
}

func TestOperatorsEqualBigIntegers(t *testing.T) {
	for _, op := range operators {
		t.Run(op.name, func(t *testing.T) {
			for _, a := range edges {
				for _, b := range edges {
					require.Equal(t, saturate(op.oracle(toBig(a), toBig(b))), op.fast(a, b), "operands %d and %d", a, b)
				}
			}
			rapid.Check(t, func(t *rapid.T) {
				a, b := anyQ32().Draw(t, "a"), anyQ32().Draw(t, "b")
				require.Equal(t, saturate(op.oracle(toBig(a), toBig(b))), op.fast(a, b))
			})
		})
	}
}

func FuzzOperatorsEqualBigIntegers(f *testing.F) {
	f.Add(int64(fixed.Max), int64(-1))
	f.Fuzz(func(t *testing.T, a, b int64) {
		for _, op := range operators {
			require.Equal(t, saturate(op.oracle(big.NewInt(a), big.NewInt(b))), op.fast(fixed.Q32(a), fixed.Q32(b)), op.name)
		}
	})
}

func TestSixteenBitsAreReadAndWrittenFloored(t *testing.T) {
	require.Equal(t, fixed.One, fixed.FromU16(65535))
	require.Equal(t, fixed.Q32(65537), fixed.FromU16(1))
	require.Equal(t, uint16(65535), fixed.One.ToU16())
	require.Equal(t, uint16(65535), fixed.Max.ToU16())
	require.Equal(t, uint16(65534), (fixed.One - 1).ToU16())
	require.Equal(t, uint16(0), fixed.Q32(-1).ToU16())
	require.Equal(t, uint16(0), fixed.Min.ToU16())
	for v := range 1 << 16 {
		want := uint64(v) << 32 / 65535
		require.Equal(t, fixed.Q32(want), fixed.FromU16(uint16(v)))
	}
	rapid.Check(t, func(t *rapid.T) {
		x := fixed.Q32(rapid.Int64Range(0, int64(fixed.One)).Draw(t, "x"))
		want := new(big.Int).Rsh(new(big.Int).Mul(toBig(x), big.NewInt(65535)), 32)
		require.Equal(t, uint16(want.Uint64()), x.ToU16())
	})
}

func TestRatiosAreFlooredAndSaturate(t *testing.T) {
	require.Equal(t, fixed.Q32(0), fixed.FromRatio(1, 0))
	require.Equal(t, fixed.Max, fixed.FromRatio(math.MaxUint64, 1))
	require.Equal(t, fixed.Max, fixed.FromRatio(1<<31, 1))
	require.Equal(t, fixed.Max, fixed.FromRatio(5<<32, 5), "just beyond what the processor divides")
	require.Equal(t, fixed.Max, fixed.FromRatio(5<<32-1, 5))
	require.Equal(t, fixed.One, fixed.FromRatio(math.MaxUint64, math.MaxUint64))
	require.Equal(t, fixed.Half, fixed.FromBasisPoints(5_000))
	require.Equal(t, fixed.Q32(429_496_729), fixed.FromBasisPoints(1_000))
	rapid.Check(t, func(t *rapid.T) {
		num, den := rapid.Uint64().Draw(t, "num"), rapid.Uint64Min(1).Draw(t, "den")
		want := new(big.Int).Lsh(new(big.Int).SetUint64(num), 32)
		want.Quo(want, new(big.Int).SetUint64(den))
		require.Equal(t, saturate(want), fixed.FromRatio(num, den))
	})
}

func TestClampHoldsANumberWithinItsBounds(t *testing.T) {
	require.Equal(t, fixed.Q32(0), (-fixed.One).Clamp(0, fixed.One))
	require.Equal(t, fixed.One, (3*fixed.One).Clamp(0, fixed.One))
	require.Equal(t, fixed.Half, fixed.Half.Clamp(0, fixed.One))
}

func TestNormIsEachOverTheSum(t *testing.T) {
	cases := map[string]struct{ in, want []fixed.Q32 }{
		"nothing stays nothing":               {[]fixed.Q32{}, []fixed.Q32{}},
		"a sum of zero leaves v unchanged":    {[]fixed.Q32{0, 0}, []fixed.Q32{0, 0}},
		"signs that cancel leave v unchanged": {[]fixed.Q32{5, -5}, []fixed.Q32{5, -5}},
		"halves":                              {[]fixed.Q32{3, 3}, []fixed.Q32{fixed.Half, fixed.Half}},
		"thirds are truncated":                {[]fixed.Q32{1, 1, 1}, []fixed.Q32{1431655765, 1431655765, 1431655765}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before := append([]fixed.Q32{}, c.in...)
			require.Equal(t, c.want, fixed.Norm(c.in))
			require.Equal(t, before, c.in, "the argument is not changed")
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOf(rapid.Map(rapid.Int64Range(0, 1<<40), func(v int64) fixed.Q32 { return fixed.Q32(v) })).Draw(t, "v")
		out := fixed.Norm(in)
		sum := new(big.Int)
		for _, x := range in {
			sum.Add(sum, toBig(x))
		}
		for i := range in {
			want := toBig(in[i])
			if sum.Sign() != 0 {
				want = new(big.Int).Quo(new(big.Int).Lsh(toBig(in[i]), 32), sum)
			}
			require.Equal(t, want.Int64(), int64(out[i]))
		}
		require.LessOrEqual(t, fixed.Sum(out), fixed.One)
	})
}

func TestStringIsDecimalAndUnique(t *testing.T) {
	cases := map[fixed.Q32]string{
		0: "0", fixed.One: "1", fixed.Half: "0.5", -fixed.One - fixed.Half: "-1.5", 1: "0.0000000002",
		fixed.FromBasisPoints(1_000): "0.0999999999", fixed.Max: "2147483647.9999999998", fixed.Min: "-2147483648",
		fixed.One - 1: "0.9999999998",
	}
	for q, want := range cases {
		require.Equal(t, want, q.String())
	}
	rapid.Check(t, func(t *rapid.T) {
		q := anyQ32().Draw(t, "q")
		require.Equal(t, new(big.Rat).SetFrac(toBig(q), big.NewInt(1<<32)).FloatString(10), padded(q.String()))
		if q < fixed.Max {
			require.NotEqual(t, q.String(), (q + 1).String())
		}
	})
}

// padded brings a trimmed decimal to the ten places that big.Rat writes.
func padded(s string) string {
	dot := -1
	for i := range s {
		if s[i] == '.' {
			dot = i
		}
	}
	if dot < 0 {
		s, dot = s+".", len(s)
	}
	for len(s) < dot+11 {
		s += "0"
	}
	return s
}
