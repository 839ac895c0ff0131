// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

// one is the number 1 as the engine's loops hold it: a Q32 that is never negative.
const one = uint64(1) << fracBits

// fracBits is how many bits stand behind the binary point.
const fracBits = 32

// product is the floor of a*b, for a and b of [0, 1]. The 128-bit product is needed for
// 1*1 alone, which 64 bits do not hold.
func product(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi<<(64-fracBits) | lo>>fracBits
}

// factor multiplies many numbers of [0, 1] by one of them: times(x) is the floor of the product.
// So that 64 bits hold 1*1 too, the factor 1 is kept as 2^31 with 31 bits behind the point.
type factor struct {
	f     uint64
	shift uint8
}

func newFactor(x uint64) factor {
	if x == one {
		return factor{one >> 1, fracBits - 1}
	}
	return factor{x, fracBits}
}

func (c factor) times(x uint64) uint64 { return x * c.f >> (c.shift & 63) }

// divisor divides many numbers by one, exactly and without a division: with k the bits of
// d-1, so that d <= 2^k, and r = ceil(2^(63+k) / d), of [2^63, 2^64),
//
//	floor(2^32 x / d) = floor(x r / 2^(31+k))    for x < 2^31, x <= d < 2^63.
//
// r is too large by less than 1, so the right side is too large by less than
// x / 2^(31+k) before it is floored; the left side is a multiple of 1/d before that. They
// floor alike if x / 2^(31+k) <= 1/d, which x < 2^31 and d <= 2^k give. (Granlund and
// Montgomery, "Division by invariant integers using multiplication", PLDI 1994, theorem
// 4.2, for numerators of 63 bits whose lower half is 0.) The zero divisor makes 0 of
// everything, as Q32's x/0 = 0.
type divisor struct {
	r     uint64
	shift uint8
}

// ratioBits is how long an x the multiplication divides exactly; longer ones are divided.
const ratioBits = 31

func newDivisor(d uint64) divisor {
	if d == 0 {
		return divisor{}
	}
	k := bits.Len64(d - 1)
	// 2^(63+k) + d - 1 over d rounds up; below d = 2^63 its upper word is below d.
	var hi, lo uint64
	if k == 0 {
		hi, lo = 0, 1<<63
	} else {
		hi, lo = 1<<(k-1), 0
	}
	lo, carry := bits.Add64(lo, d-1, 0)
	r, _ := bits.Div64(hi+carry, lo, d)
	return divisor{r: r, shift: uint8(63 - k)}
}

// ratio is x/d in 32 fractional bits, floored, for x <= d; 0 if d is 0. It is given d once
// more, for what it cannot multiply: to keep it would make what is read for a cell half as long
// again.
func (v divisor) ratio(x, d uint64) uint64 {
	if x>>ratioBits != 0 {
		return divide(x, d)
	}
	return v.short(x)
}

// short is ratio for x below 2^31: all that stems from 16 bits.
func (v divisor) short(x uint64) uint64 {
	hi, _ := bits.Mul64(x<<(v.shift&63), v.r)
	return hi >> 30
}

// divide is ratio by the processor's division, for what ratio cannot multiply.
func divide(x, d uint64) uint64 {
	if d == 0 {
		return 0
	}
	q, _ := bits.Div64(x>>(64-fracBits), x<<fracBits, d)
	return q
}

// divisors are those of some sums.
func divisors(into []divisor, sums []uint64) []divisor {
	into = scratch.Sized(into, len(sums))
	for j, sum := range sums {
		into[j] = newDivisor(sum)
	}
	return into
}
