// SPDX-License-Identifier: Apache-2.0

// Package gates holds what each way of playing may earn at most, and plays it: the table that
// the default rules of a topic have to pass.
package gates

import (
	"context"
	"fmt"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// Gate is a limit on what a way of playing earns, over all its variants.
type Gate struct {
	// Name says who plays what, Figure what is measured.
	Name, Figure string
	Shards       sim.Shards
	// Least and Most are the limits; nil is none. With neither the figure is only reported.
	Least, Most *float64
	// Variants are the populations that all have to pass.
	Variants []Variant
	// DefaultOnly says that only the default rules have the figure: those with a ledger of the best so far, and with medians,
	// which coverage takes.
	DefaultOnly bool
	// Beside says that the figure is taken beside the same seeds with everybody honest.
	Beside bool
	// Of is the figure of one seed.
	Of func(r, honest sim.Result) float64
}

// Variant is one population of a gate.
type Variant struct {
	Name     string
	Scenario *sim.Scenario
}

// Size is how much is played.
type Size struct {
	Seeds, Epochs, Warmup, Workers int
}

// Full is what the limits are meant for.
func Full(workers int) Size { return Size{Seeds: 200, Epochs: 300, Warmup: 60, Workers: workers} }

// Outcome is what a gate came to under one rule set: the figure of the variant that comes
// nearest to a limit, or farthest beyond.
type Outcome struct {
	Rules   string
	Figure  sim.Figure
	Variant string
	Passed  bool
	// Absent says that the rule set has no such figure.
	Absent bool
}

// Play plays all variants of a gate under a rule set.
func (g *Gate) Play(ctx context.Context, rules string, size Size) (Outcome, error) {
	if g.DefaultOnly && rules != sim.RulesDefault {
		return Outcome{Rules: rules, Absent: true}, nil
	}
	var worst Outcome
	worstMargin := 0.0
	for i, v := range g.Variants {
		figure, err := g.figure(ctx, v, rules, size)
		if err != nil {
			return Outcome{}, fmt.Errorf("%s, %s: %w", g.Name, v.Name, err)
		}
		if margin := g.margin(figure); i == 0 || margin < worstMargin {
			worst, worstMargin = Outcome{Rules: rules, Figure: figure, Variant: v.Name, Passed: margin >= 0}, margin
		}
	}
	return worst, nil
}

// figure plays one variant.
func (g *Gate) figure(ctx context.Context, v Variant, rules string, size Size) (sim.Figure, error) {
	s := *v.Scenario
	s.Rules, s.Seeds, s.Epochs, s.Warmup = rules, size.Seeds, size.Epochs, size.Warmup
	results, err := sim.Play(ctx, &s, size.Workers, nil)
	if err != nil {
		return sim.Figure{}, err
	}
	honest := make([]sim.Result, len(results))
	if g.Beside {
		if honest, err = sim.Play(ctx, s.Honestly(), size.Workers, nil); err != nil {
			return sim.Figure{}, err
		}
	}
	values := make([]float64, len(results))
	for k := range results {
		values[k] = g.Of(results[k], honest[k])
	}
	return sim.NewFigure(values), nil
}

// margin is how far the bound of a figure is from its nearest limit, negative beyond it. Of a
// figure without limits the highest is the worst.
func (g *Gate) margin(f sim.Figure) float64 {
	switch {
	case g.Least != nil && g.Most != nil:
		return min(f.Low-*g.Least, *g.Most-f.High)
	case g.Least != nil:
		return f.Low - *g.Least
	case g.Most != nil:
		return *g.Most - f.High
	default:
		return -f.High + reported
	}
}

// reported keeps the margin of what is only reported above 0.
const reported = 1e9

// Limit is the limit in words.
func (g *Gate) Limit() string {
	switch {
	case g.Least != nil && g.Most != nil:
		return fmt.Sprintf("%.2f to %.2f", *g.Least, *g.Most)
	case g.Least != nil:
		return fmt.Sprintf("at least %.2f", *g.Least)
	case g.Most != nil:
		return fmt.Sprintf("at most %.2f", *g.Most)
	default:
		return "report"
	}
}
