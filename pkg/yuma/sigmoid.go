// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// sigmoid is 1 / (1 + exp(-steepness (x - 1/2))).
func sigmoid(steepness, x fixed.Q32) fixed.Q32 {
	return fixed.One.Div(fixed.One + exp((-steepness).Mul(x-fixed.Half)))
}

const (
	// expBound is where exp clamps its argument: e^20 still fits into a Q32.
	expBound = 20 * fixed.One
	// expTerms is the last term of the Taylor series. Both are the published form's: the bits
	// depend on them.
	expTerms = 31
)

// exp is e^x for x clamped to [-20, 20]: the Taylor series of |x| up to the term of x^31,
// inverted for x below 0.
func exp(x fixed.Q32) fixed.Q32 {
	x = x.Clamp(-expBound, expBound)
	size := max(x, -x)
	sum, term := fixed.One+size, size
	for i := fixed.Q32(2); i <= expTerms && term != 0; i++ {
		// Dividing by the number i is dividing the bits by it.
		term = term.Mul(size) / i
		sum += term
	}
	if x < 0 {
		return fixed.One.Div(sum)
	}
	return sum
}
