// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"fmt"
	"math"
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

func TestBadShapesAreRefused(t *testing.T) {
	good := yuma.Input{Validators: 2, Contributions: 3, Power: []uint64{1, 2}, Scores: yuma.Matrix{Values: make([]uint16, 6)}}
	cases := map[string]struct {
		change func(*yuma.Input)
		text   string
	}{
		"negative validators":    {func(in *yuma.Input) { in.Validators = -1 }, "power has 2 elements, expected -1"},
		"too many validators":    {func(in *yuma.Input) { in.Validators = yuma.MaxValidators + 1 }, "power has 2 elements, expected 65537"},
		"negative contributions": {func(in *yuma.Input) { in.Contributions = -1 }, "-1 contributions"},
		"too many contributions": {func(in *yuma.Input) { in.Contributions = yuma.MaxContributions + 1 }, "65537 contributions"},
		"power missing":          {func(in *yuma.Input) { in.Power = nil }, "power has 0 elements, expected 2"},
		"power too long":         {func(in *yuma.Input) { in.Power = make([]uint64, 3) }, "power has 3 elements, expected 2"},
		"power overflows":        {func(in *yuma.Input) { in.Power = []uint64{math.MaxUint64, 1} }, "at validator 1"},
		"scores too short":       {func(in *yuma.Input) { in.Scores.Values = in.Scores.Values[:5] }, "scores has 5 elements, expected 6"},
		"active too short":       {func(in *yuma.Input) { in.Active = []bool{} }, "active has 0 elements, expected 2"},
		"bonds too short":        {func(in *yuma.Input) { in.Bonds.Values = []uint16{1} }, "bonds has 1 elements, expected 6"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			in := good
			c.change(&in)
			var e yuma.Engine
			out, err := e.Run(standard, in)
			require.ErrorIs(t, err, yuma.ErrShape)
			require.ErrorContains(t, err, c.text)
			require.Equal(t, yuma.Output{}, out)
			_, err = e.Run(standard, good)
			require.NoError(t, err, "the engine is as good as before")
		})
	}
}

func TestBadCompressedRowsAreRefused(t *testing.T) {
	good := func() yuma.Matrix {
		return yuma.Matrix{Values: []uint16{1, 2, 3, 4}, Columns: []uint16{0, 2, 1, 2}, Starts: []int{0, 2, 4}}
	}
	cases := map[string]struct {
		change func(*yuma.Matrix)
		text   string
	}{
		"a row too few":        {func(m *yuma.Matrix) { m.Starts = m.Starts[:2] }, "has 2 starts, expected 3"},
		"a row too many":       {func(m *yuma.Matrix) { m.Starts = append(m.Starts, 4) }, "has 4 starts, expected 3"},
		"a column too few":     {func(m *yuma.Matrix) { m.Columns = m.Columns[:3] }, "has 4 values and 3 columns"},
		"a late beginning":     {func(m *yuma.Matrix) { m.Starts[0] = 1 }, "has rows from 1 to 4, expected 0 to 4"},
		"an early end":         {func(m *yuma.Matrix) { m.Starts[2] = 3 }, "has rows from 0 to 3, expected 0 to 4"},
		"a row that runs back": {func(m *yuma.Matrix) { m.Starts[1] = -1 }, "has row 0 from 0 to -1"},
		"a row beyond the end": {func(m *yuma.Matrix) { m.Starts[1] = 5 }, "has row 0 from 0 to 5"},
		"a column twice":       {func(m *yuma.Matrix) { m.Columns[1] = 0 }, "has column 0 after 0 in row 0, expected them to rise and stay below 3"},
		"columns that fall":    {func(m *yuma.Matrix) { m.Columns[3] = 0 }, "has column 0 after 1 in row 1"},
		"a column beyond all":  {func(m *yuma.Matrix) { m.Columns[3] = 3 }, "has column 3 after 1 in row 1"},
	}
	for name, c := range cases {
		for _, of := range []string{"scores", "bonds"} {
			t.Run(of+", "+name, func(t *testing.T) {
				in := yuma.Input{Validators: 2, Contributions: 3, Power: []uint64{1, 2}, Scores: good(), Bonds: good()}
				if of == "scores" {
					c.change(&in.Scores)
				} else {
					c.change(&in.Bonds)
				}
				var e yuma.Engine
				out, err := e.Run(standard, in)
				require.ErrorIs(t, err, yuma.ErrShape)
				require.ErrorContains(t, err, of+" "+c.text)
				require.Equal(t, yuma.Output{}, out)
			})
		}
	}
}

