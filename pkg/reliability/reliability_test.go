// SPDX-License-Identifier: Apache-2.0

package reliability_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/reliability"
)

func TestAveragesAreTheWrittenFormula(t *testing.T) {
	unit := rapid.Int64Range(0, int64(fixed.One))
	rapid.Check(t, func(t *rapid.T) {
		average, now := unit.Draw(t, "average"), unit.Draw(t, "now")
		require.Equal(t, fixed.Q32(now), reliability.Move(fixed.Q32(average), fixed.Q32(now), 0))
		// floor of a negative quotient, too: Div of big.Int is Euclidean.
		change := new(big.Int).Div(big.NewInt(now-average), big.NewInt(20)).Int64()
		got := reliability.Move(fixed.Q32(average), fixed.Q32(now), 1+rapid.Uint64().Draw(t, "epochs")%1_000)
		require.Equal(t, fixed.Q32(average+change), got)
		require.GreaterOrEqual(t, got, fixed.Q32(min(average, now)))
		require.LessOrEqual(t, got, fixed.Q32(max(average, now)))
	})
}

func TestOnlyFailuresWithinTheWindowAreRecent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		window := rapid.Uint64Range(1, 12).Draw(t, "window")
		var recent, all []uint64
		for epoch := uint64(1); epoch < 60; epoch++ {
			if !rapid.Bool().Draw(t, "fails") {
				continue
			}
			all, recent = append(all, epoch), reliability.Recent(recent, epoch, window)
			var want []uint64
			for _, failure := range all {
				if failure+window > epoch {
					want = append(want, failure)
				}
			}
			require.Equal(t, want, recent)
		}
	})
}

func Example() {
	m := reliability.Move(0, fixed.One, 0)
	m = reliability.Move(m, 0, 1)
	fmt.Println(m, reliability.Recent([]uint64{3, 9}, 12, 4))
	// Output: 0.95 [9 12]
}
