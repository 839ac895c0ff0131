// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Strategy is how a group of validators plays.
type Strategy interface {
	// Score fills the row of every member.
	Score(v *View)
}

// Revealer is a Strategy that does not always reveal what it committed.
type Revealer interface {
	// Reveal says of each member whether it reveals, knowing the rows that the other groups
	// revealed before it.
	Reveal(v *View, others []ballot, reveals []bool)
}

// Staker is a Strategy whose power is not always bonded.
type Staker interface {
	// Bonded says whether its tokens were bonded through all of the epoch.
	Bonded(epoch int) bool
}

// Knobs are the numbers of a strategy, by name.
type Knobs map[string]int64

// knob is one number that a strategy takes.
type knob struct {
	name     string
	def      int64
	lo, hi   int64
	whatItIs string
}

// kind is a strategy that a scenario can name.
type kind struct {
	name    string
	purpose string
	knobs   []knob
	make    func(k Knobs) Strategy
}

var kinds = []kind{
	{"honest", "measures every item each epoch and says what it saw", []knob{
		{"noise_bp", 0, 0, 10_000, "noise of its own machine, on top of the world's"},
	}, func(k Knobs) Strategy { return &honest{noise: k["noise_bp"]} }},
	{"lazy", "measures now and then, and repeats its last row between", []knob{
		{"every", 5, 2, 1000, "epochs from one measurement to the next"},
	}, func(k Knobs) Strategy { return &lazy{every: int(k["every"])} }},
	{"partial", "measures some items, drawn anew each epoch, and copies the rest", []knob{
		{"share_bp", 3_000, 0, 10_000, "share of the items that it measures"},
	}, func(k Knobs) Strategy { return partial{share: k["share_bp"]} }},
	{"novelty", "measures new items only, and copies the rest", []knob{
		{"age", 3, 1, 1000, "epochs that an item counts as new"},
	}, func(k Knobs) Strategy { return novelty{age: int(k["age"])} }},
	{"copier", "repeats the last published medians", nil, func(Knobs) Strategy { return copier{} }},
	{"copier-noisy", "repeats the last published medians with noise, each member its own", []knob{
		{"noise_bp", 500, 0, 10_000, "standard deviation of the noise"},
	}, func(k Knobs) Strategy { return noisyCopier{noise: k["noise_bp"]} }},
	{"copier-smoothed", "gives a moving average of the published medians, which lie less than the last one", []knob{
		{"alpha_bp", 2_000, 1, 10_000, "weight of the last epoch"},
	}, func(k Knobs) Strategy { return &revertingCopier{alpha: k["alpha_bp"], gain: basisPoints} }},
	{"copier-reverting", "bets that what the last epoch's chance moved comes back", []knob{
		{"alpha_bp", 500, 1, 10_000, "weight of the last epoch in the average that things come back to"},
		{"gain_bp", 7_000, 0, 20_000, "how much of the way back"},
	}, func(k Knobs) Strategy { return &revertingCopier{alpha: k["alpha_bp"], gain: k["gain_bp"]} }},
	{"pooled", "one member measures, all give its row", nil, func(Knobs) Strategy { return pooled{} }},
	{"fabricator", "one member measures, and makes up what the others would have measured on shards of their own", []knob{
		{"noise_bp", 1_700, 0, 10_000, "standard deviation of what it makes up"},
	}, func(k Knobs) Strategy { return fabricator{noise: k["noise_bp"]} }},
	{"shocked", "copies, and moves all its rows by one random shock to look informed", []knob{
		{"shock_bp", 500, 0, 10_000, "standard deviation of the shock"},
	}, func(k Knobs) Strategy { return shocked{shock: k["shock_bp"]} }},
	{"cabal", "measures, pushes its own items and holds back the others'", []knob{
		{"boost_bp", 1_000_000, 0, 1_000_000, "what its own items get, of what it measured"},
		{"others_bp", 10_000, 0, 1_000_000, "what the others' items get, of what it measured"},
		{"panels", 0, 0, 1, "1: it does so only to items whose median it decides alone, and is honest about the rest"},
	}, func(k Knobs) Strategy {
		return cabal{boost: k["boost_bp"], others: k["others_bp"], panels: k["panels"] == 1}
	}},
	{"selective", "measures, looks at what others reveal, and reveals its own row only when it fits", []knob{
		{"hide_bp", 2_000, 0, 10_000, "about how often it hides"},
	}, func(k Knobs) Strategy { return &selective{hide: k["hide_bp"]} }},
	{"bond-gamer", "gives young items too much, to be bonded to them before the others", []knob{
		{"age", 5, 1, 1000, "epochs that an item counts as young"},
		{"boost_bp", 20_000, 0, 1_000_000, "what a young item gets, of what it measured"},
	}, func(k Knobs) Strategy { return bondGamer{age: int(k["age"]), boost: k["boost_bp"]} }},
	{"flash", "measures, and bonds its tokens for one epoch in many", []knob{
		{"every", 10, 1, 1000, "epochs from one bonded epoch to the next"},
	}, func(k Knobs) Strategy { return &flash{every: int(k["every"])} }},
	{"blend", "mixes all that cheats do, by numbers; what the search turns", blendKnobs, newBlend},
}

// Strategies lists the names of the strategies with a line each, sorted as they are defined.
func Strategies() []string {
	var lines []string
	for _, k := range kinds {
		lines = append(lines, describe(k.name, k.purpose, k.knobs)...)
	}
	return lines
}

// describe is a strategy in lines.
func describe(name, purpose string, knobs []knob) []string {
	lines := []string{fmt.Sprintf("%-17s %s", name, purpose)}
	for _, n := range knobs {
		lines = append(lines, fmt.Sprintf("  %-15s   %s (%d to %d, default %d)", n.name, n.whatItIs, n.lo, n.hi, n.def))
	}
	return lines
}

// newStrategy makes one by name. The error says what is wrong and what is expected.
func newStrategy(name string, given Knobs) (Strategy, error) {
	at := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if at < 0 {
		var names []string
		for _, k := range kinds {
			names = append(names, k.name)
		}
		return nil, fmt.Errorf("%w: no strategy %q, expected one of %s", ErrScenario, name, strings.Join(names, ", "))
	}
	knobs, err := turn(kinds[at].knobs, given)
	if err != nil {
		return nil, fmt.Errorf("strategy %q: %w", name, err)
	}
	return kinds[at].make(knobs), nil
}

// turn completes given numbers with the defaults and checks each.
func turn(known []knob, given Knobs) (Knobs, error) {
	knobs := Knobs{}
	for _, k := range known {
		knobs[k.name] = k.def
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		at := slices.IndexFunc(known, func(k knob) bool { return k.name == name })
		if at < 0 {
			return nil, fmt.Errorf("%w: it has no param %q, expected one of %s", ErrScenario, name, strings.Join(slices.Sorted(maps.Keys(knobs)), ", "))
		}
		if v := given[name]; v < known[at].lo || v > known[at].hi {
			return nil, fmt.Errorf("%w: %s is %d, expected %d to %d", ErrScenario, name, v, known[at].lo, known[at].hi)
		}
		knobs[name] = given[name]
	}
	return knobs, nil
}
