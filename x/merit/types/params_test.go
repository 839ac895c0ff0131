// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/x/merit/types"
)

func TestParametersHaveBounds(t *testing.T) {
	for name, tc := range map[string]struct {
		set  func(*types.Params)
		says string
	}{
		"as they are":                 {func(*types.Params) {}, ""},
		"merit weighs nothing":        {func(p *types.Params) { p.MeritShareBp = 0 }, ""},
		"merit weighs half":           {func(p *types.Params) { p.MeritShareBp = 5_000 }, ""},
		"merit weighs more":           {func(p *types.Params) { p.MeritShareBp = 5_001 }, "merit_share_bp is 5001: choose 0 to 5000"},
		"a half-life below a month":   {func(p *types.Params) { p.HalfLifeSeconds = 30*86_400 - 1 }, "half_life_seconds is 2591999"},
		"a half-life of 3650 days":    {func(p *types.Params) { p.HalfLifeSeconds = 3_650 * 86_400 }, ""},
		"a longer half-life":          {func(p *types.Params) { p.HalfLifeSeconds = 3_650*86_400 + 1 }, "half_life_seconds"},
		"too few records a block":     {func(p *types.Params) { p.RecordsPerBlock = 15 }, "records_per_block is 15"},
		"too many records in a block": {func(p *types.Params) { p.RecordsPerBlock = 4_097 }, "records_per_block is 4097"},
	} {
		t.Run(name, func(t *testing.T) {
			params := types.DefaultParams()
			tc.set(&params)
			err := params.Validate()
			if tc.says == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, types.ErrInvalidParams)
			require.ErrorContains(t, err, tc.says)
		})
	}
}

func TestAllMeritTogetherWeighsItsShareOfTheWhole(t *testing.T) {
	for bp, power := range map[uint32]int64{0: 0, 1: 100, 1_000: 111_111, 2_500: 333_333, 5_000: 1_000_000} {
		require.Equal(t, power, types.Params{MeritShareBp: bp}.MeritPower(math.NewInt(1_000_000)).Int64(), "%d", bp)
	}
}
