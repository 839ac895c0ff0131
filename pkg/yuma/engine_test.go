// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// standard is the rule that topics start with.
var standard = yuma.Params{
	Rule: yuma.YUMA3, Kappa: fixed.Half, BondPenalty: fixed.One, BondsMovingAverage: fixed.FromBasisPoints(9_000),
}

// anyBytes are choices for the property tests.
var anyBytes = rapid.SliceOfN(rapid.Byte(), 0, 64)

// requireEpoch computes an epoch in both layouts and in tiles, and compares all with an oracle.
func requireEpoch(t require.TestingT, engine *yuma.Engine, c *choices, oracle func(yuma.Params, yuma.Input) yuma.Output, validators, contributions int) {
	p, in := c.params(), c.input(validators, contributions)
	before := clone(in)
	out, err := engine.Run(p, in)
	require.NoError(t, err)
	requireSame(t, oracle(p, in), out, in)
	require.Equal(t, before, in, "the input is not changed")
	require.LessOrEqual(t, fixed.Sum(out.Incentive), fixed.One)
	require.LessOrEqual(t, fixed.Sum(out.Dividends), fixed.One)
	requireLayouts(t, engine, c, p, in, keep(out))
}

// keep is an output that outlives its engine's next call.
func keep(out yuma.Output) yuma.Output {
	return yuma.Output{
		Consensus: slices.Clone(out.Consensus), Incentive: slices.Clone(out.Incentive), Quality: slices.Clone(out.Quality),
		Trust: slices.Clone(out.Trust), Dividends: slices.Clone(out.Dividends),
		Bonds: yuma.Matrix{
			Values: slices.Clone(out.Bonds.Values), Columns: slices.Clone(out.Bonds.Columns), Starts: slices.Clone(out.Bonds.Starts),
		},
	}
}

// requireLayouts computes an epoch compressed and in tiles.
func requireLayouts(t require.TestingT, engine *yuma.Engine, c *choices, p yuma.Params, in yuma.Input, want yuma.Output) {
	sparse := compressed(in, c.someZeros())
	got, err := engine.Run(p, sparse)
	require.NoError(t, err)
	requireSame(t, want, got, in)
	for i := range in.Validators {
		require.NotContains(t, got.Bonds.Values[got.Bonds.Starts[i]:got.Bonds.Starts[i+1]], uint16(0))
	}
	requireSame(t, want, c.inTiles(t, p, in), in)
}

// One engine for all cases: what an epoch leaves behind must not show in the next.
func TestEpochsEqualTheWrittenSteps(t *testing.T) {
	var e yuma.Engine
	rapid.Check(t, func(t *rapid.T) {
		requireEpoch(t, &e, choicesOf(anyBytes.Draw(t, "choices")), integerEpoch, 16, 65)
	})
}

func TestEpochsEqualExactFractions(t *testing.T) {
	var e yuma.Engine
	rapid.Check(t, func(t *rapid.T) {
		requireEpoch(t, &e, choicesOf(anyBytes.Draw(t, "choices")), rationalEpoch, 7, 5)
	})
}

func TestLargeEpochsAreTheSameInEveryLayoutAndSplit(t *testing.T) {
	var e yuma.Engine
	for seed := range byte(40) {
		c := choicesOf([]byte{seed})
		c.bytes = nil
		p, in := c.params(), c.input(64, 300)
		out, err := e.Run(p, in)
		require.NoError(t, err)
		requireLayouts(t, &e, c, p, in, keep(out))
	}
}

func FuzzEpochsEqualTheWrittenSteps(f *testing.F) {
	f.Add([]byte("an epoch"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var e yuma.Engine
		requireEpoch(t, &e, choicesOf(data), integerEpoch, 64, 300)
	})
}

func FuzzEpochsEqualExactFractions(f *testing.F) {
	f.Add([]byte("an epoch"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var e yuma.Engine
		requireEpoch(t, &e, choicesOf(data), rationalEpoch, 14, 12)
	})
}

func TestALargeEpochEqualsTheWrittenSteps(t *testing.T) {
	for _, rule := range []yuma.Rule{yuma.YUMA2, yuma.YUMA3} {
		p := standard
		p.Rule = rule
		in := randomInput(40, 60, 0.5)
		var e yuma.Engine
		for range 3 {
			out, err := e.Run(p, in)
			require.NoError(t, err)
			requireSame(t, integerEpoch(p, in), out, in)
			in.Bonds.Values = slices.Clone(out.Bonds.Values)
		}
	}
}