func TestTheLargestEpochsAreTaken(t *testing.T) {
	var e yuma.Engine
	wide := yuma.Input{
		Validators: 1, Contributions: yuma.MaxContributions, Power: []uint64{math.MaxUint64},
		Scores: yuma.Matrix{Values: slices.Repeat([]uint16{65535}, yuma.MaxContributions)},
	}
	tall := yuma.Input{
		Validators: yuma.MaxValidators, Contributions: 1, Power: slices.Repeat([]uint64{1}, yuma.MaxValidators),
		Scores: yuma.Matrix{Values: slices.Repeat([]uint16{1}, yuma.MaxValidators)},
	}
	for _, rule := range []yuma.Rule{yuma.YUMA2, yuma.YUMA3} {
		p := standard
		p.Rule = rule
		for _, in := range []yuma.Input{wide, compressed(wide, nil)} {
			out, err := e.Run(p, in)
			require.NoError(t, err)
			require.Equal(t, []fixed.Q32{fixed.One}, out.Trust)
			require.Equal(t, []fixed.Q32{fixed.One}, out.Dividends)
			require.Equal(t, slices.Repeat([]fixed.Q32{fixed.One / yuma.MaxContributions}, yuma.MaxContributions), out.Consensus)
			require.Equal(t, out.Consensus, out.Incentive)
		}
		for _, in := range []yuma.Input{tall, compressed(tall, nil)} {
			out, err := e.Run(p, in)
			require.NoError(t, err)
			require.Equal(t, []fixed.Q32{fixed.One}, out.Incentive)
			require.Equal(t, slices.Repeat([]fixed.Q32{fixed.One / yuma.MaxValidators}, yuma.MaxValidators), out.Dividends)
		}
	}
}

func TestLayoutsAreNotMixed(t *testing.T) {
	dense := yuma.Matrix{Values: make([]uint16, 6)}
	sparse := yuma.Matrix{Values: []uint16{1}, Columns: []uint16{0}, Starts: []int{0, 1, 1}}
	var e yuma.Engine
	for _, m := range [][2]yuma.Matrix{{dense, sparse}, {sparse, dense}} {
		_, err := e.Run(standard, yuma.Input{Validators: 2, Contributions: 3, Power: []uint64{1, 2}, Scores: m[0], Bonds: m[1]})
		require.ErrorIs(t, err, yuma.ErrShape)
		require.ErrorContains(t, err, "differ in layout")
	}
}

func TestRowsUpToTwoFifthsFilledAreSparse(t *testing.T) {
	require.True(t, yuma.Sparse(0, 0))
	require.True(t, yuma.Sparse(4, 10))
	require.False(t, yuma.Sparse(41, 100))
}

