// SPDX-License-Identifier: Apache-2.0

// Package power turns bonded tokens into scoring power, of which nobody may have
// too much.
package power

import (
	"math/bits"
	"slices"
)

const basisPoints = 10_000

// A cap of a third at four validators, falling as their number rises, keeps the
// cap feasible whatever the parameter says: n * 4/(3n) is more than one.
const (
	floorNum = 4
	floorDen = 3
)

// Cap water-fills: it cuts the largest of tokens down to one common level, the
// highest at which nobody has more than
//
//	max(capBP / 10000, 4 / (3 n))
//
// of the sum of what is left, n being how many have any tokens. Amounts below the
// level stay as they are. With one or two such holders nothing is cut: a cap
// could not mean anything there. The level is floored to a unit, the arithmetic
// exact for all 64-bit values, and the result depends on each one's amount and
// the set of amounts alone, not on their order. tokens is not changed.
func Cap(tokens []uint64, capBP uint32) []uint64 {
	out := slices.Clone(tokens)
	falling := holders(tokens)
	if len(falling) <= 2 {
		return out
	}
	top := level(falling, share(len(falling), capBP))
	for i, t := range out {
		out[i] = min(t, top)
	}
	return out
}

// holders is the amounts above 0, the largest first.
func holders(tokens []uint64) []uint64 {
	falling := slices.DeleteFunc(slices.Clone(tokens), func(t uint64) bool { return t == 0 })
	slices.Sort(falling)
	slices.Reverse(falling)
	return falling
}

// ratio is num / den.
type ratio struct{ num, den uint64 }

// share is the larger of the parameter and the floor, at most 1.
func share(n int, capBP uint32) ratio {
	param := ratio{min(uint64(capBP), basisPoints), basisPoints}
	least := ratio{floorNum, floorDen * uint64(n)}
	if param.num*least.den >= least.num*param.den {
		return param
	}
	return least
}

// level is where the largest are cut. With the k largest at level c and r the sum
// of the rest, c = share * (k c + r), so c = num * r / (den - k num). The first k
// for which the next amount is not above c is the answer; it comes before k num
// reaches den, since there c is at least r.
func level(falling []uint64, s ratio) uint64 {
	rest := total(falling)
	for k, next := range falling {
		c, fits := rest.times(s.num).over(s.den - uint64(k)*s.num)
		if !fits || next <= c {
			return c
		}
		rest = rest.minus(next)
	}
	return falling[0]
}

// uint128 is hi * 2^64 + lo: a sum of amounts, or its product with a small number.
type uint128 struct{ hi, lo uint64 }

func total(values []uint64) uint128 {
	var s uint128
	for _, v := range values {
		var carry uint64
		s.lo, carry = bits.Add64(s.lo, v, 0)
		s.hi += carry
	}
	return s
}

func (n uint128) minus(v uint64) uint128 {
	lo, borrow := bits.Sub64(n.lo, v, 0)
	return uint128{n.hi - borrow, lo}
}

func (n uint128) times(small uint64) uint128 {
	hi, lo := bits.Mul64(n.lo, small)
	return uint128{hi + n.hi*small, lo}
}

// over is the floor of n / d, or the largest uint64 and false when it does not
// fit into 64 bits.
func (n uint128) over(d uint64) (uint64, bool) {
	if n.hi >= d {
		return ^uint64(0), false
	}
	quotient, _ := bits.Div64(n.hi, n.lo, d)
	return quotient, true
}