func TestManyCompressedColumnsEqualTheSameInFull(t *testing.T) {
	for _, rule := range []yuma.Rule{yuma.YUMA2, yuma.YUMA3} {
		p := standard
		p.Rule, p.Kappa = rule, fixed.Half/4
		in := randomInput(12, 1_100, 0.4)
		var e yuma.Engine
		for round := range 3 {
			out, err := e.Run(p, in)
			require.NoError(t, err)
			requireSameCompressed(t, p, in, out)
			in.Bonds.Values = slices.Clone(out.Bonds.Values)
			for at := round; at < len(in.Scores.Values); at += 3 { // bonds without a score, and scores without a bond
				in.Scores.Values[at] ^= 1 << 15
			}
		}
	}
}

func TestTheNumberOfProcessorsDoesNotMatter(t *testing.T) {
	in := randomInput(64, 300, 0.5)
	var want yuma.Output
	for _, processors := range []int{1, 2, 7} {
		before := runtime.GOMAXPROCS(processors)
		var e yuma.Engine
		out, err := e.Run(standard, in)
		runtime.GOMAXPROCS(before)
		require.NoError(t, err)
		if processors == 1 {
			want = out
		}
		requireSame(t, want, out, in)
	}
}

// Rows that add up to 65535 have weights that are bonds to the last bit: where the one equals
// the other, which way alpha looks matters.
func TestABondThatItsWeightEqualsFollowsTheWrittenSteps(t *testing.T) {
	var e yuma.Engine
	rapid.Check(t, func(t *rapid.T) {
		c := choicesOf(anyBytes.Draw(t, "choices"))
		p := c.params()
		p.Rule, p.BondPenalty = yuma.YUMA3, one(c, 0, 0, fixed.Half)
		p.LiquidAlpha = yuma.LiquidAlpha{Enabled: true, Lo: c.fraction() / 2, Hi: fixed.One - c.fraction()/2, Steepness: 1_000}
		const n, m = 5, 6
		in := yuma.Input{Validators: n, Contributions: m, Power: c.power(n)}
		for range n {
			left := uint16(65535)
			for range m - 1 {
				score := uint16(c.below(uint64(left) + 1))
				in.Scores.Values, left = append(in.Scores.Values, score), left-score
			}
			in.Scores.Values = append(in.Scores.Values, left)
		}
		in.Bonds.Values = slices.Clone(in.Scores.Values)
		out, err := e.Run(p, in)
		require.NoError(t, err)
		requireSame(t, integerEpoch(p, in), out, in)
		requireLayouts(t, &e, c, p, in, keep(out))
	})
}

func TestTheExponentialIsTheSeriesHeldWithinTwenty(t *testing.T) {
	require.Equal(t, yuma.Exp(20*fixed.One), yuma.Exp(20*fixed.One+1))
	require.Equal(t, yuma.Exp(-20*fixed.One), yuma.Exp(-21*fixed.One))
	require.Equal(t, fixed.One, yuma.Exp(0))
	rapid.Check(t, func(t *rapid.T) {
		bound := rapid.SampledFrom([]fixed.Q32{fixed.One, 21 * fixed.One, fixed.Max}).Draw(t, "bound")
		x := fixed.Q32(rapid.Int64Range(-int64(bound), int64(bound)).Draw(t, "x"))
		require.Equal(t, taylor(q(x)).Int64(), int64(yuma.Exp(x)))
	})
}

func clone(in yuma.Input) yuma.Input {
	in.Power, in.Active = slices.Clone(in.Power), slices.Clone(in.Active)
	in.Scores.Values, in.Bonds.Values = slices.Clone(in.Scores.Values), slices.Clone(in.Bonds.Values)
	return in
}

func TestTheOrderOfRowsAndColumnsDoesNotMatter(t *testing.T) {
	var e, f yuma.Engine
	rapid.Check(t, func(t *rapid.T) {
		c := choicesOf(anyBytes.Draw(t, "choices"))
		p, in := c.params(), c.input(7, 7)
		rows := rapid.Permutation(indices(in.Validators)).Draw(t, "rows")
		cols := rapid.Permutation(indices(in.Contributions)).Draw(t, "cols")
		out, err := e.Run(p, in)
		require.NoError(t, err)
		got, err := f.Run(p, permute(in, rows, cols))
		require.NoError(t, err)
		for to, from := range cols {
			require.Equal(t, out.Consensus[from], got.Consensus[to])
			require.Equal(t, out.Incentive[from], got.Incentive[to])
			require.Equal(t, out.Quality[from], got.Quality[to])
		}
		for to, from := range rows {
			require.Equal(t, out.Trust[from], got.Trust[to])
			require.Equal(t, out.Dividends[from], got.Dividends[to])
			for c, col := range cols {
				require.Equal(t, out.Bonds.Values[from*len(cols)+col], got.Bonds.Values[to*len(cols)+c])
			}
		}
	})
}

