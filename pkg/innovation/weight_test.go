// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/innovation"
)

func TestAWeightIsAScoreOverTheSumOfItsRowFloored(t *testing.T) {
	check := func(t require.TestingT, score uint16, sum uint64) {
		require.Equal(t, uint32(min(uint64(score)<<32/sum, math.MaxUint32)), innovation.Weight(score, sum), "%d of %d", score, sum)
	}
	for _, score := range []uint16{0, 1, 2, 3, 32_768, 65_534, 65_535} {
		for _, more := range []uint64{0, 1, 2, 65_535, 1 << 31, 65_536*65_535 - 65_535} {
			check(t, score, max(uint64(score)+more, 1))
		}
	}
	require.Zero(t, innovation.Weight(0, 0))
	rapid.Check(t, func(t *rapid.T) {
		score := rapid.Uint16().Draw(t, "score")
		check(t, score, max(1, uint64(score)+rapid.Uint64Max(1<<rapid.IntRange(0, 31).Draw(t, "bits")).Draw(t, "more")))
	})
}
