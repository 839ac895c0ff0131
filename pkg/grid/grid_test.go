// SPDX-License-Identifier: Apache-2.0

package grid_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/grid"
)

func TestValuesBecomeScores(t *testing.T) {
	cases := map[string]struct {
		value, worst, best int64
		want               uint16
	}{
		"worst is 0":                           {0, 0, 10, 0},
		"best is 65535":                        {10, 0, 10, 65535},
		"beyond worst is 0":                    {-5, 0, 10, 0},
		"beyond best is 65535":                 {11, 0, 10, 65535},
		"a half is rounded up":                 {1, 0, 2, 32768},
		"less than a half is rounded down":     {65534, 0, 131072, 32767},
		"lower may be better":                  {4_000, 8_000, 0, 32768},
		"lower is better: beyond worst is 0":   {9_000, 8_000, 0, 0},
		"lower is better: beyond best":         {-1, 8_000, 0, 65535},
		"the widest grid does not overflow":    {0, math.MinInt64, math.MaxInt64, 32768},
		"the widest grid downwards":            {0, math.MaxInt64, math.MinInt64, 32767},
		"one unit below best is told from top": {65534, 0, 65535, 65534},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := grid.Score(c.value, c.worst, c.best)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestAGridWithoutAnExtentIsRefused(t *testing.T) {
	_, err := grid.Score(1, 7, 7)
	require.ErrorIs(t, err, grid.ErrNoRange)
}

// oracle is the formula in big integers: floor((2*65535*n + d) / (2*d)).
func oracle(value, worst, best int64) uint16 {
	n := new(big.Int).Sub(big.NewInt(value), big.NewInt(worst))
	d := new(big.Int).Sub(big.NewInt(best), big.NewInt(worst))
	if d.Sign() < 0 {
		n.Neg(n)
		d.Neg(d)
	}
	if n.Sign() < 0 {
		n.SetInt64(0)
	}
	if n.Cmp(d) > 0 {
		n.Set(d)
	}
	n.Mul(n, big.NewInt(2*65535)).Add(n, d)
	return uint16(n.Quo(n, d.Lsh(d, 1)).Uint64())
}

func TestScoresEqualBigIntegers(t *testing.T) {
	values := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-200_000, 200_000))
	rapid.Check(t, func(t *rapid.T) {
		value, worst, best := values.Draw(t, "value"), values.Draw(t, "worst"), values.Draw(t, "best")
		got, err := grid.Score(value, worst, best)
		if worst == best {
			require.ErrorIs(t, err, grid.ErrNoRange)
			return
		}
		require.NoError(t, err)
		require.Equal(t, oracle(value, worst, best), got)
	})
}

// The worked example of README.md.
func Example() {
	for _, bitsPerByte := range []int64{8_000_000, 4_520_000, 2_310_000, 900_000} {
		score, _ := grid.Score(bitsPerByte, 8_000_000, 1_000_000)
		fmt.Println(bitsPerByte, score)
	}
	// Output:
	// 8000000 0
	// 4520000 32580
	// 2310000 53271
	// 900000 65535
}
