// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// steepnessUnit is what LiquidAlpha.Steepness is counted in: hundredths.
const steepnessUnit = 100

// curve is liquid alpha as a function of the distance d between weight and consensus, or bond:
// lo + span / (1 + exp(steepness (1/2 - d))).
type curve struct {
	lo, span, steepness fixed.Q32
	// integer is the steepness if it is a small integer, and 0 otherwise.
	integer uint64
	// resting is alpha at no distance, where many bonds are.
	resting uint64
	knots   *[knotCount]knot
}

const half = one / 2

func (c *curve) set(p Params) {
	l := p.LiquidAlpha
	if !l.Enabled {
		return
	}
	c.lo, c.span, c.steepness = l.Lo, l.Hi-l.Lo, fixed.FromRatio(uint64(l.Steepness), steepnessUnit)
	c.integer = 0
	if n := uint64(c.steepness) >> fracBits; uint64(c.steepness) == n<<fracBits && n < 1<<16 {
		c.integer = n
	}
	c.resting, c.knots = c.exact(0), knots()
}

// alphas replaces distances by how much of the way to its weight a bond moves.
func (c *curve) alphas(distances []uint64) {
	lo, span, knots := uint64(c.lo), uint64(c.span), c.knots
	for i, d := range distances {
		x := c.argument(d)
		if at := place(x); at < knotCount-1 {
			if rise, certain := knots[at].rise(x); certain {
				distances[i] = lo + rise*span>>fracBits
				continue
			}
		}
		distances[i] = c.alpha(d)
	}
}

// argument is the x of a distance, far beyond all knots where it is negative.
func (c *curve) argument(d uint64) uint64 {
	if c.integer != 0 {
		return c.integer * (half - d)
	}
	return product(uint64(c.steepness), half-min(d, half))
}

// alpha is one of alphas.
func (c *curve) alpha(distance uint64) uint64 {
	if distance == 0 {
		return c.resting
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
// For x = steepness (1/2 - d) of [3, 20], cut into knots 2^-7 apart, the approximation is the cubic Taylor polynomial
// around the nearest knot. In units of 2^-60:
//   - the polynomial: |t| <= 2^-8, the fourth derivative is below 0.05 there, so t^4/24 of it is
//     below 2^-41, that is 2^19;
//   - rounding: c1 to c3 are floored to 36 bits, and so is each step, which is below 2^-43 in
//     all, with the derivatives of e^x instead of the 31 terms' in them: 2^17;
//   - the published form: the floors make its sum s smaller than the series' by at most D, a
//     sum of errors d_i <= d_(i-1) x/i + 1/i + 1, so that 1/(1+s) is larger by at most
//     D/(1+s)^2, which falls with x. slack holds it, for the lowest x of the knot.

// knot is a polynomial around one x that lies below the published form, by slack at most.
type knot struct {
	x          uint64 // 32 fractional bits
	c0         uint64 // 60 fractional bits
	c1, c2, c3 int64  // 36 fractional bits
	slack      uint64 // 60 fractional bits
}

// place is the knot nearest to x.
func place(x uint64) uint64 { return (x+knotSpacing/2)/knotSpacing - firstKnot }

// rise is 1/(1+e^x), for an x of the knot, and whether it is certain.
func (k *knot) rise(x uint64) (rise uint64, certain bool) {
	t := int64(x - k.x)
	low := k.c0 + uint64((k.c1+(k.c2+k.c3*t>>fracBits)*t>>fracBits)*t>>8)
	rise = low >> (60 - fracBits)
	return rise, (low+k.slack)>>(60-fracBits) == rise
}

const (
	knotBits = 7
	// knotSpacing is how far apart knots are, in 2^-32.
	knotSpacing = one >> knotBits
	firstKnot   = 3 << knotBits
	lastKnot    = 20 << knotBits
	knotCount   = lastKnot - firstKnot + 1
	// tolerance is the error of the polynomial, in 2^-60.
	tolerance = 1<<19 + 1<<18
)
