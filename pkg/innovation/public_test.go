// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
)

func TestAveragesOfTheYoungAreMeansAndOfTheOldMoveByTheirRate(t *testing.T) {
	p := innovation.DefaultParams()
	shares := func() []fixed.Q32 { return []fixed.Q32{innovation.NewShare(2), innovation.NewShare(2)} }
	public := innovation.Public{Last: shares(), Fast: shares(), Slow: shares()}
	of := func(bp uint32) []fixed.Q32 {
		return []fixed.Q32{fixed.FromBasisPoints(bp), fixed.FromBasisPoints(10_000 - bp)}
	}
	near := func(want uint32, got fixed.Q32) {
		t.Helper()
		require.InDelta(t, float64(want), float64(got)*10_000/float64(fixed.One), 0.01)
	}
	for k, step := range []struct{ consensus, fast, slow uint32 }{
		{9_000, 9_000, 9_000}, // the first is all that is known
		{3_000, 6_000, 6_000},
		{3_000, 5_000, 5_000},
	} {
		p.Publish(public, []uint32{uint32(k), uint32(k)}, of(step.consensus), fixed.One)
		near(step.consensus, public.Last[0])
		near(step.fast, public.Fast[0])
		near(step.slow, public.Slow[0])
	}
	p.Publish(public, []uint32{100, 100}, of(1_000), fixed.One)
	near(4_200, public.Fast[0]) // 5000 + (1000 - 5000)/5
	near(4_800, public.Slow[0]) // 5000 + (1000 - 5000)/20
}

func TestNothingIsPublishedWithoutAConsensus(t *testing.T) {
	public := innovation.Public{Last: []fixed.Q32{7}, Fast: []fixed.Q32{8}, Slow: []fixed.Q32{9}}
	innovation.DefaultParams().Publish(public, []uint32{0}, []fixed.Q32{0}, 0)
	require.Equal(t, innovation.Public{Last: []fixed.Q32{7}, Fast: []fixed.Q32{8}, Slow: []fixed.Q32{9}}, public)
}
