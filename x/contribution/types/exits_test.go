// SPDX-License-Identifier: Apache-2.0

package types

import (
	"math/bits"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"
)

// drawn is a set of n places, all beyond their immunity.
func drawn(n int) ActiveSet {
	r := rand.New(rand.NewSource(1)) //nolint:gosec // a test that repeats itself
	set := ActiveSet{TopicId: 1, Entries: make([]ActiveEntry, n)}
	for i := range set.Entries {
		set.Entries[i] = ActiveEntry{Id: uint64(3*i + 1), ActivatedEpoch: uint64(r.Intn(100)), ScoredEpochs: 9, SmoothedIncentive: uint64(r.Intn(1 << 20))}
	}
	return set
}

func TestToReplaceAPlaceTakesTheLogarithmOfTheirNumber(t *testing.T) {
	for _, n := range []int{16, 256, 4_096, 65_536} {
		exits := drawn(n).exits(1, 0)
		require.LessOrEqual(t, exits.comparisons, 2*n, "one pass over the set")
		for range 8 {
			before := exits.comparisons
			exits.next()
			require.LessOrEqual(t, exits.comparisons-before, 2*bits.Len(uint(n)), "%d places", n)
		}
	}
}

func BenchmarkSet(b *testing.B) {
	for _, n := range []int{256, 65_536} {
		set := drawn(n)
		ids, incentive, packed := set.IDs(), make([]uint64, n), set.Pack()
		b.Run(map[int]string{256: "256", 65_536: "65536"}[n], func(b *testing.B) {
			b.Run("begin an epoch that replaces 8", func(b *testing.B) {
				ready := []uint64{1 << 40, 1<<40 + 1, 1<<40 + 2, 1<<40 + 3, 1<<40 + 4, 1<<40 + 5, 1<<40 + 6, 1<<40 + 7}
				for b.Loop() {
					s, err := UnpackActiveSet(packed)
					require.NoError(b, err)
					require.Len(b, s.Open(ready, n, 1, 2, 0).Evicted, 8)
					_ = s.Pack()
				}
			})
			b.Run("end an epoch", func(b *testing.B) {
				b.ReportMetric(float64(len(packed))/float64(n), "bytes/place")
				for b.Loop() {
					s, err := UnpackActiveSet(packed)
					require.NoError(b, err)
					_, err = s.Score(ids, incentive, 2_000)
					require.NoError(b, err)
					_ = s.Pack()
				}
			})
		})
	}
}
