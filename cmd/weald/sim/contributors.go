// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"fmt"
	"slices"
	"strings"
)

// Contributor submits items of its own.
type Contributor struct {
	Name string `yaml:"name"`
	// Strategy is one of Making, Params its numbers.
	Strategy string `yaml:"strategy"`
	Params   Knobs  `yaml:"params,omitempty"`
}

// maker is how a contributor plays: what it submits in an epoch, when best is the quality of the best that is public.
type maker interface {
	submit(epoch int, best int64, r *Source) []submission
}

// submission is an item as it is made: something new, or a copy of the best that is public.
type submission struct {
	quality int64
	copied  bool
	// apart is how much of a copy's measurements is its own chance, of 10000.
	apart int64
}

// Steps of progress that makers know: one of 4% of the grid each 40 epochs, so that two contributors do not come to the
// top of the grid in 300, where measurements are cut off.
const (
	stepSize  = 2621
	stepEvery = 40
)

var stepKnobs = []knob{
	{"every", stepEvery, 1, 10_000, "epochs from one step of progress to the next"},
	{"first", 0, 0, 10_000, "epoch of the first step"},
	{"step", stepSize, 1, 65535, "how much better than the best each step is, of 65535"},
}

func stepping(parts, gap int64) []knob {
	return append(slices.Clone(stepKnobs),
		knob{"parts", parts, 1, 100, "submissions that a step is cut into"},
		knob{"gap", gap, 0, 1000, "epochs from one part to the next"})
}

func newSteps(k Knobs) maker { return &steps{k: k} }

// makerKind is a strategy that a contributor can have.
type makerKind struct {
	name, purpose string
	knobs         []knob
	make          func(k Knobs) maker
}

var makerKinds = []makerKind{
	{"steady", "submits every step of its progress at once", stepping(1, 0), newSteps},
	{"splitter", "cuts every step into parts and submits them one by one", stepping(3, 1), newSteps},
	{"withholder", "submits half of every step and holds the other half back", stepping(2, 12), newSteps},
	{"clones", "submits copies of the best item under new digests", []knob{
		{"each", 1, 1, 20, "copies an epoch"},
		{"near", 0, 0, 10_000, "how much worse than the original they are at most, of 65535"},
		{"apart", 0, 0, basisPoints, "how much of the shards' chance is a copy's own, of 10000: 0 for what answers alike"},
	}, func(k Knobs) maker { return clones{each: int(k["each"]), near: k["near"], apart: k["apart"]} }},
}

// Making lists what a contributor can play, with a line each.
func Making() []string {
	var lines []string
	for _, k := range makerKinds {
		lines = append(lines, describe(k.name, k.purpose, k.knobs)...)
	}
	return lines
}

func newMaker(name string, given Knobs) (maker, error) {
	at := slices.IndexFunc(makerKinds, func(k makerKind) bool { return k.name == name })
	if at < 0 {
		var names []string
		for _, k := range makerKinds {
			names = append(names, k.name)
		}
		return nil, fmt.Errorf("%w: no contributor's strategy %q, expected one of %s", ErrScenario, name, strings.Join(names, ", "))
	}
	knobs, err := turn(makerKinds[at].knobs, given)
	if err != nil {
		return nil, fmt.Errorf("strategy %q: %w", name, err)
	}
	return makerKinds[at].make(knobs), nil
}

// steps finds a step now and then, from the best that is public or its own best, and submits it in
// parts.
type steps struct {
	k Knobs
	// due are the parts that are still to come, own the best that it has.
	due []part
	own int64
}

type part struct {
	epoch   int
	quality int64
}

func (s *steps) submit(epoch int, best int64, _ *Source) []submission {
	if since := epoch - int(s.k["first"]); since >= 0 && since%int(s.k["every"]) == 0 {
		from, parts := max(best, s.own), s.k["parts"]
		for p := range parts {
			s.due = append(s.due, part{epoch + int(p*s.k["gap"]), from + s.k["step"]*(p+1)/parts})
		}
		s.own = from + s.k["step"]
	}
	var now []submission
	s.due = slices.DeleteFunc(s.due, func(p part) bool {
		if p.epoch > epoch {
			return false
		}
		now = append(now, submission{quality: p.quality})
		return true
	})
	return now
}

// clones submits what others made.
type clones struct {
	each        int
	near, apart int64
}

func (c clones) submit(_ int, best int64, r *Source) []submission {
	var now []submission
	for range c.each {
		now = append(now, submission{quality: best - int64(r.Below(uint64(c.near+1))), copied: true, apart: c.apart})
	}
	return now
}
