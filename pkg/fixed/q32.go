// SPDX-License-Identifier: Apache-2.0

// Package fixed has the one fixed-point number of the protocol: Q32, a signed
// 64-bit integer with 32 fractional bits.
//
// Every operation has one result, to the last bit, on every machine. The
// rounding of each is written at it and never depends on the operands' history.
// Nothing panics and nothing wraps around: what does not fit is saturated.
package fixed

import (
	"math"
	"math/bits"
)

// Q32 is a signed number with 32 fractional bits: the integer n stands for
// n / 2^32. Its range is [-2^31, 2^31 - 2^-32].
type Q32 int64

// FracBits is how many bits of a Q32 stand behind the binary point.
const FracBits = 32

const (
	// One is the number 1.
	One Q32 = 1 << FracBits
	// Half is the number 1/2.
	Half Q32 = One / 2
	// Max is the largest number, where results above it are held.
	Max Q32 = math.MaxInt64
	// Min is the smallest number, where results below it are held.
	Min Q32 = math.MinInt64
)

// u16One is what the number 1 is written as in 16 bits.
const u16One = math.MaxUint16

// basisPoints is how many basis points make the number 1.
const basisPoints = 10_000

// Add is q + x, saturated at Max and Min.
func (q Q32) Add(x Q32) Q32 {
	sum := q + x
	// The sum is wrong only if both have the sign that the sum lacks.
	if (q^sum)&(x^sum) < 0 {
		return saturated(q < 0)
	}
	return sum
}

// Sub is q - x, saturated at Max and Min.
func (q Q32) Sub(x Q32) Q32 {
	diff := q - x
	// The difference is wrong only if the signs differ and q's got lost.
	if (q^x)&(q^diff) < 0 {
		return saturated(q < 0)
	}
	return diff
}

// Mul is the product: the floor of the exact 128-bit product shifted right by 32
// bits (so -2^-32 times 1/2 is -2^-32), saturated at Max and Min.
func (q Q32) Mul(x Q32) Q32 {
	hi, lo := bits.Mul64(uint64(q), uint64(x))
	// bits.Mul64 read the operands as unsigned: take off what a sign bit added.
	if q < 0 {
		hi -= uint64(x)
	}
	if x < 0 {
		hi -= uint64(q)
	}
	if top := int64(hi) >> (FracBits - 1); top != 0 && top != -1 {
		return saturated(int64(hi) < 0)
	}
	return Q32(hi<<(64-FracBits) | lo>>FracBits)
}

// Div is the quotient truncated towards zero, saturated at Max and Min.
// Anything divided by 0 is 0: a share of nothing is nothing.
func (q Q32) Div(x Q32) Q32 {
	if x == 0 {
		return 0
	}
	negative := (q < 0) != (x < 0)
	num, den := q.magnitude(), x.magnitude()
	hi, lo := num>>(64-FracBits), num<<FracBits
	if hi >= den {
		return saturated(negative)
	}
	quo, _ := bits.Div64(hi, lo, den)
	switch {
	case negative && quo <= 1<<63:
		return Q32(-quo)
	case !negative && quo <= math.MaxInt64:
		return Q32(quo)
	default:
		return saturated(negative)
	}
}

// Clamp is q held within [lo, hi].
func (q Q32) Clamp(lo, hi Q32) Q32 {
	return max(lo, min(hi, q))
}

// ToU16 writes a number of [0, 1] in 16 bits: floor(q * 65535). What is below 0
// becomes 0, what is above 1 becomes 65535.
func (q Q32) ToU16() uint16 {
	return uint16(uint64(q.Clamp(0, One)) * u16One >> FracBits)
}

// FromU16 reads what ToU16 wrote: v / 65535, floored to 32 fractional bits.
func FromU16(v uint16) Q32 {
	return Q32(uint64(v) << FracBits / u16One)
}

// FromRatio is num / den, floored to 32 fractional bits and saturated at Max;
// 0 if den is 0.
func FromRatio(num, den uint64) Q32 {
	if den == 0 {
		return 0
	}
	hi, lo := num>>(64-FracBits), num<<FracBits
	if hi >= den {
		return Max
	}
	quo, _ := bits.Div64(hi, lo, den)
	return Q32(min(quo, math.MaxInt64))
}

// FromBasisPoints is bp / 10000, floored to 32 fractional bits.
func FromBasisPoints(bp uint32) Q32 {
	return FromRatio(uint64(bp), basisPoints)
}

// magnitude is |q|; that of Min is 2^63, which an int64 could not hold.
func (q Q32) magnitude() uint64 {
	if q < 0 {
		return -uint64(q)
	}
	return uint64(q)
}

func saturated(negative bool) Q32 {
	if negative {
		return Min
	}
	return Max
}
