// SPDX-License-Identifier: Apache-2.0

// Package grid maps a measured value to a score: a straight line from the worst
// value that a topic still tells apart (0) to the best that it can imagine
// (65535).
package grid

import (
	"errors"
	"math"
	"math/bits"
)

// ErrNoRange says that worst and best are the same value, which no line joins.
var ErrNoRange = errors.New("worst and best are equal: a metric needs two different ends")

// top is the score of a value that reaches best.
const top = math.MaxUint16

// Score is round(65535 * clamp((value-worst)/(best-worst), 0, 1)), a half rounded
// up. value, worst and best are integers in the same unit, 10^-exponent of the
// metric's own. best may lie above worst (accuracy) or below it (bits per byte).
// The arithmetic is exact for all 64-bit values; worst == best is ErrNoRange.
func Score(value, worst, best int64) (uint16, error) {
	switch {
	case worst == best:
		return 0, ErrNoRange
	case worst < best:
		return along(value, worst, best), nil
	default:
		// The complement of an int64 reverses the order and cannot overflow.
		return along(^value, ^worst, ^best), nil
	}
}

// along is Score for worst < best.
func along(value, worst, best int64) uint16 {
	if value <= worst {
		return 0
	}
	if value >= best {
		return top
	}
	// Differences of two int64 in rising order always fit into a uint64.
	travelled, whole := uint64(value)-uint64(worst), uint64(best)-uint64(worst)
	hi, lo := bits.Mul64(top, travelled)
	quotient, rest := bits.Div64(hi, lo, whole)
	if rest >= whole-rest {
		quotient++
	}
	return uint16(quotient)
}
