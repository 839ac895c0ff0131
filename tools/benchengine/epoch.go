// SPDX-License-Identifier: Apache-2.0

package main

import (
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

type layout bool

const (
	dense layout = false
	csr   layout = true
)

var (
	layouts = []layout{dense, csr}
	rules   = []string{"yuma2", "yuma3", "liquid"}
)

func (l layout) String() string {
	if l == csr {
		return "csr"
	}
	return "dense"
}

// params are those that topics start with, or the published ones of liquid alpha.
func params(rule string) yuma.Params {
	p := yuma.Params{
		Rule: yuma.YUMA3, Kappa: fixed.Half, BondPenalty: fixed.One, BondsMovingAverage: fixed.FromBasisPoints(9_000),
	}
	switch rule {
	case "yuma2":
		p.Rule = yuma.YUMA2
	case "liquid":
		p.LiquidAlpha = yuma.LiquidAlpha{
			Enabled: true, Lo: fixed.FromBasisPoints(7_000), Hi: fixed.FromBasisPoints(9_000), Steepness: 1_000,
		}
	}
	return p
}

// epoch is an input with an engine that meets it cold: it has computed other epochs of that
// size, so that its memory is there, and keeps nothing of them.
type epoch struct {
	name   string
	params yuma.Params
	input  yuma.Input
	engine *yuma.Engine
}

// newEpoch draws validators that measured the same models with a noise of a twentieth, and
// the bonds that a like epoch before left where there is a score.
func newEpoch(s size, density float64, rule string, l layout) *epoch {
	r := rand.New(rand.NewPCG(uint64(s.cells()), 42))
	e := &epoch{params: params(rule), engine: new(yuma.Engine)}
	e.input = yuma.Input{Validators: s.validators, Contributions: s.contributions, Power: make([]uint64, s.validators)}
	for i := range e.input.Power {
		e.input.Power[i] = 1_000_000 + r.Uint64N(9_000_000)
	}
	scores, bonds := make([]uint16, s.cells()), make([]uint16, s.cells())
	for j := range s.contributions {
		truth := 20_000 + r.IntN(40_000)
		for i := range s.validators {
			if r.Float64() < density {
				at := i*s.contributions + j
				scores[at] = uint16(truth + r.IntN(truth/10+1) - truth/20)
				bonds[at] = uint16(1 + (truth+r.IntN(truth/10+1)-truth/20)*65535/s.contributions/60_000)
			}
		}
	}
	e.fill(scores, bonds, l)
	return e
}

// fill lays scores and bonds out.
func (e *epoch) fill(scores, bonds []uint16, l layout) {
	e.input.Scores, e.input.Bonds = yuma.Matrix{Values: scores}, yuma.Matrix{Values: bonds}
	if l == csr {
		e.input.Scores, e.input.Bonds = e.compressed(scores), e.compressed(bonds)
	}
}

func (e *epoch) compressed(values []uint16) yuma.Matrix {
	m := yuma.Matrix{Starts: []int{0}}
	for i := range e.input.Validators {
		for j := range e.input.Contributions {
			if v := values[i*e.input.Contributions+j]; v != 0 {
				m.Values, m.Columns = append(m.Values, v), append(m.Columns, uint16(j))
			}
		}
		m.Starts = append(m.Starts, len(m.Values))
	}
	return m
}

func (e *epoch) run() error {
	_, err := e.engine.Run(e.params, e.input)
	return err
}

// time is how long one epoch takes.
func (e *epoch) time() time.Duration {
	start := clock()
	if err := e.run(); err != nil {
		panic(err) // the same input was computed before
	}
	return clock() - start
}

// allocations is how often one epoch asks for memory.
func (e *epoch) allocations() float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const runs = 3
	for range runs {
		e.time()
	}
	runtime.ReadMemStats(&after)
	return float64((after.Mallocs - before.Mallocs) / runs)
}

// workspace is what a new engine asks for, in bytes, by its first epoch of the kind.
func (e *epoch) workspace() int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var engine yuma.Engine
	if _, err := engine.Run(e.params, e.input); err != nil {
		panic(err) // the same input was computed before
	}
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(engine)
	return int(after.TotalAlloc - before.TotalAlloc)
}
