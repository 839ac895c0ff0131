// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

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
		"a new score rule":  {func(p *yuma.Params) { p.ScoreRule = 2 }, "score rule is 2"},
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
