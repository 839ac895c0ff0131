// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

func TestParamsBeyondTheirBoundsAreRefused(t *testing.T) {
	cases := map[string]func(*types.Params){
		"no topics":                     func(p *types.Params) { p.MaxTopics = 0 },
		"more topics than 10000":        func(p *types.Params) { p.MaxTopics = 10_001 },
		"an epoch of three blocks":      func(p *types.Params) { p.MinEpochBlocks = 3 },
		"a shortest epoch too long":     func(p *types.Params) { p.MinEpochBlocks = 1_000_001 },
		"a longest epoch of no blocks":  func(p *types.Params) { p.MaxEpochBlocks = 0 },
		"a longest epoch too long":      func(p *types.Params) { p.MaxEpochBlocks = 1_000_001 },
		"longest shorter than shortest": func(p *types.Params) { p.MinEpochBlocks, p.MaxEpochBlocks = 20, 19 },
		"no place in an active set":     func(p *types.Params) { p.MaxActive = 0 },
		"an active set too large":       func(p *types.Params) { p.MaxActive = 65_537 },
		"artifacts of no bytes":         func(p *types.Params) { p.MaxArtifactBytes = 0 },
		"a topic without deposit":       func(p *types.Params) { p.TopicDeposit = 0 },
		"a topic's deposit too large":   func(p *types.Params) { p.TopicDeposit = types.MaxPrice + 1 },
		"a sandbox without deposit":     func(p *types.Params) { p.SandboxDeposit = 0 },
		"a sandbox's deposit too large": func(p *types.Params) { p.SandboxDeposit = types.MaxPrice + 1 },
		"more sandboxes than 10000":     func(p *types.Params) { p.MaxSandboxes = 10_001 },
		"no sandbox for anybody":        func(p *types.Params) { p.MaxSandboxesPerSteward = 0 },
		"a hundred and one for one":     func(p *types.Params) { p.MaxSandboxesPerSteward = 101 },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			p := types.DefaultParams()
			change(&p)
			require.ErrorIs(t, p.Validate(), types.ErrInvalidParams)
		})
	}
}

func TestParamsAtTheirBoundsAreTaken(t *testing.T) {
	for name, p := range map[string]types.Params{
		"those of a new chain": types.DefaultParams(),
		"the narrowest": {
			MaxTopics: 1, MinEpochBlocks: 4, MaxEpochBlocks: 4, MaxActive: 1, MaxArtifactBytes: 1,
			TopicDeposit: 1, SandboxDeposit: 1, MaxSandboxesPerSteward: 1,
		},
		"the widest": {
			MaxTopics: 10_000, MinEpochBlocks: 4, MaxEpochBlocks: 1_000_000, MaxActive: 65_536, MaxArtifactBytes: math.MaxUint64,
			OpenCreation: true, TopicDeposit: types.MaxPrice, SandboxDeposit: types.MaxPrice, MaxSandboxes: 10_000, MaxSandboxesPerSteward: 100,
		},
	} {
		t.Run(name, func(t *testing.T) { require.NoError(t, p.Validate()) })
	}
}
