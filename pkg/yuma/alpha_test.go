// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
)

func TestTheFilterOfLiquidAlphaEqualsTheSeries(t *testing.T) {
	// With steepness 40 and lo 0, hi 1, alpha is the sigmoid itself, for x of [0, 20].
	c := newCurve(LiquidAlpha{Enabled: true, Hi: fixed.One, Steepness: 4_000})
	check := func(d uint64) {
		require.Equal(t, c.exact(d), c.alpha(d), "distance %d", d)
	}
	for d := uint64(0); d <= one; d += one/50_000 - 1 {
		check(d)
	}
	rapid.Check(t, func(t *rapid.T) {
		for range 100 {
			check(rapid.Uint64Range(0, one).Draw(t, "distance"))
		}
	})
}

// The filter may only be wrong where it says so, and is of use only if it says so rarely: 16 times in a thousand below 8,
// where the published form errs most, and twice from there on.
func TestTheFilterKnowsHowWrongItMayBe(t *testing.T) {
	all := knots()
	uncertain := map[bool]int{}
	const steps = 40
	for at := range all[:knotCount-1] {
		for step := range uint64(steps) {
			x := (uint64(at)+firstKnot)<<placeBits - knotSpacing/2 + step*knotSpacing/steps + step
			require.Equal(t, uint64(at), place(x))
			published := uint64(fixed.One.Div(fixed.One + exp(fixed.Q32(x))))
			low, certain := all[at].rise(x)
			if certain {
				require.Equal(t, published, low, "x %d", x)
				continue
			}
			require.LessOrEqual(t, published-low, uint64(1), "x %d", x)
			uncertain[x >= 8*one]++
		}
	}
	require.Less(t, uncertain[false], 16*5*256*steps/1000)
	require.Less(t, uncertain[true], 2*12*256*steps/1000)
	for _, x := range []uint64{firstKnot<<placeBits - knotSpacing/2 - 1, lastKnot<<placeBits + knotSpacing/2} {
		require.GreaterOrEqual(t, place(x), uint64(knotCount), "x %d", x)
	}
}

func TestAlphaEqualsThePublishedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := fixed.Q32(rapid.Int64Range(0, int64(fixed.One)).Draw(t, "lo"))
		c := newCurve(LiquidAlpha{
			Enabled: true, Lo: lo, Hi: fixed.Q32(rapid.Int64Range(int64(lo), int64(fixed.One)).Draw(t, "hi")),
			Steepness: rapid.OneOf(rapid.Uint32Max(6_000), rapid.Uint32()).Draw(t, "steepness"),
		})
		for range 20 {
			d := rapid.OneOf(rapid.Uint64Max(1<<24), rapid.Uint64Max(one)).Draw(t, "distance")
			require.Equal(t, c.exact(d), c.alpha(d), "distance %d", d)
			require.Equal(t, c.exact(0), c.alpha(0))
		}
	})
}
