// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/frontier"
)

func TestTheNoiseIsTheMedianChangeOfWhatDoesNotChange(t *testing.T) {
	p := frontier.DefaultParams()
	p.Baseline = 1_000
	var m frontier.Machine
	observe := func(epoch uint64, scores ...uint16) {
		_, err := m.Begin(p, frontier.Epoch{Number: epoch, IDs: []uint64{1, 2, 3}, Power: []uint64{5}})
		require.NoError(t, err)
		require.NoError(t, m.Observe([]uint64{1, 2, 3}, scores, nil))
		m.Listen()
		m.Listen()
	}
	observe(1, 5_000, 6_000, 7_000)
	require.False(t, m.Noise.Known, "one epoch has no change")
	observe(2, 5_010, 5_980, 7_500)
	require.True(t, m.Noise.Known)
	require.Equal(t, 20*fixed.One, m.Noise.Level, "of 10, 20 and 500")
	observe(3, 5_010, 6_100, 7_700)
	require.InDelta(t, 30, float64(m.Noise.Level)/float64(fixed.One), 1e-6, "a tenth of the way from 20 to 120")
	observe(4, 0, 0, 0)
	require.InDelta(t, 30, float64(m.Noise.Level)/float64(fixed.One), 1e-6, "nobody scored")
	require.Len(t, m.Noise.Gaps, 3, "and what was known is known")
}

func TestTheThresholdIsFourDeviationsOfTheMeanOfAWindow(t *testing.T) {
	for name, c := range map[string]struct {
		noise fixed.Q32
		want  uint32
	}{
		"quiet":  {10, 131},
		"normal": {1_000, 1_329}, // 4 x 1.05 x 1000 / sqrt(10) = 1328.2
	} {
		t.Run(name, func(t *testing.T) {
			k := newTopic(t, 1, 3, 0, 0)
			k.params.NoiseRate = 0
			k.m.Noise.Level, k.m.Noise.Known = c.noise*fixed.One, true
			k.commit(1, "ann", 30_000)
			k.play(10)
			require.Equal(t, c.want, k.last(1).Eps)
		})
	}
}

func TestAnotherReferenceIsNoNoise(t *testing.T) {
	k := newTopic(t, 1, 3, 0, 0)
	k.commit(1, "ann", 30_000)
	k.commit(2, "bob", 29_000)
	k.play(10)
	require.Equal(t, frontier.Recorded, k.verdict(1))
	require.Equal(t, frontier.Small, k.verdict(2))
	k.play(3)
	require.True(t, k.m.Noise.Known)
	require.Zero(t, k.m.Noise.Level, "Bob's fell from 9000 above the baseline to 1000 below Ann's")
}

func TestWhatWasScoredInLessThanHalfOfAWindowIsNoRival(t *testing.T) {
	for late, rivals := range map[int]int{5: 2, 6: 1} {
		k := newTopic(t, 7, 9, 0, 0)
		k.commit(1, "ann", 30_000)
		k.play(10)
		k.commit(3, "eve", 31_000)
		k.play(late)
		k.active = []uint64{1, 2, 3}
		k.truth[2], k.by[2], k.entered = 25_000, "bob", []uint64{2}
		k.play(15)
		require.Len(t, k.last(3).Rivals, rivals, "beside Ann's, which is the reference, one that came %d epochs late", late)
	}
}