func permute(in yuma.Input, rows, cols []int) yuma.Input {
	out := clone(in)
	for to, from := range rows {
		out.Power[to] = in.Power[from]
		if in.Active != nil {
			out.Active[to] = in.Active[from]
		}
		for c, col := range cols {
			out.Scores.Values[to*len(cols)+c] = in.Scores.Values[from*len(cols)+col]
			if in.Bonds.Values != nil {
				out.Bonds.Values[to*len(cols)+c] = in.Bonds.Values[from*len(cols)+col]
			}
		}
	}
	return out
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestAnEpochThatNobodyScoredPaysNothing(t *testing.T) {
	cases := map[string]yuma.Input{
		"no validators":       {Contributions: 2},
		"no contributions":    {Validators: 2, Power: []uint64{1, 1}},
		"no scores":           {Validators: 2, Contributions: 2, Power: []uint64{1, 1}, Scores: yuma.Matrix{Values: make([]uint16, 4)}},
		"no power":            {Validators: 1, Contributions: 1, Power: []uint64{0}, Scores: yuma.Matrix{Values: []uint16{5}}, Bonds: yuma.Matrix{Values: []uint16{9}}},
		"nobody active":       {Validators: 1, Contributions: 1, Power: []uint64{1}, Active: []bool{false}, Scores: yuma.Matrix{Values: []uint16{5}}},
		"nobody else agrees":  {Validators: 2, Contributions: 2, Power: []uint64{1, 1}, Active: []bool{true, true}, Scores: yuma.Matrix{Values: []uint16{5, 0, 0, 5}}},
		"bonds and no scores": {Validators: 1, Contributions: 1, Power: []uint64{1}, Scores: yuma.Matrix{Values: []uint16{0}}, Bonds: yuma.Matrix{Values: []uint16{65535}}},
	}
	for name, in := range cases {
		for _, rule := range []yuma.Rule{yuma.YUMA2, yuma.YUMA3} {
			t.Run(fmt.Sprintf("%s, rule %d", name, rule), func(t *testing.T) {
				p := standard
				p.Rule, p.Kappa = rule, fixed.Half+1
				var e yuma.Engine
				out, err := e.Run(p, in)
				require.NoError(t, err)
				require.Equal(t, make([]fixed.Q32, in.Contributions), out.Incentive)
				require.Equal(t, make([]fixed.Q32, in.Validators), out.Dividends)
			})
		}
	}
}

func TestABondDecaysWhereNothingWasScored(t *testing.T) {
	in := yuma.Input{Validators: 1, Contributions: 1, Power: []uint64{1}, Scores: yuma.Matrix{Values: []uint16{0}}, Bonds: yuma.Matrix{Values: []uint16{65535}}}
	var e yuma.Engine
	out, err := e.Run(standard, in)
	require.NoError(t, err)
	require.Equal(t, []uint16{58981}, out.Bonds.Values)
}

// randomInput is the same at each call: validators that measured the same values
// with noise of a twentieth, rows filled by the given part.
func randomInput(n, m int, filled float64) yuma.Input {
	r := rand.New(rand.NewPCG(1, 2))
	in := yuma.Input{Validators: n, Contributions: m, Power: make([]uint64, n), Scores: yuma.Matrix{Values: make([]uint16, n*m)}}
	for i := range in.Power {
		in.Power[i] = 1 + r.Uint64N(1_000_000)
	}
	for j := range m {
		truth := 1_000 + r.IntN(50_000)
		for i := range n {
			if r.Float64() < filled {
				in.Scores.Values[i*m+j] = uint16(truth + r.IntN(truth/10+1) - truth/20)
			}
		}
	}
	return in
}

func BenchmarkRun(b *testing.B) {
	for _, size := range []struct{ contributions, validators int }{{256, 64}, {1024, 128}, {4096, 256}} {
		in := randomInput(size.validators, size.contributions, 1)
		var e yuma.Engine
		out, err := e.Run(standard, in)
		require.NoError(b, err)
		in.Bonds.Values = slices.Clone(out.Bonds.Values)
		for _, rule := range []yuma.Rule{yuma.YUMA2, yuma.YUMA3} {
			p := standard
			p.Rule = rule
			b.Run(fmt.Sprintf("YUMA%d %dx%d", rule, size.contributions, size.validators), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_, _ = e.Run(p, in)
				}
			})
		}
	}
}
