// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// steepnessUnit is what LiquidAlpha.Steepness is counted in: hundredths.
const steepnessUnit = 100

// curve is liquid alpha as a function of the distance d between weight and consensus, or bond:
// lo + span / (1 + exp(steepness (1/2 - d))).
type curve struct {
	lo, span, steepness fixed.Q32
	knots               *[knotCount]knot
}

const half = one / 2

func (c *curve) set(p Params) {
	l := p.LiquidAlpha
	if !l.Enabled {
		return
	}
	c.lo, c.span, c.steepness = l.Lo, l.Hi-l.Lo, fixed.FromRatio(uint64(l.Steepness), steepnessUnit)
	c.knots = knots()
}

// alpha is how much of the way to its weight a bond moves.
func (c *curve) alpha(distance uint64) uint64 {
	if distance < half {
		if rise, certain := logistic(c.knots, product(uint64(c.steepness), half-distance)); certain {
			return uint64(c.lo) + rise*uint64(c.span)>>fracBits
		}
	}
	return c.exact(distance)
}

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
// For x of [3, 20], cut into knots 2^-7 apart, the approximation is the cubic Taylor polynomial
// around the nearest knot. In units of 2^-60:
//   - the polynomial: |t| <= 2^-8, the fourth derivative is below 0.05 there, so t^4/24 of it is
//     below 2^-41, that is 2^19;
//   - rounding: c1 to c3 are floored to 36 bits, and so is each step, which is below 2^-43 in
//     all, with the derivatives of e^x instead of the 31 terms' in them: 2^17;
//   - the published form: the floors make its sum s smaller than the series' by at most D, a
//     sum of errors d_i <= d_(i-1) x/i + 1/i + 1, so that 1/(1+s) is larger by at most
//     D/(1+s)^2, which falls with x. slack holds it, for the lowest x of the knot.

// knot is the polynomial around one x, and how far above it the published form may lie.
type knot struct {
	c0         uint64 // 60 fractional bits
	c1, c2, c3 int64  // 36 fractional bits
	slack      uint64 // 60 fractional bits
}

const (
	knotBits  = 7
	firstKnot = 3 << knotBits
	lastKnot  = 20 << knotBits
	knotCount = lastKnot - firstKnot + 1
	// tolerance is the error of the polynomial, in 2^-60.
	tolerance = 1<<19 + 1<<18
)

// logistic is the published 1/(1+e^x), for x >= 0 with 32 fractional bits, and whether it is
// certain.
func logistic(knots *[knotCount]knot, x uint64) (rise uint64, certain bool) {
	const spacing = fracBits - knotBits
	nearest := (x + 1<<(spacing-1)) >> spacing
	at := nearest - firstKnot
	if at >= knotCount-1 { // beyond 20 the published form is flat; below 3 its error is too large
		return 0, false
	}
	k := &knots[at]
	t := int64(x - nearest<<spacing)
	slope := k.c1 + (k.c2+k.c3*t>>fracBits)*t>>fracBits
	value := k.c0 + uint64(slope*t>>8)
	rise = (value - tolerance) >> (60 - fracBits)
	return rise, (value+tolerance+k.slack)>>(60-fracBits) == rise
}
