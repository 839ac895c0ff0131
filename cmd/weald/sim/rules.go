// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/sharpness"
	"github.com/weal-network/weal/pkg/yuma"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Rule sets by name.
const (
	// RulesYuma3 is Yuma consensus as published: clipped sums, bonds, pay in proportion.
	RulesYuma3 = "yuma3"
	// RulesDefault is what a new topic has.
	RulesDefault = "default"
)

// RuleSets lists the names.
func RuleSets() []string { return []string{RulesYuma3, RulesDefault} }

// Epoch is what the rules are given.
type Epoch struct {
	// Power is each validator's, Revealed says who revealed.
	Power    []uint64
	Revealed []bool
	// Scores are rows, validators x slots; rows that were not revealed are 0, and so is what was not dealt.
	Scores []uint16
	// Dealt says who was to score which slots, as yuma.Tile.Assigned does; nil for everybody all.
	Dealt []uint64
	// Fresh says which slots hold another item than in the last epoch that was closed.
	Fresh []bool
	// Live says which slots hold an item, IDs which: 0 is none.
	Live []bool
	IDs  []uint64
}

// Outcome is what an epoch came to; its slices are the rules'.
type Outcome struct {
	// Dividends are each validator's part of the scoring budget, Pay each slot's part of the
	// contributors'. Neither needs to add up to 1: the rest is not earned.
	Dividends, Pay []fixed.Q32
	// Quality is each slot's median of scores.
	Quality []uint16
	// Top is how high the best so far is in the ledger of rules that have one.
	Top uint32
}

// Rules close epochs, one after the other.
type Rules interface {
	Close(e Epoch) (Outcome, error)
}

func newRules(s *Scenario) Rules {
	plain := newYumaRules(s.scoring(), s.slots())
	if s.Rules == RulesYuma3 {
		return plain
	}
	return newInnovationRules(plain, s.scoring(), s.validators())
}

// yumaRules runs pkg/yuma and keeps the bonds.
type yumaRules struct {
	engine    yuma.Engine
	params    yuma.Params
	sharpness uint32
	slots     int
	bonds     []uint16
	// weighed are the scores that weights are made of, of the last epoch; sharp is the memory for them.
	weighed, sharp []uint16
}

// newYumaRules has the numbers of a topic.
func newYumaRules(scoring topictypes.Scoring, slots int) *yumaRules {
	params, err := scoringtypes.EngineParams(scoring)
	if err != nil {
		panic(err)
	}
	return &yumaRules{slots: slots, params: params, sharpness: scoring.Sharpness}
}

// Close implements Rules.
func (r *yumaRules) Close(e Epoch) (Outcome, error) {
	out, err := r.run(e)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Dividends: out.Dividends, Pay: out.Incentive, Quality: out.Quality}, nil
}

// run is one epoch of the engine; its bonds are kept.
func (r *yumaRules) run(e Epoch) (yuma.Output, error) {
	r.forget(e)
	r.weigh(e.Scores)
	out, err := r.engine.Run(r.params, yuma.Input{
		Validators: len(e.Power), Contributions: r.slots, Power: e.Power, Active: e.Revealed,
		Scores: yuma.Matrix{Values: r.weighed}, Bonds: yuma.Matrix{Values: r.bonds}, Assigned: e.Dealt,
	})
	if err != nil {
		return yuma.Output{}, err
	}
	r.bonds = append(r.bonds[:0], out.Bonds.Values...)
	if r.sharpness > 1 {
		out.Quality, err = r.engine.Quality(yuma.Tile{Columns: r.slots, Scores: yuma.Matrix{Values: e.Scores}, Assigned: e.Dealt})
	}
	return out, err
}

// weigh raises rows of scores to what weights are made of.
func (r *yumaRules) weigh(scores []uint16) {
	if r.sharpness <= 1 {
		r.weighed = scores
		return
	}
	r.sharp = append(r.sharp[:0], scores...)
	for at := 0; at < len(scores); at += r.slots {
		row := r.sharp[at : at+r.slots]
		sharpness.Sharpen(row, row, slices.Max(row), r.sharpness)
	}
	r.weighed = r.sharp
}

// forget drops the bonds to items that left.
func (r *yumaRules) forget(e Epoch) {
	if r.bonds == nil {
		r.bonds = make([]uint16, len(e.Scores))
	}
	for j, fresh := range e.Fresh {
		for i := j; fresh && i < len(r.bonds); i += r.slots {
			r.bonds[i] = 0
		}
	}
}
