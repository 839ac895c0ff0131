// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/frontier"
)

const day = 86_400

func TestHoldersArePaidForWhatTheyAddedAndForWhatIsNearTheTop(t *testing.T) {
	p := frontier.DefaultParams()
	p.Par, p.Depth = 4_000, 2_000
	s := frontier.State{Segments: []frontier.Segment{
		{Lo: 0, Hi: 1_000, ID: 5, Time: 0},
		{Lo: 1_000, Hi: 3_000, ID: 3, Time: 30 * day},
		{Lo: 3_000, Hi: 4_000, ID: 5, Time: 60 * day},
	}}
	part := func(q fixed.Q32) float64 { return float64(q) / float64(fixed.One) }
	// After 60 days the stocks are 250, 1000 and 1000, of a par of 4000; the last 2000 units are half and
	// half.
	shares := s.Shares(p, 60*day)
	require.Len(t, shares, 2)
	require.Equal(t, uint64(3), shares[0].ID)
	require.InDelta(t, 0.7*1_000/4_000, part(shares[0].Stock), 1e-8)
	require.InDelta(t, 0.3*0.5, part(shares[0].Depth), 1e-8)
	require.InDelta(t, 0.7*1_250/4_000, part(shares[1].Stock), 1e-8)
	require.InDelta(t, 0.3*0.5, part(shares[1].Depth), 1e-8)
	require.Equal(t, shares[1].Stock+shares[1].Depth, shares[1].Total())

	p.Par = 1_000
	shares = s.Shares(p, 60*day)
	require.InDelta(t, 0.7*1_000/2_250, part(shares[0].Stock), 1e-8, "above par they share")

	later := s.Shares(p, 600*day)
	require.Less(t, part(later[0].Stock), 1e-4, "a topic that stands still pays less and less of the first stream")
	require.Equal(t, shares[0].Depth, later[0].Depth, "and all of the second")
	require.Empty(t, (&frontier.State{}).Shares(p, 0))
}

func TestSharesNeverAddUpToMoreThanAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := frontier.DefaultParams()
		p.Par, p.Depth = rapid.Uint32Range(1, 65_535).Draw(t, "par"), rapid.Uint32Range(1, 65_535).Draw(t, "depth")
		p.Stock = fixed.Q32(rapid.Int64Range(0, int64(fixed.One)).Draw(t, "stock"))
		var s frontier.State
		top := uint32(0)
		for range rapid.IntRange(0, 20).Draw(t, "segments") {
			lo := top + rapid.Uint32Max(500).Draw(t, "gap")
			top = lo + rapid.Uint32Range(1, 5_000).Draw(t, "gain")
			s.Segments = append(s.Segments, frontier.Segment{
				Lo: lo, Hi: top, ID: rapid.Uint64Max(6).Draw(t, "id"), Time: rapid.Uint64Max(1<<40).Draw(t, "time"),
				Ended: rapid.Bool().Draw(t, "ended"),
			})
		}
		sum, last := fixed.Q32(0), int64(-1)
		for _, share := range s.Shares(p, rapid.Uint64Max(1<<40).Draw(t, "now")) {
			require.Greater(t, int64(share.ID), last, "each holder once, by id")
			require.GreaterOrEqual(t, min(share.Stock, share.Depth), fixed.Q32(0))
			last = int64(share.ID)
			sum += share.Total()
		}
		require.LessOrEqual(t, sum, fixed.One)
	})
}
