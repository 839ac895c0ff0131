// SPDX-License-Identifier: Apache-2.0

package split

import (
	"cmp"
	"math/bits"
)

// uint128 is hi * 2^64 + lo: a product of two amounts, or a sum of many.
type uint128 struct{ hi, lo uint64 }

func sum(values []uint64) uint128 {
	var s uint128
	for _, v := range values {
		var carry uint64
		s.lo, carry = bits.Add64(s.lo, v, 0)
		s.hi += carry
	}
	return s
}

func (n uint128) compare(m uint128) int {
	if c := cmp.Compare(n.hi, m.hi); c != 0 {
		return c
	}
	return cmp.Compare(n.lo, m.lo)
}

func (n uint128) minus(m uint128) uint128 {
	lo, borrow := bits.Sub64(n.lo, m.lo, 0)
	hi, _ := bits.Sub64(n.hi, m.hi, borrow)
	return uint128{hi, lo}
}

// digits is how many values a digit of 8 bits has.
const digits = 256

// digit is the digit at a place, counted from the lowest.
func (n uint128) digit(place int) int {
	if place >= 8 {
		return int(n.hi >> (8 * (place - 8)) % digits)
	}
	return int(n.lo >> (8 * place) % digits)
}

// digits is how many digits n has.
func (n uint128) digits() int {
	if n.hi > 0 {
		return 8 + (bits.Len64(n.hi)+7)/8
	}
	return (bits.Len64(n.lo) + 7) / 8
}

// divide is n / d and the rest. The caller knows that the quotient fits into 64
// bits and that d is neither 0 nor 2^127 or more.
func (n uint128) divide(d uint128) (uint64, uint128) {
	if d.hi == 0 {
		quotient, rest := bits.Div64(n.hi, n.lo, d.lo)
		return quotient, uint128{0, rest}
	}
	// A sum of weights above 64 bits: long division, one bit at a time.
	var quotient uint64
	var rest uint128
	for range 128 {
		quotient <<= 1
		rest = uint128{rest.hi<<1 | rest.lo>>63, rest.lo<<1 | n.hi>>63}
		n = uint128{n.hi<<1 | n.lo>>63, n.lo << 1}
		if rest.compare(d) >= 0 {
			rest = rest.minus(d)
			quotient |= 1
		}
	}
	return quotient, rest
}
