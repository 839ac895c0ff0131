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

// The best finds of the search stay within the limits of what cheating may earn.
func TestTheBestFindsStayWithinTheirLimits(t *testing.T) {
	for file, most := range map[string]float64{"one-shared.yaml": 1.01, "cabal-shared.yaml": 1.02, "one-own.yaml": 1.03, "cabal-own.yaml": 1.10} {
		raw, err := os.ReadFile(filepath.Join("testdata", file))
		require.NoError(t, err)
		s, err := sim.Parse(raw)
		require.NoError(t, err, file)
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
}
