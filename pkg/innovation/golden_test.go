// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"
)

// counted is an epoch that is made of whole numbers alone.
func counted(validators, contributions int) innovation.Input {
	in := innovation.Input{Tile: innovation.Tile{Columns: contributions}}
	state := uint64(1)
	next := func(n uint64) uint64 {
		state = state*6_364_136_223_846_793_005 + 1_442_695_040_888_963_407
		return state >> 33 % n
	}
	for range contributions {
		in.Public.Last = append(in.Public.Last, fixed.Q32(next(1<<25)+1<<24))
		in.Public.Fast = append(in.Public.Fast, fixed.Q32(next(1<<24)+1<<24))
		in.Public.Slow = append(in.Public.Slow, fixed.Q32(next(1<<23)+1<<24))
	}
	for i := range validators {
		in.Power = append(in.Power, uint64(100+i*i))
		for j := range contributions {
			in.Scores.Values = append(in.Scores.Values, uint16(20_000+(j*7_919)%30_000+int(next(uint64(500+2_000*i)))))
		}
	}
	return in
}

// The bits are the same on every processor.
func TestTheBitsOfAnEpoch(t *testing.T) {
	var e innovation.Engine
	x, err := e.Run(innovation.DefaultParams(), counted(7, 50))
	require.NoError(t, err)
	require.Equal(t, []fixed.Q32{4248905006, 4176722051, 4223076231, 3789767339, 4138065281, 4117007959, 3755873332}, x)
}

// Who is assigned everything takes the other way to its medians, and to the same end.
func TestToBeAssignedEverythingIsToBeAssignedNothing(t *testing.T) {
	var e, other innovation.Engine
	p := innovation.DefaultParams()
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 70).Draw(t, "validators"), rapid.IntRange(1, 8).Draw(t, "contributions")
		in := innovation.Input{Tile: innovation.Tile{Columns: m, Scores: yuma.Matrix{Values: rapid.SliceOfN(rapid.Uint16(), n*m, n*m).Draw(t, "scores")}}}
		in.Power = rapid.SliceOfN(rapid.Uint64Max(math.MaxUint64/128), n, n).Draw(t, "power")
		share := rapid.Map(rapid.Int64Range(0, int64(fixed.One)/4), func(v int64) fixed.Q32 { return fixed.Q32(v) })
		for _, to := range []*[]fixed.Q32{&in.Public.Last, &in.Public.Fast, &in.Public.Slow} {
			*to = rapid.SliceOfN(share, m, m).Draw(t, "shares")
		}
		want, err := e.Run(p, in)
		require.NoError(t, err)
		in.Assigned = make([]uint64, m*innovation.Words(n))
		for j := range m {
			for i := range n {
				in.Assigned[j*innovation.Words(n)+i/64] |= 1 << (i % 64)
			}
		}
		got, err := other.Run(p, in)
		require.NoError(t, err)
		require.Equal(t, want, got)
		for _, x := range got {
			require.LessOrEqual(t, max(x, -x), fixed.One)
		}
	})
}
