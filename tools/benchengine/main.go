// SPDX-License-Identifier: Apache-2.0

// Command benchengine measures pkg/yuma: nanoseconds a cell, allocations and workspace by size,
// density, rule and layout, how often faster it is than the same algorithm in LegacyDec, and how
// much slower inputs are that were made to be slow. What is compared is measured in turns, and
// the least of several measurements counts.
//
//	benchengine [-out FILE] [-quick]
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

// size is the shape of an epoch.
type size struct{ contributions, validators int }

func (s size) cells() int { return s.contributions * s.validators }

var sizes = []size{{256, 64}, {1024, 128}, {4096, 256}, {16384, 256}, {65536, 256}}

// twinCells is the largest epoch that the LegacyDec twin computes: a few seconds.
const twinCells = 4096 * 256

// result is one line of the table, and one element of the JSON array.
type result struct {
	Validators     int      `json:"validators"`
	Contributions  int      `json:"contributions"`
	Density        float64  `json:"density"`
	Rule           string   `json:"rule"`
	Layout         string   `json:"layout"`
	NsPerCell      float64  `json:"ns_per_cell"`
	Allocs         float64  `json:"allocs"`
	WorkspaceBytes int      `json:"workspace_bytes"`
	RatioLegacyDec *float64 `json:"ratio_legacydec"`
	RatioWorstCase float64  `json:"ratio_worst_case"`
	WorstCase      string   `json:"worst_case"`
}

func main() {
	out := flag.String("out", "", "write the results to this file, as a JSON array")
	quick := flag.Bool("quick", false, "only sizes up to 1024x128")
	flag.Parse()
	runtime.LockOSThread() // the clock is the thread's
	debug.SetGCPercent(800)
	if err := run(*out, *quick); err != nil {
		fmt.Fprintln(os.Stderr, "benchengine:", err)
		os.Exit(1)
	}
}

func run(out string, quick bool) error {
	var results []result
	fmt.Println(header)
	for _, size := range sizes {
		if quick && size.cells() > 1024*128 {
			continue
		}
		for _, density := range []float64{1, 0.1} {
			for _, rule := range rules {
				for _, layout := range layouts {
					if layout == csr && density == 1 {
						continue // a full matrix is never compressed
					}
					r, err := measure(size, density, rule, layout)
					if err != nil {
						return err
					}
					results = append(results, r)
					fmt.Println(r)
				}
			}
		}
	}
	summarise(results)
	if out == "" {
		return nil
	}
	data, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(data, '\n'), 0o644)
}

// twinRounds is how often the twin is measured: seconds each where it is large, and most of a
// minute where it has to compute exponentials.
func twinRounds(s size, rule string) int {
	switch {
	case s.cells() > twinCells:
		return 0
	case s.cells() < twinCells:
		return 3
	case rule == "liquid":
		return 1
	default:
		return 2
	}
}

// measure takes the engine, the twin and the adversaries in turns.
func measure(size size, density float64, rule string, layout layout) (result, error) {
	r := result{
		Validators: size.validators, Contributions: size.contributions, Density: density, Rule: rule, Layout: layout.String(),
	}
	epoch := newEpoch(size, density, rule, layout)
	worst := adversaries(epoch)
	if err := epoch.run(); err != nil {
		return r, err
	}
	r.Allocs = epoch.allocations()
	r.WorkspaceBytes = epoch.workspace()

	rounds := max(3, min(60, 1<<25/size.cells()))
	least, leastWorst, leastTwin := time.Duration(math.MaxInt64), make([]time.Duration, len(worst)), time.Duration(math.MaxInt64)
	for round := range rounds {
		least = min(least, epoch.time())
		for i, w := range worst {
			if t := w.time(); round == 0 || t < leastWorst[i] {
				leastWorst[i] = t
			}
		}
		if layout == dense && round < twinRounds(size, rule) {
			start := clock()
			epoch.twin()
			leastTwin = min(leastTwin, clock()-start)
			for range 3 { // what the twin threw out of the caches comes back
				least = min(least, epoch.time())
			}
		}
	}
	r.NsPerCell = float64(least.Nanoseconds()) / float64(size.cells())
	if leastTwin != math.MaxInt64 {
		ratio := float64(leastTwin) / float64(least)
		r.RatioLegacyDec = &ratio
	}
	for i, w := range worst {
		if ratio := float64(leastWorst[i]) / float64(least); ratio > r.RatioWorstCase {
			r.RatioWorstCase, r.WorstCase = ratio, w.name
		}
	}
	return r, nil
}

const header = "contributions x validators  filled  rule    layout   ns/cell   allocs  bytes/cell  x LegacyDec  worst case"

// String is the result as a line of the table.
func (r result) String() string {
	twin := "-"
	if r.RatioLegacyDec != nil {
		twin = fmt.Sprintf("%.0f", *r.RatioLegacyDec)
	}
	cells := float64(r.Validators * r.Contributions)
	return fmt.Sprintf("%13d x %-10d  %5.0f%%  %-7s %-7s %8.2f %8.0f %11.2f %12s  %.2f (%s)",
		r.Contributions, r.Validators, 100*r.Density, r.Rule, r.Layout, r.NsPerCell, r.Allocs,
		float64(r.WorkspaceBytes)/cells, twin, r.RatioWorstCase, r.WorstCase)
}

// summarise prints the figures that the engine is held to.
func summarise(results []result) {
	find := func(s size, density float64, rule, layout string) *result {
		for i, r := range results {
			if r.Contributions == s.contributions && r.Validators == s.validators && r.Density == density && r.Rule == rule && r.Layout == layout {
				return &results[i]
			}
		}
		return nil
	}
	fmt.Println()
	for _, s := range sizes {
		full, fixed := find(s, 1, "yuma2", "dense"), find(s, 1, "yuma3", "dense")
		liquid, sparse := find(s, 1, "liquid", "dense"), find(s, 0.1, "yuma2", "csr")
		if full == nil {
			continue
		}
		fmt.Printf("%d x %d: liquid alpha %.2f times fixed alpha; a tenth filled, compressed, %.1f times faster than full\n",
			s.contributions, s.validators, liquid.NsPerCell/fixed.NsPerCell, full.NsPerCell/sparse.NsPerCell)
	}
	first, last := find(sizes[0], 1, "yuma2", "dense"), find(sizes[len(sizes)-1], 1, "yuma2", "dense")
	if first != nil && last != nil {
		cells := func(r *result) float64 { return float64(r.Validators) * float64(r.Contributions) }
		time := func(r *result) float64 { return r.NsPerCell * cells(r) }
		fmt.Printf("growth exponent from %d to %d contributions: %.3f\n",
			first.Contributions, last.Contributions, math.Log(time(last)/time(first))/math.Log(cells(last)/cells(first)))
	}
}
