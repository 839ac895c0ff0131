// SPDX-License-Identifier: Apache-2.0

// Package sharpness raises the scores of a row to a power before they become weights: the larger
// it is, the more of the reward goes to the best. Weights are a row over its sum, so that only the
// ratios of a row's scores matter: they are taken to the row's largest, which keeps all 16 bits
// of it whatever the power.
//
//	s'_j = round(65535 (s_j / max_j s_j)^sharpness)
//
// The quotient is floored to 63 bits behind the point and so is each product, so that what is rounded
// falls short of the true number by less than 2^-44; a half is rounded up. A sharpness of 1 changes
// nothing. A score falls to 0, which is no score, below about 2^(-17/sharpness) of the row's largest.
package sharpness

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// Max is the largest sharpness.
const Max = 8

// ErrSharpness says that a sharpness is not 1 to Max.
var ErrSharpness = errors.New("bad sharpness")

// Validate checks the range; the error is ErrSharpness.
func Validate(sharpness uint32) error {
	if sharpness < 1 || sharpness > Max {
		return fmt.Errorf("%w: %d, expected 1 to %d", ErrSharpness, sharpness, Max)
	}
	return nil
}

// Sharpen writes a row's scores, raised and taken to its largest, into out, which may be the row. largest
// is the largest of the whole row, of which scores may be a part. It does nothing but copy when
// sharpness is 1 or less, or largest is 0; scores above largest count as it.
func Sharpen(out, scores []uint16, largest uint16, sharpness uint32) {
	if sharpness <= 1 || largest == 0 {
		copy(out, scores)
		return
	}
	for j, s := range scores {
		out[j] = raise(min(s, largest), largest, min(sharpness, Max))
	}
}

// raise is one score.
func raise(s, largest uint16, sharpness uint32) uint16 {
	if s == largest {
		return math.MaxUint16
	}
	// s < largest: the quotient has 63 bits.
	ratio := uint64(s) << 32 / uint64(largest)
	rest := uint64(s)<<32 - ratio*uint64(largest)
	ratio = ratio<<31 | rest<<31/uint64(largest)
	power := ratio
	for range sharpness - 1 {
		hi, lo := bits.Mul64(power, ratio)
		power = hi<<1 | lo>>63
	}
	hi, lo := bits.Mul64(power, math.MaxUint16)
	_, carry := bits.Add64(lo, 1<<62, 0)
	return uint16((hi+carry)<<1 | (lo+1<<62)>>63)
}
