// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestEveryParameterHasItsBounds(t *testing.T) {
	require.NoError(t, types.DefaultParams().Validate())
	tests := map[string]struct {
		set          func(p *types.Params, v uint64)
		least, large uint64
	}{
		"power_cap_bp":           {func(p *types.Params, v uint64) { p.PowerCapBp = uint32(v) }, 100, 10_000},
		"min_reveal_bp":          {func(p *types.Params, v uint64) { p.MinRevealBp = uint32(v) }, 5_000, 10_000},
		"max_validators":         {func(p *types.Params, v uint64) { p.MaxValidators = uint32(v) }, 1, 256},
		"keep_epochs":            {func(p *types.Params, v uint64) { p.KeepEpochs = uint32(v) }, 1, 10_000},
		"max_cells_per_block":    {func(p *types.Params, v uint64) { p.MaxCellsPerBlock = v }, 1, 1 << 40},
		"max_openings_per_block": {func(p *types.Params, v uint64) { p.MaxOpeningsPerBlock = uint32(v) }, 1, 1_000},
		"params_delay_seconds":   {func(p *types.Params, v uint64) { p.ParamsDelaySeconds = v }, 60, 30 * 86_400},
		"max_prunings_per_block": {func(p *types.Params, v uint64) { p.MaxPruningsPerBlock = uint32(v) }, 1, 1_000},
		"max_misses":             {func(p *types.Params, v uint64) { p.MaxMisses = uint32(v) }, 0, 63},
		"miss_window":            {func(p *types.Params, v uint64) { p.MissWindow = uint32(v) }, 0, 10_000},
		"suspend_epochs":         {func(p *types.Params, v uint64) { p.SuspendEpochs = uint32(v) }, 0, 10_000},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			for value, refused := range map[uint64]bool{tc.least - 1: true, tc.least: false, tc.large: false, tc.large + 1: true} {
				p := types.DefaultParams()
				tc.set(&p, value)
				err := p.Validate()
				if !refused {
					require.NoError(t, err)
					continue
				}
				require.ErrorIs(t, err, types.ErrInvalidParams)
				require.ErrorContains(t, err, name)
			}
		})
	}
}
