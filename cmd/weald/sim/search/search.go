// SPDX-License-Identifier: Apache-2.0

// Package search looks for the way of cheating that earns most: coordinate search over the numbers
// of the strategy "blend", from honesty and from random starts.
package search

import (
	"context"
	"slices"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// Find is what a search came to.
type Find struct {
	// Scenario plays the best strategy that was found.
	Scenario *sim.Scenario
	// Gain is its revenue beside honest play of the same seeds.
	Gain sim.Figure
	// Fresh is the same on seeds that the search did not see, fresh times as many: the best of many was lucky with those that it was
	// chosen by.
	Fresh sim.Figure
	// Tried is how many strategies were played.
	Tried int
}

// fresh is how many times as many seeds value a find as the search went by.
const fresh = 4

// grid are the values that the search gives to each number of a blend.
var grid = []struct {
	name   string
	values []int64
}{
	{"share_bp", []int64{0, 3_000, 7_000, 10_000}},
	{"pooled", []int64{0, 1}},
	{"weight_bp", []int64{0, 3_000, 7_000, 10_000, 14_000, 20_000, 30_000}},
	{"gain_bp", []int64{0, 5_000, 10_000, 15_000}},
	{"shock_bp", []int64{0, 100, 500, 2_000}},
	{"own_bp", []int64{10_000, 10_500, 11_000, 12_000, 15_000, 20_000, 100_000, 1_000_000}},
	{"others_bp", []int64{0, 5_000, 8_000, 9_000, 9_500, 10_000, 11_000}},
	{"young_bp", []int64{5_000, 8_000, 10_000, 12_000, 15_000, 20_000}},
	{"hide_bp", []int64{0, 500, 2_000}},
	{"every", []int64{1, 2, 5, 10}},
}

// Run searches for the group of a scenario that is not the first: its revenue beside honest play,
// over the scenario's seeds. budget bounds how many strategies are played. The same seed makes the
// same search, whatever the number of workers.
func Run(ctx context.Context, s *sim.Scenario, budget, workers int, progress func(done, all int)) (Find, error) {
	best := Find{Scenario: s}
	honest, err := sim.Play(ctx, s.Honestly(), workers, nil)
	if err != nil {
		return Find{}, err
	}
	value := func(knobs sim.Knobs) (*sim.Scenario, sim.Figure, error) {
		c := *s
		c.Groups = slices.Clone(s.Groups)
		c.Groups[1].Strategy, c.Groups[1].Params = "blend", knobs
		gain, err := revenue(ctx, &c, honest, workers)
		if err != nil {
			return nil, sim.Figure{}, err
		}
		best.Tried++
		if progress != nil {
			progress(best.Tried, budget)
		}
		return &c, gain, nil
	}
	draw := sim.NewSource(s.Seed, 1<<40)
	for start := 0; best.Tried < budget; start++ {
		knobs := sim.Knobs{}
		for _, g := range grid {
			if start > 0 && draw.Chance(4_000) {
				knobs[g.name] = g.values[draw.Below(uint64(len(g.values)))]
			}
		}
		scenario, gain, err := value(knobs)
		if err != nil {
			return Find{}, err
		}
		local := Find{Scenario: scenario, Gain: gain}
		for improved := true; improved && best.Tried < budget; {
			if improved, err = local.improve(value, func() bool { return best.Tried < budget }); err != nil {
				return Find{}, err
			}
		}
		if start == 0 || local.Gain.Mean > best.Gain.Mean {
			best.Scenario, best.Gain = local.Scenario, local.Gain
		}
	}
	unseen := *best.Scenario
	unseen.Seed, unseen.Seeds = s.Seed+uint64(s.Seeds), fresh*s.Seeds //nolint:gosec // at most 10000
	if honest, err = sim.Play(ctx, unseen.Honestly(), workers, nil); err != nil {
		return Find{}, err
	}
	best.Fresh, err = revenue(ctx, &unseen, honest, workers)
	return best, err
}

// revenue is what a scenario's second group earns beside honest play of the same seeds.
func revenue(ctx context.Context, s *sim.Scenario, honest []sim.Result, workers int) (sim.Figure, error) {
	results, err := sim.Play(ctx, s, workers, nil)
	if err != nil {
		return sim.Figure{}, err
	}
	values := make([]float64, len(results))
	for k := range results {
		values[k] = sim.RevenueBeside(results[k], honest[k], 1)
	}
	return sim.NewFigure(values), nil
}

// improve tries every other value of every number, one number at a time, and keeps what is better.
func (f *Find) improve(value func(sim.Knobs) (*sim.Scenario, sim.Figure, error), left func() bool) (improved bool, err error) {
	for _, g := range grid {
		now, given := f.Scenario.Groups[1].Params[g.name]
		for _, v := range g.values {
			if !left() {
				return improved, nil
			}
			if given && v == now {
				continue
			}
			knobs := sim.Knobs{}
			for name, x := range f.Scenario.Groups[1].Params {
				knobs[name] = x
			}
			knobs[g.name] = v
			scenario, gain, err := value(knobs)
			if err != nil {
				return false, err
			}
			if gain.Mean > f.Gain.Mean {
				f.Scenario, f.Gain, improved = scenario, gain, true
			}
		}
	}
	return improved, nil
}
