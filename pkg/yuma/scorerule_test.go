// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// A cabal with 40% of the power gives its own contribution, the last, all that it has. Honest
// validators measured all three alike.
func TestTheMedianPaysACabalForWhatTheOthersSeeInItsContribution(t *testing.T) {
	in := yuma.Input{
		Validators: 2, Contributions: 3, Power: []uint64{60, 40},
		Scores: yuma.Matrix{Values: []uint16{20_000, 20_000, 20_000, 0, 0, 60_000}},
	}
	var e yuma.Engine
	clipped := standard
	out, err := e.Run(clipped, in)
	require.NoError(t, err)
	require.InDelta(t, 0.4545, float64(out.Incentive[2])/float64(fixed.One), 0.001, "a third becomes 1/(0.6 + 0.6 + 1)")

	median := clipped
	median.ScoreRule = yuma.Median
	out, err = e.Run(median, in)
	require.NoError(t, err)
	require.Equal(t, fixed.Norm(out.Consensus), out.Incentive)
	require.InDelta(t, 1.0/3, float64(out.Incentive[2])/float64(fixed.One), 1e-9)
}

// Three groups that agree in pairs: the medians add up to more than 1, and so does what a tiled
// epoch has to hand over.
func TestMediansThatAddUpToMoreThanOneAreHandedOver(t *testing.T) {
	in := yuma.Input{
		Validators: 3, Contributions: 3, Power: []uint64{1, 1, 1},
		Scores: yuma.Matrix{Values: []uint16{1, 1, 0, 1, 0, 1, 0, 1, 1}},
	}
	p := standard
	p.ScoreRule = yuma.Median
	var e, next yuma.Engine
	tile := yuma.Tile{Columns: 3, Scores: in.Scores}
	require.NoError(t, e.Begin(p, in.Power, nil, yuma.Progress{}))
	require.NoError(t, e.SumRows(tile))
	agreement, err := e.Agree(tile)
	require.NoError(t, err)
	require.Equal(t, fixed.One+fixed.Half, e.Progress().RankSum)
	require.NoError(t, next.Begin(p, in.Power, nil, e.Progress()))
	bonding, err := next.Bond(tile, agreement)
	require.NoError(t, err)
	require.Equal(t, fixed.Norm([]fixed.Q32{1, 1, 1}), bonding.Incentive)
	require.ErrorIs(t, next.Begin(standard, in.Power, nil, e.Progress()), yuma.ErrShape, "clipped weights cannot add up to that")
}
