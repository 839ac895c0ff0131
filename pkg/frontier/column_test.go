// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/frontier"
)

func TestAQuantileIsTheLargestValueWithEnoughPowerBehindIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "ballots")
		span := rapid.SampledFrom([]int64{0, 1, 100, 131_070, 1 << 22}).Draw(t, "span")
		values, power, total := make([]int64, n), make([]uint64, n), uint64(0)
		for i := range values {
			values[i] = rapid.Int64Range(-span, span).Draw(t, "value")
			power[i] = rapid.Uint64Max(1<<20).Draw(t, "power")
			total += power[i]
		}
		kappa := rapid.SampledFrom([]fixed.Q32{1, fixed.Half, fixed.FromBasisPoints(6_000), fixed.One}).Draw(t, "kappa")
		got, any := frontier.Supported(kappa, values, power)
		require.Equal(t, total > 0, any)
		best := int64(-1 << 62)
		for i, v := range values {
			support := uint64(0)
			for k, other := range values {
				if other >= v {
					support += power[k]
				}
			}
			if power[i] > 0 && support<<32 >= total*uint64(kappa) {
				best = max(best, v)
			}
		}
		if any {
			require.Equal(t, best, got)
		}
	})
}
