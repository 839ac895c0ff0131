// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
)

// The filter must be right wherever it is certain, and certain nearly everywhere that it is
// asked: otherwise it would cost more than it saves.
func TestTheFilterOfLiquidAlphaEqualsTheSeriesAndIsNearlyAlwaysCertain(t *testing.T) {
	asked, certain := 0, 0
	table := knots()
	check := func(x uint64) {
		rise, ok := logistic(table, x)
		if x >= 5*one && x < 20*one-one/knotCount {
			asked++
		}
		if ok {
			if x >= 5*one {
				certain++
			}
			require.Equal(t, uint64(fixed.One.Div(fixed.One+exp(fixed.Q32(x)))), rise, "x = %d", x)
		}
	}
	for x := uint64(0); x < 21*one; x += one/4096 - 1 {
		check(x)
	}
	rapid.Check(t, func(t *rapid.T) {
		for range 100 {
			check(rapid.Uint64Range(0, 21*one).Draw(t, "x"))
		}
	})
	require.Greater(t, float64(certain), 0.98*float64(asked))
}

func TestAlphaEqualsThePublishedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := fixed.Q32(rapid.Int64Range(0, int64(fixed.One)).Draw(t, "lo"))
		var c curve
		c.set(Params{LiquidAlpha: LiquidAlpha{
			Enabled: true, Lo: lo, Hi: fixed.Q32(rapid.Int64Range(int64(lo), int64(fixed.One)).Draw(t, "hi")),
			Steepness: rapid.OneOf(rapid.Uint32Max(6_000), rapid.Uint32()).Draw(t, "steepness"),
		}})
		for range 20 {
			d := rapid.OneOf(rapid.Uint64Max(1<<24), rapid.Uint64Max(one)).Draw(t, "distance")
			require.Equal(t, c.exact(d), c.alpha(d), "distance %d", d)
		}
	})
}
