// SPDX-License-Identifier: Apache-2.0

// Package duplicates finds models that give the same answers as an earlier one.
// Such a model is the earlier one's copy, however its file is written.
package duplicates

import "math"

// Outputs is what one contribution answered on the epoch's probes.
type Outputs struct {
	// ID is the contribution's; a lower one was committed earlier.
	ID uint64
	// LogProbs are the log-probabilities of all probes, one after the other;
	// empty when the model failed.
	LogProbs []float32
}

// Find returns, for each contribution that is a copy, the id of the original.
// Outputs come by rising ID. One is a copy when no log-probability differs by
// more than tolerance (natural logarithm) from those of an earlier one; a copy
// of a copy is the copy of the first.
func Find(outputs []Outputs, tolerance float64) map[uint64]uint64 {
	copies := map[uint64]uint64{}
	for i, later := range outputs {
		for _, earlier := range outputs[:i] {
			if !equal(earlier.LogProbs, later.LogProbs, tolerance) {
				continue
			}
			original := earlier.ID
			if first, ok := copies[original]; ok {
				original = first
			}
			copies[later.ID] = original
			break
		}
	}
	return copies
}

func equal(a, b []float32, tolerance float64) bool {
	if len(a) == 0 || len(a) != len(b) {
		return false
	}
	for i := range a {
		if !(math.Abs(float64(a[i])-float64(b[i])) <= tolerance) { // a NaN is never equal
			return false
		}
	}
	return true
}
