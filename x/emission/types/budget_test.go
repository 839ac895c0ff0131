// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestABudgetIsPartedToTheUnitAndAStewardHasATwentiethAtMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accrued := rapid.OneOf(rapid.Uint64Max(100), rapid.Uint64Max(types.CapUweal)).Draw(t, "accrued")
		contributorsBp := rapid.Uint32Range(types.MinContributorsBp, types.MaxContributorsBp).Draw(t, "contributors")
		stewardBp := rapid.Uint32Max(topictypes.MaxStewardBp).Draw(t, "steward")
		b, without := types.NewBudget(accrued, contributorsBp, stewardBp), types.NewBudget(accrued, contributorsBp, 0)
		require.Equal(t, accrued, b.Total())
		require.InDelta(t, float64(without.Scorers), float64(b.Scorers), 1, "it is out of the contributors' part")
		require.LessOrEqual(t, b.Steward*topictypes.BasisPoints, accrued*topictypes.MaxStewardBp+topictypes.BasisPoints)

		earned := rapid.Uint64Max(b.Contributors).Draw(t, "earned")
		want := new(big.Int)
		if b.Contributors > 0 {
			want.Mul(new(big.Int).SetUint64(b.Steward), new(big.Int).SetUint64(earned)).Div(want, new(big.Int).SetUint64(b.Contributors))
		}
		require.Equal(t, want.Uint64(), b.StewardCut(earned))
		require.Equal(t, without.Contributors > 0 && b.Contributors > 0, b.StewardCut(b.Contributors) == b.Steward && b.Contributors > 0)
	})
}

func TestNoPartOfABudgetIsMoreThanItsWhole(t *testing.T) {
	require.Equal(t, types.Budget{Steward: 1_000, Scorers: 9_000}, types.NewBudget(10_000, 1_000, 2_000))
	require.Equal(t, uint64(5), types.Budget{Contributors: 10, Steward: 5}.StewardCut(11))
	require.Zero(t, types.Budget{Steward: 5}.StewardCut(11))
}
