// SPDX-License-Identifier: Apache-2.0

package search_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
	"github.com/weal-network/weal/cmd/weald/sim/search"
)

// The best finds of the search stay within the limits of what cheating may earn, on seeds that it did not see.
func TestTheBestFindsStayWithinTheirLimits(t *testing.T) {
	for file, most := range map[string]float64{"one-shared.yaml": 1.01, "cabal-shared.yaml": 1.02, "one-own.yaml": 1.03, "cabal-own.yaml": 1.10} {
		raw, err := os.ReadFile(filepath.Join("testdata", file))
		require.NoError(t, err)
		s, err := sim.Parse(raw)
		require.NoError(t, err, file)
		s.Seed, s.Seeds = s.Seed+uint64(s.Seeds), 24
		summary, err := sim.Summarize(context.Background(), s, 2, nil)
		require.NoError(t, err)
		require.Less(t, summary.Lines[1].Revenue.High, most, file)
		require.Greater(t, summary.Lines[1].Revenue.Mean, 1.0, "%s: a find earns more than honesty", file)
	}
}

func TestASearchIsTheSameWhateverTheWorkersAndFindsWhatYuma3Pays(t *testing.T) {
	s := sim.DefaultScenario()
	s.Rules, s.Seeds, s.Epochs, s.Warmup, s.Items = sim.RulesYuma3, 2, 30, 10, 12
	s.Groups[0].Validators, s.Groups[1].Validators, s.Groups[1].Owns = 9, 1, 2
	one, err := search.Run(context.Background(), s, 60, 1, nil)
	require.NoError(t, err)
	two, err := search.Run(context.Background(), s, 60, 2, nil)
	require.NoError(t, err)
	require.Equal(t, one, two)
	require.Equal(t, 60, one.Tried)
	require.Greater(t, one.Gain.Mean, 1.0)
	unseen, err := sim.Play(context.Background(), fresh(one.Scenario), 1, nil)
	require.NoError(t, err)
	honest, err := sim.Play(context.Background(), fresh(s).Honestly(), 1, nil)
	require.NoError(t, err)
	sum := 0.0
	for k := range unseen {
		sum += sim.RevenueBeside(unseen[k], honest[k], 1)
	}
	require.InDelta(t, sum/8, one.Fresh.Mean, 1e-9, "it is valued on eight seeds after the two that it was chosen by")
}

// fresh is a scenario on the eight seeds after its two.
func fresh(s *sim.Scenario) *sim.Scenario {
	c := *s
	c.Seed, c.Seeds = 3, 8
	return &c
}
