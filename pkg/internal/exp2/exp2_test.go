// SPDX-License-Identifier: Apache-2.0

package exp2_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/internal/exp2"
)

// precision is in bits, far beyond what is tested.
const precision = 256

func real(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

func TestTheConstantsAreWhatTheyAreSaidToBe(t *testing.T) {
	root := real(0.5)
	for i, got := range exp2.Roots {
		root = new(big.Float).SetPrec(precision).Sqrt(root)
		want, _ := new(big.Float).SetMantExp(root, 63).Int(nil)
		require.Equal(t, want.Uint64(), got, "root %d", i)
	}
	sum, power := real(0), real(1)
	for n := 1; n <= 260; n++ {
		power.Quo(power, real(2))
		sum.Add(sum, new(big.Float).Quo(power, real(float64(n))))
	}
	want, _ := sum.SetMantExp(sum, 64).Int(nil)
	require.Equal(t, want.Uint64(), exp2.Ln2)
}
