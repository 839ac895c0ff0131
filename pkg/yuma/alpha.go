// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// steepnessUnit is what LiquidAlpha.Steepness is counted in: hundredths.
const steepnessUnit = 100

// curve is liquid alpha as a function of the distance d between weight and consensus, or bond:
// lo + span / (1 + exp(steepness (1/2 - d))).
type curve struct {
	lo, span, steepness fixed.Q32
	// resting is alpha at no distance, where many bonds are.
	resting uint64
	knots   *[knotCount]knot
}

const half = one / 2

func newCurve(l LiquidAlpha) curve {
	if !l.Enabled {
		return curve{}
	}
	c := curve{lo: l.Lo, span: l.Hi - l.Lo, steepness: fixed.FromRatio(uint64(l.Steepness), steepnessUnit), knots: knots()}
	c.resting = c.exact(0)
	return c
}

// alpha is how much of the way to its weight a bond moves at a distance.
func (c *curve) alpha(distance uint64) uint64 {
	if distance == 0 {
		return c.resting
	}
	x := c.argument(distance)
	if at := place(x); at < knotCount-1 {
		if rise, certain := c.knots[at].rise(x); certain {
			return uint64(c.lo) + rise*uint64(c.span)>>fracBits
		}
	}
	return c.exact(distance)
}

// argument is the x of a distance, or 0 where it is negative: no knot has either.
func (c *curve) argument(d uint64) uint64 { return product(uint64(c.steepness), half-min(d, half)) }

// exact is alpha by the published form.
func (c *curve) exact(distance uint64) uint64 {
	rise := sigmoid(c.steepness, fixed.Q32(distance))
	return uint64(c.lo + rise.Mul(c.span))
}

// The published 1/(1+e^x) takes a Taylor series of 31 terms a cell, each floored; the bits of
// the sum depend on every floor. Yet nearly always the result is told by a good approximation
// whose error is known: when all numbers that the error allows floor to the same result, that is
// the result, and only in the rare other case the series is computed (Ziv, "Fast evaluation of
// elementary mathematical functions with correctly rounded last bit", ACM TOMS 17, 1991).
//
// For x = steepness (1/2 - d) of [3, 20], cut into knots 2^-8 apart, the approximation is the cubic Taylor polynomial
// around the nearest knot. In units of 2^-60:
//   - the polynomial: |t| <= 2^-9, the fourth derivative is below 0.05 there, so t^4/24 of it is
//     below 2^-44, that is 2^16;
//   - rounding: c1 to c3 are floored to 35 bits, and so is each step, which is below 2^-43 and a
//     little, with the derivatives of e^x instead of the 31 terms' in them: 2^17 + 2^15;
//   - the published form: the floors make its sum s smaller than the series' by at most D, a
//     sum of errors d_i <= d_(i-1) x/i + 1/i + 1, so that 1/(1+s) is larger by at most
//     D/(1+s)^2, which falls with x. slack holds it, for the lowest x of the knot.

// knot is a polynomial around one x that lies below the published form, by slack at most. Its
// 32 bytes are two halves of a register: see kernels_amd64.s.
type knot struct {
	c0     uint64 // 60 fractional bits, less lift
	c1, c2 int64  // 35 fractional bits, and 32 bits long
	c3     int32  // 35 fractional bits
	slack  uint32 // 60 fractional bits
}

// place is the knot nearest to x, of those there are if it is below knotCount.
func place(x uint64) uint64 { return (x+knotSpacing/2)/knotSpacing - firstKnot }

// rise is 1/(1+e^x), for an x of the knot, and whether it is certain.
func (k *knot) rise(x uint64) (rise uint64, certain bool) {
	t := int64((x+knotSpacing/2)%knotSpacing) - knotSpacing/2
	slope := (k.c1 + (k.c2+int64(k.c3)*t>>fracBits)*t>>fracBits) * t
	low := k.c0 + uint64(slope+lift<<liftBits)>>liftBits
	rise = low >> (60 - fracBits)
	return rise, (low+uint64(k.slack))>>(60-fracBits) == rise
}

const (
	knotBits = 8
	// knotSpacing is how far apart knots are, in 2^-32.
	placeBits   = fracBits - knotBits
	knotSpacing = 1 << placeBits
	firstKnot   = 3 << knotBits
	lastKnot    = 20 << knotBits
	knotCount   = lastKnot - firstKnot + 1
	// slopeBits are those behind the point of a knot's c1 to c3.
	slopeBits = 35
	// tolerance is the error of the polynomial, in 2^-60.
	tolerance = 1<<17 + 1<<16 + 1<<15
	// lift is added to what is below 0 before it is shifted, so that a shift of what is never
	// below 0 floors it.
	lift     = 1 << (62 - liftBits)
	liftBits = slopeBits + fracBits - 60
)
