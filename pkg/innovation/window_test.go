// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
)

// withoutBruteForce is the largest weight that at least kappa of the power of all but i supports.
func withoutBruteForce(kappa fixed.Q32, power []uint64, weights []uint32, assigned func(int) bool, i int) (best uint32) {
	support := func(at uint32) (s uint64) {
		for k, w := range weights {
			if k != i && assigned(k) && w >= at {
				s += power[k]
			}
		}
		return s
	}
	total := support(0)
	for k, w := range weights {
		if k == i || !assigned(k) || power[k] == 0 {
			continue
		}
		if s := support(w); s<<32 >= total*uint64(kappa) && w > best {
			best = w
		}
	}
	return best
}

func TestMediansOfTheOthersAreThoseOfTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 80).Draw(t, "validators")
		// Sums of power of less than 2^31 keep the oracle's products within 64 bits.
		most := rapid.SampledFrom([]uint64{1, 3, 1 << 24}).Draw(t, "most")
		power, weights := make([]uint64, n), make([]uint32, n)
		span := rapid.SampledFrom([]uint32{0, 1, 5, 1 << 20, 1<<32 - 1}).Draw(t, "span")
		least := rapid.SampledFrom([]uint64{0, 1}).Draw(t, "least")
		for i := range power {
			power[i] = rapid.Uint64Range(least, most).Draw(t, "power")
			weights[i] = 0
			if !rapid.Bool().Draw(t, "nothing") {
				weights[i] = rapid.Uint32Max(span).Draw(t, "weight")
			}
		}
		if n > 0 && rapid.Bool().Draw(t, "a giant") {
			power[rapid.IntRange(0, n-1).Draw(t, "who")] = most * uint64(rapid.IntRange(0, 40).Draw(t, "size"))
		}
		kappa := rapid.SampledFrom([]fixed.Q32{fixed.Half, 1, fixed.FromBasisPoints(6_700), fixed.One}).Draw(t, "kappa")
		all := func(int) bool { return true }
		got := innovation.MediansOfOthers(kappa, power, weights, nil)
		words := make([]uint64, innovation.Words(n))
		for i := range n {
			require.Equal(t, withoutBruteForce(kappa, power, weights, all, i), got[i], "validator %d", i)
			if rapid.Bool().Draw(t, "assigned") {
				words[i/64] |= 1 << (i % 64)
			}
		}
		assigned := func(i int) bool { return words[i/64]>>(i%64)&1 == 1 }
		some := innovation.MediansOfOthers(kappa, power, weights, words)
		for i := range n {
			median, member := some[i]
			require.Equal(t, assigned(i), member)
			if member {
				require.Equal(t, withoutBruteForce(kappa, power, weights, assigned, i), median, "validator %d of those assigned", i)
			}
		}
	})
}

// Two groups far apart, each of weights close together: no bucket can be left out, and each end is sought
// on its own.
func TestMediansBetweenTwoGroupsAreThoseOfTheDefinition(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := 30 + r.IntN(60)
		power, weights := make([]uint64, n), make([]uint32, n)
		for i := range power {
			power[i], weights[i] = 1+r.Uint64N(20), 1_000+r.Uint32N(60)
			if i%2 == 0 {
				weights[i] += 1 << 30
			}
		}
		got := innovation.MediansOfOthers(fixed.Half, power, weights, nil)
		for i := range n {
			want := withoutBruteForce(fixed.Half, power, weights, func(int) bool { return true }, i)
			require.Equal(t, want, got[i], "seed %d, validator %d", seed, i)
		}
	}
}
