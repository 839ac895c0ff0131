// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
)

// TestTheFilterIsTheOneThatWasProven: the polynomials decide no result, as whatever they are not certain of is computed in
// full; but the proof that they are certain rightly was made for these bits, so a change of them is a new proof.
func TestTheFilterIsTheOneThatWasProven(t *testing.T) {
	hash := sha256.New()
	for _, k := range knots() {
		require.NoError(t, binary.Write(hash, binary.BigEndian, k))
	}
	require.Equal(t, "391f7736e4ea6abc", hex.EncodeToString(hash.Sum(nil)[:8]), "the polynomials")

	hash = sha256.New()
	random := rand.New(rand.NewPCG(1, 2))
	certain := 0
	const draws = 200_000
	for range draws {
		x := uint64(firstKnot)<<placeBits + random.Uint64N((lastKnot-firstKnot)<<placeBits)
		rise, sure := knots()[place(x)].rise(x)
		if sure {
			certain++
		}
		hash.Write(binary.BigEndian.AppendUint64(nil, rise))
	}
	require.Equal(t, "f983d276a65c4b69", hex.EncodeToString(hash.Sum(nil)[:8]), "what they say")
	require.Equal(t, 198856, certain, "of %d, how many are certain", draws)
	require.Equal(t, []int{3 << 8, 20 << 8, 17<<8 + 1, 1 << 24}, []int{firstKnot, lastKnot, knotCount, knotSpacing})
}

// TestAnAlphaIsThePublishedOneAtEveryEdgeOfTheFilter compares both ways around each end of what the polynomials cover, and
// where the distance is that of a rest or beyond a half.
func TestAnAlphaIsThePublishedOneAtEveryEdgeOfTheFilter(t *testing.T) {
	for _, steepness := range []uint32{1, 600, 700, 1000, 3999, 4000, 4100, 100_000} {
		c := newCurve(LiquidAlpha{Enabled: true, Lo: fixed.FromRatio(7, 10), Hi: fixed.FromRatio(9, 10), Steepness: steepness})
		distances := []uint64{0, 1, 2, half - 1, half, half + 1, one - 1, one}
		for _, x := range []uint64{firstKnot << placeBits, lastKnot << placeBits} {
			if d, ok := distanceOf(&c, x); ok {
				for off := range uint64(9) {
					distances = append(distances, d+off-min(d, 4))
				}
			}
		}
		for _, d := range distances {
			require.Equal(t, c.exact(d), c.alpha(d), "steepness %d, distance %d", steepness, d)
		}
		require.Equal(t, c.exact(0), c.resting)
	}
}

// distanceOf is about the distance that has an argument, if there is one.
func distanceOf(c *curve, x uint64) (uint64, bool) {
	lo, hi := uint64(0), half
	if c.argument(lo) < x {
		return 0, false
	}
	for lo+1 < hi {
		if middle := (lo + hi) / 2; c.argument(middle) >= x {
			lo = middle
		} else {
			hi = middle
		}
	}
	return lo, true
}

// edges are where 64 bits are just enough, or not any more.
var edges = []uint64{0, 1, 2, 3, half - 1, half, half + 1, one - 2, one - 1, one}

// floorOf is floor(a b / 2^32), exactly.
func floorOf(a, b uint64) uint64 {
	x := new(big.Int).Mul(new(big.Int).SetUint64(a), new(big.Int).SetUint64(b))
	return x.Rsh(x, fracBits).Uint64()
}

func TestProductsAndAveragesAreExactAtTheEdgesOfTheirRange(t *testing.T) {
	for _, a := range edges {
		for _, b := range edges {
			require.Equal(t, floorOf(a, b), product(a, b), "%d times %d", a, b)
			require.Equal(t, floorOf(a, b), newFactor(a).times(b), "%d times %d", a, b)
			for _, alpha := range edges {
				want := floorOf(one-alpha, a) + floorOf(alpha, b)
				require.Equal(t, want, flow(a, b, alpha), "from %d to %d by %d", a, b, alpha)
				require.Equal(t, want, move(a, b, newFactor(one-alpha), newFactor(alpha)), "from %d to %d by %d", a, b, alpha)
				clipped := a - min(a, b) // what is above b
				require.Equal(t, a-(clipped-floorOf(one-alpha, clipped)), seen(a, b, newFactor(alpha)), "%d over %d, penalty %d", a, b, alpha)
			}
		}
	}
}
