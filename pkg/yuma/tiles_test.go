// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// span is the columns [from, to) of an epoch.
type span struct{ from, to int }

// spans cuts columns into tiles.
func (c *choices) spans(columns int) []span {
	var out []span
	width := one(c, 1+c.n(8), 1+c.n(64), columns+1, 0)
	for from := 0; from < columns; {
		to := from + width
		if width == 0 {
			to = from + c.n(9)
		}
		to = min(to, columns)
		out = append(out, span{from, to})
		from = to
	}
	return out
}

// shuffle is an order of tiles.
func (c *choices) shuffle(of []span) []span {
	out := slices.Clone(of)
	for i := len(out) - 1; i > 0; i-- {
		j := c.n(i + 1)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// tile cuts a dense epoch, in either layout.
func (c *choices) tile(in yuma.Input, s span) yuma.Tile {
	part := yuma.Input{Validators: in.Validators, Contributions: s.to - s.from}
	part.Scores.Values = cut(in.Scores.Values, in.Validators, in.Contributions, s)
	part.Bonds.Values = cut(in.Bonds.Values, in.Validators, in.Contributions, s)
	if c.flip() {
		part = compressed(part, c.someZeros())
	}
	tile := yuma.Tile{Columns: part.Contributions, Scores: part.Scores, Bonds: part.Bonds}
	if in.Assigned != nil {
		words := coverage.Words(in.Validators)
		tile.Assigned = append([]uint64{}, in.Assigned[s.from*words:s.to*words]...)
	}
	return tile
}

// someZeros says which zeros a compressed matrix writes down.
func (c *choices) someZeros() func(i, j int) bool {
	switch c.n(3) {
	case 0:
		return nil
	case 1:
		return func(int, int) bool { return true }
	default:
		return func(int, int) bool { return c.flip() }
	}
}

func cut(values []uint16, rows, columns int, s span) []uint16 {
	if values == nil {
		return nil
	}
	out := make([]uint16, 0, rows*(s.to-s.from))
	for i := range rows {
		out = append(out, values[i*columns+s.from:i*columns+s.to]...)
	}
	return out
}

// inTiles computes a dense epoch in three passes over tiles, each pass in an order of its own,
// each tile by one of two engines that hand the epoch over to each other.
func (c *choices) inTiles(t require.TestingT, p yuma.Params, in yuma.Input) yuma.Output {
	var engines [2]yuma.Engine
	e := &engines[0]
	require.NoError(t, e.Begin(p, in.Power, in.Active, yuma.Progress{}))
	handOver := func() {
		if c.flip() {
			progress := e.Progress()
			e = &engines[c.n(2)]
			require.NoError(t, e.Begin(p, in.Power, in.Active, progress))
		}
	}
	spans := c.spans(in.Contributions)
	for _, s := range c.shuffle(spans) {
		handOver()
		require.NoError(t, e.SumRows(c.tile(in, s)))
	}
	out := yuma.Output{
		Consensus: make([]fixed.Q32, in.Contributions), Incentive: make([]fixed.Q32, in.Contributions),
		Quality: make([]uint16, in.Contributions),
	}
	ranks := make([]fixed.Q32, in.Contributions)
	for _, s := range c.shuffle(spans) {
		handOver()
		a, err := e.Agree(c.tile(in, s))
		require.NoError(t, err)
		copy(out.Consensus[s.from:s.to], a.Consensus)
		copy(ranks[s.from:s.to], a.Rank)
		copy(out.Quality[s.from:s.to], a.Quality)
	}
	out.Bonds.Values = make([]uint16, in.Validators*in.Contributions)
	for _, s := range c.shuffle(spans) {
		handOver()
		a := yuma.Agreement{Consensus: out.Consensus[s.from:s.to], Rank: ranks[s.from:s.to], Quality: out.Quality[s.from:s.to]}
		b, err := e.Bond(c.tile(in, s), a)
		require.NoError(t, err)
		copy(out.Incentive[s.from:s.to], b.Incentive)
		width := s.to - s.from
		for i, bonds := 0, expand(b.Bonds, in.Validators, width); i < in.Validators; i++ {
			copy(out.Bonds.Values[i*in.Contributions+s.from:], bonds[i*width:(i+1)*width])
		}
	}
	handOver()
	trust, dividends := e.Finish()
	out.Trust, out.Dividends = slices.Clone(trust), slices.Clone(dividends)
	return out
}
