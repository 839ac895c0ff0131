// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// works is a contributor's strategy beside a steady one.
func works(rules, strategy string, params sim.Knobs) *sim.Scenario {
	s := sim.DefaultScenario()
	s.Rules, s.Items, s.TurnoverBp, s.Epochs, s.Warmup, s.Seeds = rules, 0, 0, 120, 20, 2
	s.Groups = []sim.Group{{Name: "honest", Strategy: "honest", Validators: 6, PowerBp: 10_000}}
	s.Contributors = []sim.Contributor{
		{Name: "other", Strategy: strategy, Params: params}, {Name: "steady", Strategy: "steady", Params: sim.Knobs{"first": 12}},
	}
	return s
}

func TestClonesTakeNearlyAllInProportionAndLittleFromTheFrontier(t *testing.T) {
	for rules, bounds := range map[string][2]float64{sim.RulesYuma3: {0.8, 1}, sim.RulesDefault: {0, 0.01}} {
		for _, r := range summarize(t, works(rules, "clones", nil)).Results {
			share := sim.ContributorShare(r, 0)
			require.GreaterOrEqual(t, share, bounds[0], rules)
			require.LessOrEqual(t, share, bounds[1], rules)
		}
	}
}

func TestTheLedgerCreditsMostOfTheTrueProgress(t *testing.T) {
	for _, r := range summarize(t, works(sim.RulesDefault, "steady", nil)).Results {
		require.InDelta(t, 1, sim.Credit(r), 0.25)
	}
}

func TestATableNamesEveryContributor(t *testing.T) {
	var b strings.Builder
	require.NoError(t, summarize(t, works(sim.RulesDefault, "splitter", nil)).WriteTable(&b))
	for _, want := range []string{"other        ", "steady       ", "credited of true progress"} {
		require.Contains(t, b.String(), want)
	}
}
