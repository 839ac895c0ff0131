// SPDX-License-Identifier: Apache-2.0

package gates

import (
	"fmt"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// Choices of a topic that are played: how many of 24 validators score each item, and the power that scores are raised to.
const (
	someCoverage  = 8
	someSharpness = 3
)

// under is the variant in a topic that chose a coverage and a sharpness; 0 is neither.
func (v Variant) under(coverage, sharpness uint32) Variant {
	s := *v.Scenario
	s.Coverage, s.Sharpness = coverage, sharpness
	s.Name = fmt.Sprintf("%s, coverage %d, sharpness %d", s.Name, coverage, sharpness)
	return Variant{Name: s.Name, Scenario: &s}
}

// choiceGates show what coverage and sharpness do to the main attacks. The design has no limits for them: a topic chooses.
func choiceGates(shards sim.Shards) []Gate {
	const panels, sharp = "8 of 24 score each", "sharpness 3"
	usual := crowd{24, 2, 1_000, 24, 0}
	cabal := crowd{24, 7, 3_000, 24, 3}
	choose := func(coverage, sharpness uint32, all ...Variant) []Variant {
		for i := range all {
			all[i] = all[i].under(coverage, sharpness)
		}
		return all
	}
	cabals := func(coverage, sharpness uint32, all ...sim.Knobs) (variants []Variant) {
		for _, params := range all {
			v := cabal.plays(shards, "cabal", params)
			if params["panels"] == 1 {
				v.Scenario.Name += ", where it decides"
			}
			variants = append(variants, v.under(coverage, sharpness))
		}
		return variants
	}
	everywhere, whereItDecides := sim.Knobs{"others_bp": 0}, sim.Knobs{"others_bp": 0, "panels": 1}
	report := func(name, figure string, of func(r, honest sim.Result) float64, variants []Variant) Gate {
		return Gate{Name: name, Figure: figure, Shards: shards, Of: of, Variants: variants, DefaultOnly: variants[0].Scenario.Coverage > 0}
	}
	const itsPay, itsRevenue = "pay of its items, beside honest play", "revenue, beside honest play"
	all := []Gate{
		report("copier, "+panels, dividends, perPower, choose(someCoverage, 0, variants(shards, []crowd{usual}, copiers...)...)),
		report("honest control, "+panels, dividends, perPower, choose(someCoverage, 0, usual.plays(shards, "honest", nil))),
		report("honest among themselves, "+panels, "variation of dividends", honestSpread, choose(someCoverage, 0, usual.plays(shards, "honest", nil))),
		report("copier, "+sharp, dividends, perPower, choose(0, someSharpness, variants(shards, []crowd{usual}, copiers...)...)),
		report("honest control, "+sharp, dividends, perPower, choose(0, someSharpness, usual.plays(shards, "honest", nil))),
	}
	for _, g := range []Gate{
		report("cabal of 30%, "+panels, itsPay, pay, cabals(someCoverage, 0, nil, everywhere)),
		report("cabal of 30%, "+panels, itsRevenue, revenue, cabals(someCoverage, 0, everywhere, whereItDecides)),
		report("cabal of 30%, "+sharp, itsPay, pay, cabals(0, someSharpness, nil, everywhere)),
		report("cabal of 30%, "+panels+", "+sharp, itsRevenue, revenue, cabals(someCoverage, someSharpness, everywhere, whereItDecides)),
	} {
		g.Beside = true
		all = append(all, g)
	}
	return all
}
