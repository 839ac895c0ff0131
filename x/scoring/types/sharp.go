// SPDX-License-Identifier: Apache-2.0

package types

import (
	"github.com/weal-network/weal/pkg/sharpness"
)

// Sharpens reports whether the epoch's scores are raised to a power before they become weights.
func (e Epoch) Sharpens() bool { return e.Scoring.Sharpness > 1 }

// RaisePeaks raises the largest scores so far, by validator, to those on the sheet; nil is none so far.
func (s *Sheet) RaisePeaks(peaks []uint32) []uint32 {
	if len(peaks) == 0 {
		peaks = make([]uint32, s.validators)
	}
	for i := range s.validators {
		for _, score := range s.row(i) {
			peaks[i] = max(peaks[i], uint32(score))
		}
	}
	return peaks
}

// Sharpen makes the sheet that of raw scores as they are weighed: raised to the epoch's power, and taken to the largest of
// their row.
func (s *Sheet) Sharpen(raw *Sheet, peaks []uint32, power uint32) {
	s.Reset(raw.validators, raw.ids)
	for i := range raw.validators {
		sharpness.Sharpen(s.row(i), raw.row(i), uint16(peaks[i]), power)
	}
}

// Weighed is a score as it was weighed in the row of a validator, of a scored epoch.
func (o Outcome) Weighed(validator int, score uint16, power uint32) uint16 {
	if validator >= len(o.Peaks) {
		return score
	}
	weighed := []uint16{score}
	sharpness.Sharpen(weighed, weighed, uint16(o.Peaks[validator]), power)
	return weighed[0]
}
