// SPDX-License-Identifier: Apache-2.0

package gates

import (
	"fmt"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// kinds of copiers.
var copiers = []string{"copier", "copier-noisy", "copier-smoothed", "copier-reverting"}

// crowd is a population of honest validators and others.
type crowd struct {
	validators, others int
	powerBp            int64
	items, owns        int
}

func (c crowd) String() string {
	s := fmt.Sprintf("%d of %d validators, %d%%, %d items", c.others, c.validators, c.powerBp/100, c.items)
	if c.owns > 0 {
		s += fmt.Sprintf(", %d its own", c.owns)
	}
	return s
}

// turnoverBp is how many of 10000 items are new each epoch. On shared shards the news is the shards'
// chance, so few are new: an item lives 100 epochs. On own shards what is new is all the news that
// there is, and the gates are those of a topic in which an item lives 10 epochs.
func turnoverBp(shards sim.Shards) int64 {
	if shards == sim.Own {
		return 1_000
	}
	return 100
}

// plays is the variant in which the others of a crowd play a strategy.
func (c crowd) plays(shards sim.Shards, strategy string, params sim.Knobs) Variant {
	s := sim.DefaultScenario()
	s.Name, s.Shards, s.Items, s.TurnoverBp = strategy+": "+c.String(), shards, c.items, turnoverBp(shards)
	s.Groups = []sim.Group{
		{Name: "honest", Strategy: "honest", Validators: c.validators - c.others, PowerBp: 10_000 - c.powerBp},
		{Name: "others", Strategy: strategy, Params: params, Validators: c.others, PowerBp: c.powerBp, Owns: c.owns},
	}
	return Variant{Name: s.Name, Scenario: s}
}

// many are 10 to 64 validators, 1 to 20% of the power, 24 items and more.
var many = []crowd{
	{10, 1, 100, 24, 0},
	{10, 2, 2_000, 24, 0},
	{10, 2, 2_000, 48, 0},
	{64, 1, 100, 24, 0},
	{64, 13, 2_000, 24, 0},
	{64, 13, 2_000, 48, 0},
}

// few are 4 to 10 validators and 8 items.
var few = []crowd{
	{4, 1, 2_000, 8, 0},
	{10, 1, 100, 8, 0},
	{10, 2, 2_000, 8, 0},
}

// usual is what most gates are played in.
var usual = []crowd{
	{10, 1, 1_000, 24, 0},
	{20, 2, 1_000, 48, 0},
}

// groups are up to 30% of the power.
var groups = []crowd{
	{20, 2, 1_000, 24, 0},
	{20, 6, 3_000, 24, 0},
	{20, 6, 3_000, 48, 0},
}

func variants(shards sim.Shards, crowds []crowd, strategies ...string) []Variant {
	var all []Variant
	for _, strategy := range strategies {
		for _, c := range crowds {
			all = append(all, c.plays(shards, strategy, nil))
		}
	}
	return all
}

func perPower(r, _ sim.Result) float64     { return sim.PerPower(r, 1, 0) }
func pay(r, honest sim.Result) float64     { return sim.PayBeside(r, honest, 1) }
func revenue(r, honest sim.Result) float64 { return sim.RevenueBeside(r, honest, 1) }
func honestSpread(r, _ sim.Result) float64 { return sim.Spread(r, 0) }
func at(limit float64) *float64            { return &limit }
func ofEither(shards sim.Shards, shared, own float64) float64 {
	if shards == sim.Own {
		return own
	}
	return shared
}

// Table is all gates.
func Table() []Gate {
	var all []Gate
	for _, shards := range []sim.Shards{sim.Shared, sim.Own} {
		all = append(all, workGates(shards)...)
		all = append(all, controlGates(shards)...)
		all = append(all, groupGates(shards)...)
		all = append(all, cabalGates(shards)...)
		all = append(all, contributorGates(shards)...)
		if shards == sim.Shared {
			all = append(all, choiceGates(shards)...)
		}
	}
	return all
}

const dividends = "dividend per power, beside honest"

// workGates are about those who save the work of measuring.
func workGates(shards sim.Shards) []Gate {
	onlyNew := Gate{
		Name: "measures new items only", Figure: dividends, Shards: shards, Of: perPower, Variants: variants(shards, usual, "novelty"),
	}
	if shards == sim.Shared {
		onlyNew.Most = at(0.60)
	}
	return []Gate{
		{
			Name: "copier, 24 items and more", Figure: dividends, Shards: shards, Most: at(ofEither(shards, 0.55, 0.60)), Of: perPower,
			Variants: variants(shards, many, copiers...),
		},
		{
			Name: "copier, 8 items", Figure: dividends, Shards: shards, Most: at(ofEither(shards, 0.55, 0.70)), Of: perPower,
			Variants: variants(shards, few, copiers...),
		},
		{
			Name: "measures 30% of the items", Figure: dividends, Shards: shards, Most: at(ofEither(shards, 0.75, 0.80)), Of: perPower,
			Variants: variants(shards, usual, "partial"),
		},
		onlyNew,
		{
			Name: "measures every fifth epoch", Figure: dividends, Shards: shards, Of: perPower, Variants: variants(shards, usual, "lazy"),
		},
	}
}

// controlGates are about the honest, among themselves.
func controlGates(shards sim.Shards) []Gate {
	control := Gate{
		Name: "honest control", Figure: dividends, Shards: shards, Of: perPower,
		Least: at(ofEither(shards, 0.99, 0.97)), Most: at(ofEither(shards, 1.01, 1.03)),
		Variants: variants(shards, []crowd{{4, 1, 2_500, 8, 0}, {10, 1, 1_000, 24, 0}, {20, 1, 500, 48, 0}, {64, 1, 156, 24, 0}}, "honest"),
	}
	spread := func(items int, most float64) Gate {
		return Gate{
			Name: fmt.Sprintf("honest among themselves, %d items", items), Figure: "variation of dividends", Shards: shards, Most: at(most),
			Of: honestSpread, Variants: variants(shards, []crowd{{10, 1, 1_000, items, 0}, {20, 1, 500, items, 0}}, "honest"),
		}
	}
	if shards == sim.Shared {
		return []Gate{control, spread(8, 0.01), spread(48, 0.01)}
	}
	return []Gate{control, spread(8, 0.10), spread(48, 0.02)}
}

// groupGates are about those who act together, or in their own time.
func groupGates(shards sim.Shards) []Gate {
	all := togetherGates(shards)
	if shards == sim.Own {
		all = append(all, Gate{
			Name: "makes up its own shards' results", Figure: dividends, Shards: shards, Of: perPower, Variants: variants(shards, groups, "fabricator"),
		})
	}
	return all
}

func togetherGates(shards sim.Shards) []Gate {
	return []Gate{
		{
			Name: "pooled or shocked group", Figure: dividends, Shards: shards, Most: at(ofEither(shards, 1.03, 1.10)), Of: perPower,
			Variants: variants(shards, groups, "pooled", "shocked"),
		},
		{
			Name: "selective reveal", Figure: dividends, Shards: shards, Most: at(1.01), Of: perPower,
			Variants: variants(shards, usual, "selective"),
		},
		{
			Name: "bond gamer", Figure: dividends, Shards: shards, Of: perPower, Variants: variants(shards, usual, "bond-gamer"),
		},
		{
			Name: "flash stake", Figure: dividends, Shards: shards, Most: at(1.00), Of: perPower,
			Variants: variants(shards, usual, "flash"),
		},
	}
}

// cabalGates are about groups with items of their own.
func cabalGates(shards sim.Shards) []Gate {
	limits := map[int64]float64{1_000: ofEither(shards, 1.02, 1.10), 3_000: ofEither(shards, 1.03, 1.25), 4_000: ofEither(shards, 1.05, 1.45)}
	var all []Gate
	for _, c := range []crowd{{20, 2, 1_000, 24, 3}, {20, 6, 3_000, 24, 3}, {20, 8, 4_000, 24, 3}} {
		all = append(all, Gate{
			Name: fmt.Sprintf("cabal of %d%%", c.powerBp/100), Figure: "pay of its items, beside honest play", Shards: shards, Beside: true,
			Most: at(limits[c.powerBp]), Of: pay,
			Variants: []Variant{c.plays(shards, "cabal", nil), c.plays(shards, "cabal", sim.Knobs{"others_bp": 0})},
		})
	}
	published := crowd{20, 8, 4_000, 30, 9}
	return append(all, Gate{
		Name: "published attack: 40%, 30% of the items", Figure: "revenue, beside honest play", Shards: shards, Beside: true,
		Most: at(ofEither(shards, 1.00, 1.10)), Of: revenue,
		Variants: []Variant{published.plays(shards, "cabal", sim.Knobs{"others_bp": 0})},
	})
}
