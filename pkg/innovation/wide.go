// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
)

// wide is a number of 128 significant bits: (hi*2^64 + lo) * 2^exp, with the upper bit of hi set
// unless it is 0. The sums that innovations are made from are whole numbers of 61 bits, and what is
// left of them after the projection can be a 10^14th. Each operation drops less than 2^-124 of its
// result, or of the larger operand of a sum.
type wide struct {
	hi, lo   uint64
	exp      int
	negative bool
}

// whole is n * 2^exp.
func whole(n int64, exp int) wide {
	magnitude := uint64(n)
	if n < 0 {
		magnitude = -magnitude
	}
	return wide{hi: magnitude, exp: exp - 64, negative: n < 0}.normal()
}

func (x wide) zero() bool { return x.hi == 0 }

// normal moves the first bit to the top.
func (x wide) normal() wide {
	if x.hi == 0 {
		x.hi, x.lo, x.exp = x.lo, 0, x.exp-64
	}
	if x.hi == 0 {
		return wide{}
	}
	lead := bits.LeadingZeros64(x.hi)
	x.hi, x.lo, x.exp = x.hi<<lead|x.lo>>(64-lead), x.lo<<lead, x.exp-lead
	return x
}

func (x wide) times(y wide) wide {
	hi, lo := bits.Mul64(x.hi, y.hi)
	cross, _ := bits.Mul64(x.hi, y.lo)
	other, _ := bits.Mul64(x.lo, y.hi)
	lo, carry := bits.Add64(lo, cross, 0)
	hi += carry
	lo, carry = bits.Add64(lo, other, 0)
	hi += carry
	return wide{hi, lo, x.exp + y.exp + 128, x.negative != y.negative}.normal()
}

// over is x / y for y != 0, by long division.
func (x wide) over(y wide) wide {
	out := wide{exp: x.exp - y.exp - 127, negative: x.negative != y.negative}
	hi, lo, top := x.hi, x.lo, uint64(0)
	for range 128 {
		// The rest is below 2y: it can be 129 bits long.
		restLo, borrow := bits.Sub64(lo, y.lo, 0)
		restHi, borrow := bits.Sub64(hi, y.hi, borrow)
		out.hi, out.lo = out.hi<<1|out.lo>>63, out.lo<<1
		if top >= borrow {
			hi, lo = restHi, restLo
			out.lo |= 1
		}
		top, hi, lo = hi>>63, hi<<1|lo>>63, lo<<1
	}
	return out.normal()
}

func (x wide) minus(y wide) wide {
	y.negative = !y.negative
	return x.plus(y)
}

func (x wide) plus(y wide) wide {
	if x.zero() || (!y.zero() && x.exp < y.exp) {
		x, y = y, x
	}
	if y.zero() {
		return x
	}
	y.hi, y.lo = shifted(y.hi, y.lo, uint(x.exp-y.exp))
	if x.negative == y.negative {
		lo, carry := bits.Add64(x.lo, y.lo, 0)
		hi, carry := bits.Add64(x.hi, y.hi, carry)
		if carry != 0 {
			hi, lo = 1<<63|hi>>1, hi<<63|lo>>1
			x.exp++
		}
		return wide{hi, lo, x.exp, x.negative}
	}
	lo, borrow := bits.Sub64(x.lo, y.lo, 0)
	hi, borrow := bits.Sub64(x.hi, y.hi, borrow)
	if borrow != 0 {
		lo, borrow = bits.Sub64(y.lo, x.lo, 0)
		hi, _ = bits.Sub64(y.hi, x.hi, borrow)
		x.negative = y.negative
	}
	return wide{hi, lo, x.exp, x.negative}.normal()
}

// shifted is hi*2^64 + lo over 2^by, floored.
func shifted(hi, lo uint64, by uint) (uint64, uint64) {
	if by >= 64 {
		hi, lo, by = 0, hi, by-64
	}
	return hi >> by, lo>>by | hi<<(64-by)
}

// below says that x < y, for a y above 0.
func (x wide) below(y wide) bool {
	switch {
	case x.negative || x.zero():
		return true
	case x.exp != y.exp:
		return x.exp < y.exp
	case x.hi != y.hi:
		return x.hi < y.hi
	default:
		return x.lo < y.lo
	}
}

// perRoot is x over the square root of y, for y > 0, cut to 32 fractional bits and held within
// [-1, 1].
func (x wide) perRoot(y wide) fixed.Q32 {
	if x.zero() {
		return 0
	}
	if y.exp%2 != 0 {
		y.hi, y.lo, y.exp = y.hi>>1, y.hi<<63|y.lo>>1, y.exp+1
	}
	root := fixed.Root(y.hi, y.lo)
	// The root's upper bit is set, so that it is above half of x.hi: 63 bits of the quotient.
	quotient, _ := bits.Div64(x.hi>>1, x.hi<<63, root)
	shift := y.exp/2 - x.exp - 64 + 63 - fixed.FracBits
	out := fixed.One
	if shift > 0 {
		out = min(out, fixed.Q32(quotient>>min(uint(shift), 63)))
	}
	if x.negative {
		return -out
	}
	return out
}
