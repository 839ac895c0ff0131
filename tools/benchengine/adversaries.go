// SPDX-License-Identifier: Apache-2.0

package main

import "math/bits"

// adversary fills a column the way that makes some search for a median slow: value k of n, in
// the order of validators.
type adversary struct {
	name  string
	value func(k, n, column int) uint16
}

var all = []adversary{
	{"organ pipes", func(k, n, _ int) uint16 { return uint16(1 + min(k, n-1-k)*60_000/n) }},
	{"sawtooth", func(k, n, _ int) uint16 { return uint16(1 + k%16*4_000) }},
	{"all equal", func(int, int, int) uint16 { return 30_000 }},
	{"two values", func(k, _, column int) uint16 { return uint16(20_000 + (k+column)%2*20_000) }},
	// A quickselect that takes the middle or the median of three falls into these.
	{"rising", func(k, n, _ int) uint16 { return uint16(1 + k*60_000/n) }},
	{"median of three killer", func(k, n, _ int) uint16 {
		half := n / 2
		if k%2 == 0 {
			return uint16(1 + k/2*60_000/n)
		}
		return uint16(1 + (half+k/2)*60_000/n)
	}},
	// Half as far from the median with each: whatever cuts the range into equal buckets finds
	// nearly all of the values in one, round after round.
	{"halving distances", func(k, n, column int) uint16 {
		distance := uint16(1) << (15 - min(15, k*16/n))
		if (k+column)%2 == 0 {
			return 32_768 - distance/2
		}
		return 32_768 + distance/2
	}},
	{"one far away", func(k, _, column int) uint16 {
		if k == column%7 {
			return 65_535
		}
		return uint16(1 + bits.Reverse8(uint8(k))%32)
	}},
}

// adversaries are epochs like another one, with the values of its scores replaced where there
// are any.
func adversaries(e *epoch) []*epoch {
	var out []*epoch
	for _, a := range all {
		w := *e
		w.name = a.name
		m := e.input.Scores
		m.Values = make([]uint16, len(e.input.Scores.Values))
		for i := range e.input.Validators {
			from, to := i*e.input.Contributions, (i+1)*e.input.Contributions
			if m.Starts != nil {
				from, to = m.Starts[i], m.Starts[i+1]
			}
			for at := from; at < to; at++ {
				if e.input.Scores.Values[at] != 0 {
					column := at - from
					if m.Starts != nil {
						column = int(m.Columns[at])
					}
					m.Values[at] = a.value(i, e.input.Validators, column)
				}
			}
		}
		w.input.Scores = m
		out = append(out, &w)
	}
	return out
}
