// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestEveryStepCostsSomething(t *testing.T) {
	for name, cost := range map[string]uint64{
		"a tally of nobody": types.TallyCost(0), "a tile of nobody": types.TileCost(0, 256, 3), "a tile of nothing": types.TileCost(256, 0, 0),
		"sharing nothing": types.ShareCost(0), "telling nobody": types.SettleCost(0, 0), "hashing nothing": types.SealCost(0), "an epoch of nothing": types.OpenCost(0, 0),
	} {
		require.Equal(t, uint64(1), cost, name)
	}
}

func TestOldTilesCountAsMuchAsNewOnes(t *testing.T) {
	require.Equal(t, uint64(256*256), types.TileCost(256, 256, 0))
	require.Equal(t, uint64(3*256*256), types.TileCost(256, 256, 2))
}

// The default budget is for four topics of 256 contributions and 64 validators, gone over three times, before what it
// takes to tally, pay and hash them.
func TestTheDefaultBudgetIsForFourTopics(t *testing.T) {
	require.Equal(t, 4*3*types.TileCost(64, 256, 0), types.DefaultParams().MaxCellsPerBlock)
}
