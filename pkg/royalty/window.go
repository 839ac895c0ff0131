// SPDX-License-Identifier: Apache-2.0

package royalty

import "math/bits"

// windowSize is how far below the contribution at hand amounts wait in an array: most are built on what is recent.
const windowSize = 256

// window is what contributions right below the one at hand were passed: of id at id % windowSize, with a bit for each that was passed
// anything. All below the one at hand have been in it from when it came near enough.
type window struct {
	amounts [windowSize]uint64
	passed  [windowSize / 64]uint64
}

// add gives an amount to id, which is at most windowSize below the one at hand.
func (w *window) add(id, amount uint64) {
	at := id % windowSize
	w.amounts[at] += amount
	w.passed[at/64] |= 1 << (at % 64)
}

// take takes out what id was given.
func (w *window) take(id uint64) uint64 {
	at := id % windowSize
	amount := w.amounts[at]
	w.amounts[at] = 0
	w.passed[at/64] &^= 1 << (at % 64)
	return amount
}

// below is the highest id that was passed anything, given the one at hand; false for none.
func (w *window) below(id uint64) (uint64, bool) {
	from := id % windowSize
	// The places before the one at hand, downwards, then those behind it: its own last, of which the id is windowSize below.
	for step := range uint64(len(w.passed) + 1) {
		word := (from/64 - step + uint64(len(w.passed))) % uint64(len(w.passed))
		passed := w.passed[word]
		switch step {
		case 0:
			passed &= 1<<(from%64) - 1
		case uint64(len(w.passed)):
			passed &^= 1<<(from%64) - 1
		}
		if passed != 0 {
			at := word*64 + uint64(bits.Len64(passed)) - 1
			return id - 1 - (from-1-at)%windowSize, true
		}
	}
	return 0, false
}
