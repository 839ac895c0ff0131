// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/emission/types"
)

func TestParametersAreHeldToTheirBounds(t *testing.T) {
	cases := map[string]struct {
		change func(p *types.Params)
		ok     bool
	}{
		"defaults":                        {func(*types.Params) {}, true},
		"all to the topics":               {func(p *types.Params) { p.SecurityBp, p.TopicsBp, p.CommunityBp = 0, 10_000, 0 }, true},
		"less than one in all":            {func(p *types.Params) { p.TopicsBp-- }, false},
		"more than one in all":            {func(p *types.Params) { p.SecurityBp++ }, false},
		"a share above one":               {func(p *types.Params) { p.SecurityBp = 10_001 }, false},
		"shares that wrap around":         {func(p *types.Params) { p.SecurityBp, p.TopicsBp = 1<<32-500, 10_000 }, false},
		"the least for contributors":      {func(p *types.Params) { p.ContributorsBp = 1_000 }, true},
		"less than the least":             {func(p *types.Params) { p.ContributorsBp = 999 }, false},
		"the most for contributors":       {func(p *types.Params) { p.ContributorsBp = 9_000 }, true},
		"more than the most":              {func(p *types.Params) { p.ContributorsBp = 9_001 }, false},
		"no wait":                         {func(p *types.Params) { p.MaturityEpochs = 0 }, true},
		"the longest wait":                {func(p *types.Params) { p.MaturityEpochs, p.KeepEpochs = 1_000, 1_001 }, true},
		"a longer wait":                   {func(p *types.Params) { p.MaturityEpochs, p.KeepEpochs = 1_001, 1_002 }, false},
		"the shortest gap":                {func(p *types.Params) { p.MaxGapMs = 1_000 }, true},
		"a shorter gap":                   {func(p *types.Params) { p.MaxGapMs = 999 }, false},
		"the longest gap":                 {func(p *types.Params) { p.MaxGapMs = 600_000 }, true},
		"a longer gap":                    {func(p *types.Params) { p.MaxGapMs = 600_001 }, false},
		"carried for no epoch":            {func(p *types.Params) { p.CarryEpochs = 0 }, false},
		"carried for long":                {func(p *types.Params) { p.CarryEpochs, p.KeepEpochs = 1_000, 1_001 }, true},
		"carried for longer":              {func(p *types.Params) { p.CarryEpochs, p.KeepEpochs = 1_001, 1_002 }, false},
		"payments kept until burnt":       {func(p *types.Params) { p.MaturityEpochs, p.KeepEpochs = 0, p.CarryEpochs }, false},
		"payments kept until they mature": {func(p *types.Params) { p.KeepEpochs = p.MaturityEpochs }, false},
		"payments kept one epoch longer":  {func(p *types.Params) { p.KeepEpochs = p.MaturityEpochs + 1 }, true},
		"as many payments as can be kept": {func(p *types.Params) { p.KeepEpochs = 10_000 }, true},
		"more payments than can be kept":  {func(p *types.Params) { p.KeepEpochs = 10_001 }, false},
		"a delay of a minute":             {func(p *types.Params) { p.ParamsDelaySeconds = 60 }, true},
		"a shorter delay":                 {func(p *types.Params) { p.ParamsDelaySeconds = 59 }, false},
		"a delay of 30 days":              {func(p *types.Params) { p.ParamsDelaySeconds = 30 * 86_400 }, true},
		"a longer delay":                  {func(p *types.Params) { p.ParamsDelaySeconds = 30*86_400 + 1 }, false},
		"nothing set":                     {func(p *types.Params) { *p = types.Params{} }, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			params := types.DefaultParams()
			c.change(&params)
			if c.ok {
				require.NoError(t, params.Validate())
				return
			}
			require.ErrorIs(t, params.Validate(), types.ErrInvalidParams)
		})
	}
}
