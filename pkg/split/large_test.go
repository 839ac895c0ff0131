// SPDX-License-Identifier: Apache-2.0

package split_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/split"
)

func TestLargeTotalsAreDividedAsSmallOnesAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.OneOf(rapid.Uint64Max(20), rapid.Uint64()).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Uint64Max(3), rapid.Uint64()), 0, 9).Draw(t, "weights")
		for i, part := range split.Large(new(big.Int).SetUint64(total), weights) {
			require.Equal(t, split.Proportional(total, weights)[i], part.Uint64())
		}
	})
}

func TestALargeTotalIsDividedToTheUnit(t *testing.T) {
	total := new(big.Int).Lsh(big.NewInt(1), 130)
	parts := split.Large(total, []uint64{1, 1, 1, 0})
	sum := new(big.Int)
	for _, part := range parts {
		sum.Add(sum, part)
	}
	require.Equal(t, total, sum)
	require.Equal(t, int64(1), new(big.Int).Sub(parts[0], parts[1]).Int64(), "the unit that is left over goes to the first")
	require.Zero(t, parts[3].Sign())
}
