// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/yuma"
)

// assigning draws an epoch in which columns are assigned: to all, to some as they come, or as they are dealt.
func (c *choices) assigning(validators, contributions int) (yuma.Params, yuma.Input) {
	p, in := c.params(), c.input(validators, contributions)
	p.Rule, p.ScoreRule = yuma.YUMA3, yuma.Median
	in.Assigned = coverage.Everybody(in.Validators, in.Contributions)
	words := coverage.Words(in.Validators)
	switch c.n(3) {
	case 0:
	case 1:
		for i := range in.Validators {
			for j := range in.Contributions {
				if c.flip() {
					in.Assigned[j*words+i/64] &^= 1 << (i % 64)
				}
			}
		}
	default:
		deal := coverage.Deal{Seed: [32]byte{byte(c.n(256))}, Validators: in.Validators, Each: 1 + c.n(in.Validators+1)}
		dealt, err := new(coverage.Dealer).Part(deal, 0, in.Contributions)
		if err != nil {
			panic(err)
		}
		in.Assigned = dealt
	}
	return p, onlyAssigned(in)
}

// onlyAssigned takes the scores away that nobody asked for.
func onlyAssigned(in yuma.Input) yuma.Input {
	in.Scores.Values = slices.Clone(in.Scores.Values)
	for i := range in.Validators {
		for j := range in.Contributions {
			if !isAssigned(in, i, j) {
				in.Scores.Values[i*in.Contributions+j] = 0
			}
		}
	}
	return in
}

func requireAssigned(t require.TestingT, engine *yuma.Engine, c *choices, validators, contributions int) {
	p, in := c.assigning(validators, contributions)
	before := clone(in)
	out, err := engine.Run(p, in)
	require.NoError(t, err)
	requireSame(t, integerEpoch(p, in), out, in)
	require.Equal(t, before, in, "the input is not changed")
	requireLayouts(t, engine, c, p, in, keep(out))
}

func TestAssignedEpochsEqualTheWrittenSteps(t *testing.T) {
	var e yuma.Engine
	rapid.Check(t, func(t *rapid.T) {
		requireAssigned(t, &e, choicesOf(anyBytes.Draw(t, "choices")), 16, 65)
	})
}

func FuzzAssignedEpochsEqualTheWrittenSteps(f *testing.F) {
	f.Add([]byte("an epoch"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var e yuma.Engine
		requireAssigned(t, &e, choicesOf(data), 70, 300)
	})
}

func TestEverythingForEverybodyIsTheSameAsNothingSaid(t *testing.T) {
	var e yuma.Engine
	rapid.Check(t, func(t *rapid.T) {
		c := choicesOf(anyBytes.Draw(t, "choices"))
		p, in := c.params(), c.input(16, 65)
		p.Rule, p.ScoreRule = yuma.YUMA3, yuma.Median
		out, err := e.Run(p, in)
		require.NoError(t, err)
		want := keep(out)
		in.Assigned = coverage.Everybody(in.Validators, in.Contributions)
		requireLayouts(t, &e, c, p, in, want)
	})
}

func TestQualityAloneIsThatOfTheEpoch(t *testing.T) {
	var e yuma.Engine
	rapid.Check(t, func(t *rapid.T) {
		c := choicesOf(anyBytes.Draw(t, "choices"))
		p, in := c.assigning(16, 65)
		if c.flip() {
			in.Assigned = nil
		}
		out, err := e.Run(p, in)
		require.NoError(t, err)
		want := slices.Clone(out.Quality)
		for _, s := range c.spans(in.Contributions) {
			got, err := e.Quality(c.tile(in, s))
			require.NoError(t, err)
			require.Equal(t, want[s.from:s.to], append([]uint16{}, got...))
		}
	})
}

func TestABondInWhatWasNotAssignedStays(t *testing.T) {
	const validators, contributions = 3, 65_536 / 3
	in := yuma.Input{Validators: validators, Contributions: contributions, Power: []uint64{1, 1, 1}}
	in.Scores.Values, in.Bonds.Values = make([]uint16, validators*contributions), make([]uint16, validators*contributions)
	for at := range in.Bonds.Values {
		in.Bonds.Values[at] = uint16(at)
	}
	in.Assigned = make([]uint64, contributions)
	p := standard
	p.ScoreRule = yuma.Median
	var e yuma.Engine
	for _, epoch := range []yuma.Input{in, compressed(in, nil)} {
		out, err := e.Run(p, epoch)
		require.NoError(t, err)
		require.Equal(t, in.Bonds.Values, expand(out.Bonds, validators, contributions))
	}
}

func TestWhatSkipsItsColumnLosesItsBondAndWhoWasNotAskedDoesNot(t *testing.T) {
	in := yuma.Input{
		Validators: 3, Contributions: 1, Power: []uint64{1, 1, 1},
		Scores: yuma.Matrix{Values: []uint16{100, 0, 0}}, Bonds: yuma.Matrix{Values: []uint16{40_000, 40_000, 40_000}},
		Assigned: []uint64{0b011},
	}
	p := standard
	p.ScoreRule = yuma.Median
	out, err := new(yuma.Engine).Run(p, in)
	require.NoError(t, err)
	require.Equal(t, uint16(100), out.Quality[0], "of two that were asked, one is half of the power")
	require.Greater(t, out.Bonds.Values[0], uint16(40_000))
	require.Less(t, out.Bonds.Values[1], uint16(40_000))
	require.Equal(t, uint16(40_000), out.Bonds.Values[2])
}

func TestColumnsAreAssignedUnderTheRulesThatAllowIt(t *testing.T) {
	in := yuma.Input{Validators: 2, Contributions: 1, Power: []uint64{1, 1}, Scores: yuma.Matrix{Values: []uint16{1, 0}}, Assigned: []uint64{1}}
	for _, rules := range []yuma.Params{{Rule: yuma.YUMA2, ScoreRule: yuma.Median}, {Rule: yuma.YUMA3, ScoreRule: yuma.ClippedSum}} {
		_, err := new(yuma.Engine).Run(rules, in)
		require.ErrorIs(t, err, yuma.ErrParams)
		require.ErrorContains(t, err, "expected YUMA3 (3) and Median (1)")
	}
	for name, words := range map[string][]uint64{"too few words": {}, "too many": {1, 1}, "a third validator": {4}} {
		in.Assigned = words
		_, err := new(yuma.Engine).Run(yuma.Params{Rule: yuma.YUMA3, ScoreRule: yuma.Median}, in)
		require.ErrorIs(t, err, yuma.ErrShape, name)
	}
}

// BenchmarkAssigned is an epoch in which a column is assigned to 8 validators, beside one in which they are assigned to all,
// in nanoseconds a cell that somebody was asked for.
func BenchmarkAssigned(b *testing.B) {
	for _, size := range []struct{ contributions, validators int }{{256, 64}, {4096, 256}} {
		for name, each := range map[string]int{"8 each": 8, "all": 0} {
			b.Run(fmt.Sprintf("%dx%d/%s", size.contributions, size.validators, name), func(b *testing.B) {
				in := randomInput(size.validators, size.contributions, 1)
				dealt, err := new(coverage.Dealer).Part(coverage.Deal{Validators: size.validators, Each: each}, 0, size.contributions)
				require.NoError(b, err)
				in.Assigned = dealt
				cells := size.contributions * size.validators
				if in = onlyAssigned(in); each > 0 {
					in, cells = compressed(in, nil), size.contributions*each
				}
				p := standard
				p.ScoreRule = yuma.Median
				var e yuma.Engine
				for b.Loop() {
					if _, err := e.Run(p, in); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
			})
		}
	}
}
