// SPDX-License-Identifier: Apache-2.0

package fixed

import "math/bits"

// Decay is what is left of 1 after a time in which half of it goes every halfLife:
// 2^(-time/halfLife), floored to 32 fractional bits and at most 2^-32 too small. Nothing is left
// when halfLife is 0 and time is not.
func Decay(time, halfLife uint64) Q32 {
	if time == 0 {
		return One
	}
	if halfLife == 0 || time/halfLife > FracBits {
		return 0
	}
	halvings := time / halfLife
	fraction, _ := bits.Div64(time%halfLife, 0, halfLife)
	if fraction == 0 {
		return One >> halvings
	}
	// 2^-f = exp(-y) with y = f ln 2, by its series: terms shrink from the first on, and those from
	// the 20th on are below 2^-64.
	y, _ := bits.Mul64(fraction, ln2<<(64-lnFrac))
	left, term := uint64(0), ^uint64(0)
	for i := uint64(1); term > 0; i++ {
		if i%2 == 1 {
			left += term
		} else {
			left -= term
		}
		term, _ = bits.Mul64(term, y)
		term /= i
	}
	return Q32(left >> FracBits >> halvings)
}
