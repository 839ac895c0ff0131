// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
)

func TestNormalDeviatesHaveTheMomentsTheyShould(t *testing.T) {
	const draws = 1 << 20
	source := sim.NewSource(1, 2)
	var mean, square, fourth float64
	for range draws {
		z := float64(source.Normal()) / 65536
		mean, square, fourth = mean+z, square+z*z, fourth+z*z*z*z
	}
	require.InDelta(t, 0, mean/draws, 0.005)
	require.InDelta(t, 1, square/draws, 0.005)
	// The sum of twelve uniforms has a fourth moment of 3 - 6/5/12.
	require.InDelta(t, 2.9, fourth/draws, 0.03)
}

func TestTheFirstDrawsOfASeedNeverChange(t *testing.T) {
	source := sim.NewSource(7, 9)
	var got []int64
	for range 4 {
		got = append(got, source.Normal())
	}
	require.Equal(t, []int64{69462, 20798, 14950, -37550}, got)
}

func TestAFigureHoldsItsMeanBetweenItsBounds(t *testing.T) {
	source := sim.NewSource(3, 4)
	inside := 0
	for range 400 {
		values := make([]float64, 50)
		for i := range values {
			values[i] = float64(source.Normal()) / 65536
		}
		f := sim.NewFigure(values)
		require.LessOrEqual(t, f.Low, f.Mean)
		require.LessOrEqual(t, f.Mean, f.High)
		if f.High >= 0 {
			inside++
		}
	}
	require.InDelta(t, 0.95, float64(inside)/400, 0.04, "the true mean is below the upper bound 95 times in 100")
	require.True(t, math.IsNaN(sim.NewFigure(nil).Mean))
}