func TestAProgressThatCannotBeIsRefused(t *testing.T) {
	good := func() yuma.Progress {
		return yuma.Progress{RowSums: []uint64{5, 1}, Trust: []fixed.Q32{0, fixed.One}, RankSum: fixed.One, Dividends: []fixed.Q32{fixed.One, 0}}
	}
	cases := map[string]struct {
		change func(*yuma.Progress)
		text   string
	}{
		"row sums too short":   {func(p *yuma.Progress) { p.RowSums = p.RowSums[:1] }, "progress of row sums has 1 elements, expected 2"},
		"trust too long":       {func(p *yuma.Progress) { p.Trust = append(p.Trust, 0) }, "progress of trust has 3 elements, expected 2"},
		"dividends missing":    {func(p *yuma.Progress) { p.Dividends = nil }, "progress of dividends has 0 elements, expected 2"},
		"ranks alone":          {func(p *yuma.Progress) { *p = yuma.Progress{RankSum: 1} }, "progress of row sums has 0 elements, expected 2"},
		"ranks below 0":        {func(p *yuma.Progress) { p.RankSum = -1 }, "a sum of ranks of -0.0000000002"},
		"ranks above 1":        {func(p *yuma.Progress) { p.RankSum = fixed.One + 1 }, "a sum of ranks of 1.0000000002"},
		"a row sum beyond all": {func(p *yuma.Progress) { p.RowSums[1] = 1 << 32 }, "progress of validator 1 is a sum of scores of 4294967296"},
		"trust below 0":        {func(p *yuma.Progress) { p.Trust[0] = -1 }, "progress of validator 0"},
		"trust above 1":        {func(p *yuma.Progress) { p.Trust[1] = fixed.One + 1 }, "progress of validator 1"},
		"a dividend below 0":   {func(p *yuma.Progress) { p.Dividends[1] = -1 }, "progress of validator 1"},
		"a dividend above 1":   {func(p *yuma.Progress) { p.Dividends[0] = fixed.One + 1 }, "progress of validator 0"},
	}
	var e yuma.Engine
	require.NoError(t, e.Begin(standard, []uint64{1, 1}, nil, good()))
	require.Equal(t, good(), e.Progress())
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := good()
			c.change(&p)
			err := e.Begin(standard, []uint64{1, 1}, nil, p)
			require.ErrorIs(t, err, yuma.ErrShape)
			require.ErrorContains(t, err, c.text)
		})
	}
}

func TestPassesRefuseTilesThatDoNotFit(t *testing.T) {
	var e yuma.Engine
	require.NoError(t, e.Begin(standard, []uint64{1, 1}, nil, yuma.Progress{}))
	bad := yuma.Tile{Columns: 2, Scores: yuma.Matrix{Values: make([]uint16, 3)}}
	require.ErrorIs(t, e.SumRows(bad), yuma.ErrShape)
	_, err := e.Agree(bad)
	require.ErrorIs(t, err, yuma.ErrShape)
	_, err = e.Bond(bad, yuma.Agreement{})
	require.ErrorIs(t, err, yuma.ErrShape)
	good := yuma.Tile{Columns: 2, Scores: yuma.Matrix{Values: make([]uint16, 4)}}
	for _, a := range []yuma.Agreement{
		{Consensus: make([]fixed.Q32, 1), Rank: make([]fixed.Q32, 2)}, {Consensus: make([]fixed.Q32, 2), Rank: make([]fixed.Q32, 1)},
	} {
		_, err = e.Bond(good, a)
		require.ErrorIs(t, err, yuma.ErrShape)
		require.ErrorContains(t, err, "agreement has 1 elements, expected 2")
	}
}

func TestBadParamsAreRefused(t *testing.T) {
	cases := map[string]struct {
		change func(*yuma.Params)
		text   string
	}{
		"no rule":           {func(p *yuma.Params) { p.Rule = 0 }, "rule is 0"},
		"an unknown rule":   {func(p *yuma.Params) { p.Rule = 4 }, "rule is 4"},
		"kappa above one":   {func(p *yuma.Params) { p.Kappa = fixed.One + 1 }, "kappa is 1.0000000002"},
		"penalty below 0":   {func(p *yuma.Params) { p.BondPenalty = -fixed.One }, "bond penalty is -1"},
		"average above one": {func(p *yuma.Params) { p.BondsMovingAverage = 2 * fixed.One }, "bonds moving average is 2"},
		"alpha below 0":     {func(p *yuma.Params) { p.LiquidAlpha.Lo = -fixed.One }, "liquid alpha's lower bound is -1"},
		"alpha above one":   {func(p *yuma.Params) { p.LiquidAlpha.Hi = 2 * fixed.One }, "liquid alpha's upper bound is 2"},
		"alpha falls":       {func(p *yuma.Params) { p.LiquidAlpha.Lo = 1 }, "expected them to rise"},
		"liquid alpha with rule YUMA2": {func(p *yuma.Params) {
			p.Rule, p.LiquidAlpha.Enabled = yuma.YUMA2, true
		}, "needs rule YUMA3"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := standard
			c.change(&p)
			var e yuma.Engine
			out, err := e.Run(p, yuma.Input{})
			require.ErrorIs(t, err, yuma.ErrParams)
			require.ErrorContains(t, err, c.text)
			require.Equal(t, yuma.Output{}, out)
		})
	}
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
