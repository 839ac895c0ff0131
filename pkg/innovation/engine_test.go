// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"
)

// population draws an epoch: a true quality a column, a public consensus of earlier epochs, a shock
// of this epoch that all who measure see, and noise of each one's own. Filled is the part of cells that are scored.
func population(seed uint64, validators, contributions int, filled float64) innovation.Input {
	r := rand.New(rand.NewPCG(seed, 7))
	in := innovation.Input{Tile: innovation.Tile{Columns: contributions}}
	in.Public = innovation.Public{
		Last: make([]fixed.Q32, contributions), Fast: make([]fixed.Q32, contributions), Slow: make([]fixed.Q32, contributions),
	}
	truth, shock := make([]float64, contributions), make([]float64, contributions)
	for j := range truth {
		truth[j], shock[j] = 0.1+0.8*r.Float64(), 0.05*r.NormFloat64()
		for k, to := range []*[]fixed.Q32{&in.Public.Last, &in.Public.Fast, &in.Public.Slow} {
			(*to)[j] = fixed.Q32(truth[j] * (1 + 0.05/float64(k+1)*r.NormFloat64()) * (1 << 32))
		}
	}
	for _, v := range [][]fixed.Q32{in.Public.Last, in.Public.Fast, in.Public.Slow} {
		fixed.NormInPlace(v)
	}
	for range validators {
		in.Power = append(in.Power, 1+r.Uint64N(1000))
		for j := range truth {
			score := truth[j] * (1 + shock[j] + 0.02*r.NormFloat64())
			if r.Float64() > filled {
				score = 0
			}
			in.Scores.Values = append(in.Scores.Values, uint16(max(0, min(1, score))*65535))
		}
	}
	return in
}

// assign leaves each validator about the given part of the cells.
func assign(in innovation.Input, seed uint64, part float64) innovation.Input {
	r := rand.New(rand.NewPCG(seed, 8))
	words := innovation.Words(len(in.Power))
	in.Assigned = make([]uint64, words*in.Columns)
	in.Scores.Values = slices.Clone(in.Scores.Values)
	for j := range in.Columns {
		for i := range in.Power {
			if r.Float64() < part {
				in.Assigned[j*words+i/64] |= 1 << (i % 64)
			} else {
				in.Scores.Values[i*in.Columns+j] = 0
			}
		}
	}
	return in
}

// compressed is the same epoch in the other layout.
func compressed(in innovation.Input) innovation.Input {
	m := yuma.Matrix{Starts: []int{0}}
	for i := range in.Power {
		for j := range in.Columns {
			if v := in.Scores.Values[i*in.Columns+j]; v != 0 {
				m.Values, m.Columns = append(m.Values, v), append(m.Columns, uint16(j))
			}
		}
		m.Starts = append(m.Starts, len(m.Values))
	}
	in.Scores = m
	return in
}

func TestInnovationsAreThoseOfTheDefinition(t *testing.T) {
	var e innovation.Engine
	p := innovation.DefaultParams()
	for seed := range uint64(40) {
		n, m := 2+int(seed%9), 3+int(seed*7%60)
		in := population(seed, n, m, 1-float64(seed%3)/10)
		if seed%4 == 3 {
			in.Active = make([]bool, n)
			for i := range in.Active {
				in.Active[i] = i%3 != 1
			}
		}
		if seed%5 == 4 {
			in = assign(in, seed, 0.7)
		}
		for layout, in := range map[string]innovation.Input{"dense": in, "compressed": compressed(in)} {
			t.Run(fmt.Sprintf("%d, %s", seed, layout), func(t *testing.T) {
				got, err := e.Run(p, in)
				require.NoError(t, err)
				for i, want := range oracle(p, in) {
					require.InDelta(t, want, number(got[i]), 1e-5, "validator %d", i)
				}
			})
		}
	}
}

func TestAnyTilingGivesTheSameBits(t *testing.T) {
	p := innovation.DefaultParams()
	for seed := range uint64(12) {
		in := population(seed, 9, 100, 0.9)
		if seed%2 == 1 {
			in = assign(in, seed, 0.5)
		}
		var whole innovation.Engine
		want, err := whole.Run(p, in)
		require.NoError(t, err)

		r := rand.New(rand.NewPCG(seed, 9))
		var tiles []innovation.Tile
		for from := 0; from < in.Columns; {
			to := min(in.Columns, from+r.IntN(40))
			tiles = append(tiles, cut(in, from, to))
			from = to
		}
		progress := innovation.Progress{RowSums: make([]uint64, 9)}
		for i := range in.Power {
			for _, v := range in.Scores.Values[i*100 : (i+1)*100] {
				progress.RowSums[i] += uint64(v)
			}
		}
		pass := func(step func(*innovation.Engine, innovation.Tile) error) {
			r.Shuffle(len(tiles), func(i, j int) { tiles[i], tiles[j] = tiles[j], tiles[i] })
			for _, tile := range tiles {
				var e innovation.Engine
				require.NoError(t, e.Begin(p, in.Power, in.Active, progress))
				require.NoError(t, step(&e, tile))
				progress = e.Progress()
			}
		}
		pass((*innovation.Engine).SumMedians)
		pass((*innovation.Engine).Compare)
		var last innovation.Engine
		require.NoError(t, last.Begin(p, in.Power, in.Active, progress))
		require.Equal(t, want, last.Finish())
	}
}

// cut is some columns of a dense epoch.
func cut(in innovation.Input, from, to int) innovation.Tile {
	words := innovation.Words(len(in.Power))
	tile := innovation.Tile{Columns: to - from, Public: innovation.Public{
		Last: in.Public.Last[from:to], Fast: in.Public.Fast[from:to], Slow: in.Public.Slow[from:to],
	}}
	for i := range in.Power {
		tile.Scores.Values = append(tile.Scores.Values, in.Scores.Values[i*in.Columns+from:i*in.Columns+to]...)
	}
	if in.Assigned != nil {
		tile.Assigned = in.Assigned[words*from : words*to]
	}
	return tile
}
