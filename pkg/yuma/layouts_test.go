// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/yuma"
)

// compress is a dense matrix by rows; zeros are left out unless kept says otherwise, nil being
// none.
func compress(m yuma.Matrix, rows, columns int, kept func(i, j int) bool) yuma.Matrix {
	if m.Values == nil {
		return m
	}
	out := yuma.Matrix{Starts: make([]int, 1, rows+1)}
	for i := range rows {
		for j := range columns {
			if v := m.Values[i*columns+j]; v != 0 || kept != nil && kept(i, j) {
				out.Values, out.Columns = append(out.Values, v), append(out.Columns, uint16(j))
			}
		}
		out.Starts = append(out.Starts, len(out.Values))
	}
	return out
}

// expand is a matrix of either layout, dense.
func expand(m yuma.Matrix, rows, columns int) []uint16 {
	if m.Starts == nil {
		return m.Values
	}
	out := make([]uint16, rows*columns)
	for i := range rows {
		for at := m.Starts[i]; at < m.Starts[i+1]; at++ {
			out[i*columns+int(m.Columns[at])] = m.Values[at]
		}
	}
	return out
}

// compressed is an epoch in the other layout.
func compressed(in yuma.Input, kept func(i, j int) bool) yuma.Input {
	in.Scores = compress(in.Scores, in.Validators, in.Contributions, kept)
	if in.Scores.Starts == nil { // no scores at all, dense
		in.Scores.Starts = make([]int, in.Validators+1)
	}
	in.Bonds = compress(in.Bonds, in.Validators, in.Contributions, kept)
	return in
}

func requireSame(t require.TestingT, want, got yuma.Output, in yuma.Input) {
	require.Equal(t, want.Consensus, got.Consensus, "consensus")
	require.Equal(t, want.Incentive, got.Incentive, "incentive")
	require.Equal(t, want.Quality, got.Quality, "quality")
	require.Equal(t, want.Trust, got.Trust, "trust")
	require.Equal(t, want.Dividends, got.Dividends, "dividends")
	require.Equal(t, expand(want.Bonds, in.Validators, in.Contributions), expand(got.Bonds, in.Validators, in.Contributions), "bonds")
}

// requireSameCompressed runs a dense epoch compressed, too.
func requireSameCompressed(t require.TestingT, p yuma.Params, in yuma.Input, want yuma.Output) {
	var e yuma.Engine
	got, err := e.Run(p, compressed(in, nil))
	require.NoError(t, err)
	requireSame(t, want, got, in)
}
