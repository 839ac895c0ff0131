// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// short is a scenario of a moment: one group beside twelve honest validators.
func short(strategy string, params sim.Knobs) *sim.Scenario {
	s := sim.DefaultScenario()
	s.Rules, s.Epochs, s.Warmup, s.Seeds, s.Items = sim.RulesYuma3, 80, 30, 4, 12
	s.Groups[0].Validators = 12
	s.Groups[1] = sim.Group{Name: "others", Strategy: strategy, Params: params, Validators: 3, PowerBp: 1_000, Owns: 2}
	return s
}

func summarize(t *testing.T, s *sim.Scenario) *sim.Summary {
	t.Helper()
	summary, err := sim.Summarize(context.Background(), s, 2, nil)
	require.NoError(t, err)
	return summary
}

func TestTheNumberOfWorkersDoesNotShow(t *testing.T) {
	s := short("copier-noisy", nil)
	s.Rules, s.Coverage, s.Sharpness = sim.RulesDefault, 5, 3
	one, err := sim.Play(context.Background(), s, 1, nil)
	require.NoError(t, err)
	three, err := sim.Play(context.Background(), s, 3, nil)
	require.NoError(t, err)
	require.Equal(t, one, three)
}

// What a seed comes to, to the last bit, on every machine: CI also runs on others.
func TestASeedGivesTheSameBytes(t *testing.T) {
	panels := short("shocked", nil)
	panels.Rules, panels.Coverage, panels.Sharpness = sim.RulesDefault, 5, 3
	for want, s := range map[string]*sim.Scenario{"8fd531a6903a63f9": short("shocked", nil), "2cd2d9289ed68be2": panels} {
		var b strings.Builder
		require.NoError(t, summarize(t, s).WriteCSV(&b))
		sum := sha256.Sum256([]byte(b.String()))
		require.Equal(t, want, hex.EncodeToString(sum[:8]), b.String())
	}
}

func TestUnderYuma3(t *testing.T) {
	for name, c := range map[string]struct {
		strategy string
		params   sim.Knobs
		owner    bool
		lo, hi   float64
	}{
		"an honest group earns what the honest earn":                    {"honest", nil, false, 0.995, 1.005},
		"a copier earns what the honest earn":                           {"copier", nil, false, 0.95, 1.02},
		"a noisy machine loses":                                         {"honest", sim.Knobs{"noise_bp": 3_000}, false, 0.5, 0.97},
		"a group that gives its own items everything loses dividends":   {"cabal", nil, false, 0.3, 0.9},
		"and its items gain":                                            {"cabal", sim.Knobs{"others_bp": 0}, true, 1.05, 1.3},
		"tokens that are bonded one epoch in ten earn less than always": {"flash", nil, false, 0.05, 0.5},
		"who hides a row loses the epoch":                               {"selective", sim.Knobs{"hide_bp": 3_000}, false, 0.3, 0.8},
		"a blend with nothing turned is honest":                         {"blend", nil, false, 0.995, 1.005},
	} {
		t.Run(name, func(t *testing.T) {
			line := summarize(t, short(c.strategy, c.params)).Lines[1]
			got := line.Dividend.Mean
			if c.owner {
				got = line.Pay.Mean
			}
			require.Greater(t, got, c.lo)
			require.Less(t, got, c.hi)
		})
	}
}

// Strategies that only copy see nothing of the running epoch: other measurements change nothing of
// their rows. So a group of copiers alone publishes what it began with, for ever.
func TestCopiersAloneNeverLearnAnything(t *testing.T) {
	for _, strategy := range []string{"copier", "copier-smoothed", "copier-reverting"} {
		s := short(strategy, nil)
		s.Groups = []sim.Group{{Name: "all", Strategy: strategy, Validators: 5, PowerBp: 10_000}}
		for _, r := range summarize(t, s).Results {
			require.Less(t, sim.Spread(r, 0), 1e-6, strategy)
		}
	}
}

func TestAnEpochIsVoidWithoutTwoThirdsOfThePower(t *testing.T) {
	s := short("flash", sim.Knobs{"every": 1_000})
	s.Groups[0].Strategy, s.Groups[0].Params = "selective", sim.Knobs{"hide_bp": 9_000}
	require.Greater(t, summarize(t, s).Void, 0.3)
}

func TestPlayStopsWhenItsContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := sim.Play(ctx, short("honest", nil), 2, nil)
	require.ErrorIs(t, err, context.Canceled)
}

func TestAPlotIsWellFormedAndEscapesNames(t *testing.T) {
	s := short("copier", nil)
	s.Groups[1].Name = `<"&>`
	var b strings.Builder
	require.NoError(t, summarize(t, s).WriteSVG(&b))
	lines := 0
	for dec := xml.NewDecoder(strings.NewReader(b.String())); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "polyline" {
			lines++
		}
	}
	require.Equal(t, len(s.Groups), lines)
}

func TestATableNamesEveryGroup(t *testing.T) {
	var b strings.Builder
	s := short("cabal", nil)
	require.NoError(t, summarize(t, s).WriteTable(&b))
	for _, want := range []string{s.Name, "rules yuma3, shared shards, 12 items, 80 epochs of which 30 are not counted, 4 seeds from 1", "honest  ", "others  "} {
		require.Contains(t, b.String(), want)
	}
}

func BenchmarkRun(b *testing.B) {
	for _, rules := range sim.RuleSets() {
		b.Run(rules, func(b *testing.B) {
			s := sim.DefaultScenario()
			s.Groups[0].Validators, s.Items, s.Rules = 62, 48, rules
			for b.Loop() {
				_, err := sim.Run(s, 1)
				require.NoError(b, err)
			}
		})
	}
}

// The plots in docs/spec are those that `make sim-plots` draws.
func TestThePlotsOfTheDocumentsAreWhatIsPlayed(t *testing.T) {
	const plots = "../../../docs/spec/plots/"
	raw, err := os.ReadFile(plots + "validators.yaml")
	require.NoError(t, err)
	for _, rules := range []string{sim.RulesYuma3, sim.RulesDefault} {
		s, err := sim.Parse(raw)
		require.NoError(t, err)
		s.Rules = rules
		summary, err := sim.Summarize(context.Background(), s, 2, nil)
		require.NoError(t, err)
		var drawn bytes.Buffer
		require.NoError(t, summary.WriteSVG(&drawn))
		shown, err := os.ReadFile(plots + "validators-" + rules + ".svg")
		require.NoError(t, err)
		require.Equal(t, string(shown), drawn.String(), rules)
	}
}
