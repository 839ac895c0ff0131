// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// steepnessUnit is what LiquidAlpha.Steepness is counted in: hundredths.
const steepnessUnit = 100

// drops says whether the bond of a cell with this score is removed at once.
func (p Params) drops(score uint16) bool {
	return p.DropMissingBonds && p.LiquidAlpha.Enabled && score == 0
}

// alpha is how much of the way to weight a bond moves in this epoch.
func (p Params) alpha(weight, bond, consensus fixed.Q32) fixed.Q32 {
	if !p.LiquidAlpha.Enabled {
		return fixed.One - p.BondsMovingAverage
	}
	distance := (bond - weight).Clamp(0, fixed.One)
	if weight >= bond {
		distance = (weight - consensus).Clamp(0, fixed.One)
	}
	l := p.LiquidAlpha
	rise := sigmoid(fixed.FromRatio(uint64(l.Steepness), steepnessUnit), distance)
	return (l.Lo + rise.Mul(l.Hi-l.Lo)).Clamp(l.Lo, l.Hi)
}

// follow is the moving average (1-alpha) old + alpha new, at most 1.
func follow(alpha, to, old fixed.Q32) fixed.Q32 {
	return min(fixed.One, (fixed.One - alpha).Mul(old).Add(alpha.Mul(to)))
}

// sigmoid is 1 / (1 + exp(-steepness (x - 1/2))).
func sigmoid(steepness, x fixed.Q32) fixed.Q32 {
	return fixed.One.Div(fixed.One + exp((-steepness).Mul(x-fixed.Half)))
}

const (
	// expBound is where exp clamps its argument: e^20 still fits into a Q32.
	expBound = 20 * fixed.One
	// expTerms is the last term of the Taylor series. Both are the published form's:
	// the bits depend on them.
	expTerms = 31
)

// exp is e^x for x clamped to [-20, 20]: the Taylor series of |x| up to the term of
// x^31, inverted for x below 0.
func exp(x fixed.Q32) fixed.Q32 {
	x = x.Clamp(-expBound, expBound)
	size := max(x, -x)
	sum, term := fixed.One+size, size
	for i := fixed.Q32(2); i <= expTerms; i++ {
		// Dividing by the number i is dividing the bits by it.
		term = term.Mul(size) / i
		sum += term
	}
	if x < 0 {
		return fixed.One.Div(sum)
	}
	return sum
}
