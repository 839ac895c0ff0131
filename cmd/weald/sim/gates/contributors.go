// SPDX-License-Identifier: Apache-2.0

package gates

import (
	"fmt"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// works is the variant with ten honest validators, a contributor that plays a strategy, and an honest
// one whose steps fall between.
func works(shards sim.Shards, strategy string, params sim.Knobs) Variant {
	s := sim.DefaultScenario()
	s.Name, s.Shards, s.Items, s.TurnoverBp = fmt.Sprintf("%s %v", strategy, params), shards, 0, 0
	s.Groups = []sim.Group{{Name: "honest", Strategy: "honest", Validators: 10, PowerBp: 10_000}}
	s.Contributors = []sim.Contributor{
		{Name: "other", Strategy: strategy, Params: params},
		{Name: "honest", Strategy: "steady", Params: sim.Knobs{"first": 12}},
	}
	return Variant{Name: s.Name, Scenario: s}
}

// contributorGates are about how contributors are paid.
func contributorGates(shards sim.Shards) []Gate {
	limit := func(x float64) *float64 {
		if shards == sim.Own {
			return nil
		}
		return at(x)
	}
	var cloning, matching []Variant
	for _, each := range []int64{1, 2, 4} {
		matching = append(matching, works(shards, "clones", sim.Knobs{"each": each, "apart": 10_000}))
		cloning = append(cloning, works(shards, "clones", sim.Knobs{"each": each}), works(shards, "clones", sim.Knobs{"each": each, "near": 300}))
	}
	beside := func(r, honest sim.Result) float64 { return sim.ContributorBeside(r, honest, 0) }
	const paid = "pay, beside submitting at once"
	return []Gate{
		{
			Name: "1 to 4 clones an epoch", Figure: "part of contributors' pay", Shards: shards, Most: limit(0.01), Variants: cloning,
			Of: func(r, _ sim.Result) float64 { return sim.ContributorShare(r, 0) },
		},
		{
			Name: "1 to 4 models an epoch as good as the best", Figure: "part of contributors' pay", Shards: shards, Variants: matching,
			Of: func(r, _ sim.Result) float64 { return sim.ContributorShare(r, 0) },
		},
		{
			Name: "credited progress", Figure: "part of true progress", Shards: shards, Least: limit(0.95), Most: limit(1.05), DefaultOnly: true,
			Variants: []Variant{works(shards, "steady", nil), works(shards, "clones", nil)},
			Of:       func(r, _ sim.Result) float64 { return sim.Credit(r) },
		},
		{
			Name: "splitter", Figure: paid, Shards: shards, Most: limit(1.00), Beside: true, Of: beside, Variants: []Variant{
				works(shards, "splitter", sim.Knobs{"parts": 2}), works(shards, "splitter", nil), works(shards, "splitter", sim.Knobs{"parts": 2, "gap": 0}),
			},
		},
		{
			Name: "withholder", Figure: paid, Shards: shards, Most: limit(1.05), Beside: true, Of: beside, Variants: []Variant{
				works(shards, "withholder", sim.Knobs{"gap": 5}), works(shards, "withholder", sim.Knobs{"gap": 11}),
			},
		},
	}
}
