// SPDX-License-Identifier: Apache-2.0

package gates_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
	"github.com/weal-network/weal/cmd/weald/sim/gates"
)

// small is the table of a moment: the bounds of 3 seeds say little, but what fails here fails there.
var small = gates.Size{Seeds: 3, Epochs: 160, Warmup: 60, Workers: 2}

func gate(t *testing.T, name string, shards sim.Shards) gates.Gate {
	t.Helper()
	for _, g := range gates.Table() {
		if g.Name == name && g.Shards == shards {
			return g
		}
	}
	t.Fatalf("no gate %q on %s shards", name, shards)
	return gates.Gate{}
}

func TestTheDefaultRulesStopWhatYuma3Pays(t *testing.T) {
	for _, name := range []string{"copier, 8 items", "measures 30% of the items", "measures new items only", "cabal of 40%"} {
		g := gate(t, name, sim.Shared)
		for rules, passes := range map[string]bool{sim.RulesYuma3: false, sim.RulesDefault: true} {
			outcome, err := g.Play(context.Background(), rules, small)
			require.NoError(t, err)
			require.Equal(t, passes, outcome.Passed, "%s under %s: %s in %s", name, rules, outcome.Figure, outcome.Variant)
		}
	}
}

func TestEveryScenarioOfTheTableCanBePlayed(t *testing.T) {
	for _, g := range gates.Table() {
		require.NotEmpty(t, g.Variants, g.Name)
		for _, v := range g.Variants {
			s := *v.Scenario
			require.NoError(t, s.Validate(), v.Name)
		}
	}
}

func TestRulesWithoutMediansHaveNoFigureUnderCoverage(t *testing.T) {
	g := gate(t, "honest among themselves, 8 of 24 score each", sim.Shared)
	outcome, err := g.Play(context.Background(), sim.RulesYuma3, small)
	require.NoError(t, err)
	require.True(t, outcome.Absent)
}

// The figures that a topic's choice of coverage and sharpness is made by.
func TestSmallPanelsPayACabalThatDecidesThem(t *testing.T) {
	for name, bounds := range map[string][2]float64{
		"cabal of 30%, sharpness 3":                     {1.02, 1.10},
		"cabal of 30%, 8 of 24 score each, sharpness 3": {1.15, 1.60},
	} {
		g := gate(t, name, sim.Shared)
		outcome, err := g.Play(context.Background(), sim.RulesDefault, small)
		require.NoError(t, err)
		require.Greater(t, outcome.Figure.Mean, bounds[0], name)
		require.Less(t, outcome.Figure.Mean, bounds[1], name)
	}
}

func TestFailuresOfARuleSetAreListed(t *testing.T) {
	lines, err := gates.PlayAll(context.Background(), []gates.Gate{gate(t, "copier, 8 items", sim.Shared)}, small, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"copier, 8 items (shared shards)"}, gates.Failed(lines, sim.RulesYuma3))
	require.Empty(t, gates.Failed(lines, sim.RulesDefault))
	var table, markdown, csv strings.Builder
	require.NoError(t, gates.WriteTable(&table, lines, small))
	require.NoError(t, gates.WriteMarkdown(&markdown, lines))
	require.NoError(t, gates.WriteCSV(&csv, lines))
	for _, text := range []string{table.String(), markdown.String(), csv.String()} {
		require.Contains(t, text, "FAIL")
		require.Contains(t, text, "pass")
	}
}
