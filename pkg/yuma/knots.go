// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math/bits"
	"sync"
)

// knots are the polynomials that logistic uses: a function of nothing, made once.
var knots = sync.OnceValue(func() *[knotCount]knot {
	var all [knotCount]knot
	for at := range all {
		all[at] = newKnot(uint64(at) + firstKnot)
	}
	return &all
})

// newKnot is the knot at x = n / 2^knotBits.
func newKnot(n uint64) knot {
	sum := series31(n)
	// 1/(1+sum): the divisor has as many fractional bits as fit into 63 bits.
	whole := bits.Len64(sum.hi)
	fraction := 63 - whole
	divisor := sum.hi<<fraction | sum.lo>>(64-fraction)
	value, _ := bits.Div64(1<<(60+fraction-64), 0, divisor)

	// With s = 1/(1+e^x): s' = -s(1-s), s'' = s(1-s)(1-2s), s''' = -s(1-s)(1-6s+6s^2).
	const unit = int64(1) << slopeBits
	s := int64(value >> (60 - slopeBits))
	mul := func(a, b int64) int64 { // a, b of [-1, 1] with slopeBits fractional bits
		hi, lo := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
		p := int64(hi<<(64-slopeBits) | lo>>slopeBits)
		if (a < 0) != (b < 0) {
			return -p
		}
		return p
	}
	slope := mul(s, unit-s)
	return knot{
		c0:    value - tolerance - lift,
		c1:    -slope,
		c2:    mul(slope, unit-2*s) / 2,
		c3:    int32(-mul(slope, unit-6*s+6*mul(s, s)) / 6),
		slack: uint32(slackAt(n, value) + 2*tolerance),
	}
}

// wide is a number with 64 bits before and 64 behind the point.
type wide struct{ hi, lo uint64 }

// series31 is 1 + (1 + x + x^2/2 + ... + x^31/31!) for x = n / 2^knotBits, floored term by term
// to 64 fractional bits.
func series31(n uint64) wide {
	term, sum := wide{hi: 1}, wide{hi: 2}
	for i := uint64(1); i <= expTerms; i++ {
		over, lo := bits.Mul64(term.lo, n)
		hi := term.hi*n + over
		d := i << knotBits
		term.hi = hi / d
		term.lo, _ = bits.Div64(hi%d, lo, d)
		var carry uint64
		sum.lo, carry = bits.Add64(sum.lo, term.lo, 0)
		sum.hi += term.hi + carry
	}
	return sum
}

// slackAt is D/(1+s)^2 in 60 fractional bits, rounded up generously, where the x nearest to 0 of
// the knot is n - 1/2 and value is 1/(1+s) at n.
func slackAt(n, value uint64) uint64 {
	// D in 2^-32, counted in sixteenths, at the largest x of the knot.
	var d, sum uint64
	for i := uint64(2); i <= expTerms; i++ {
		d = (d*(n+1)>>knotBits+16)/i + 18
		sum += d
	}
	// 1/(1+s) at n - 1/2 is at most 1/128 more than at n: value (1 + 2^-7).
	value += value >> 7
	square, _ := bits.Mul64(value, value) // 120 fractional bits less 64
	product, low := bits.Mul64(square, sum)
	// 56 fractional bits, times sixteenths of 2^-32: 92 fractional bits, of which 60 stay.
	return product<<32 | low>>32 + 1
}
