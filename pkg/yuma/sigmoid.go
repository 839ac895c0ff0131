// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
)

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
	sum := fixed.Q32(series(uint64(max(x, -x))))
	if x < 0 {
		return fixed.One.Div(sum)
	}
	return sum
}

// series is that of e^x for x of [0, 20]. Every product and every quotient of it is floored; all
// are below 2^63.
func series(x uint64) uint64 {
	sum, term := one+x, x
	for i := 2; i <= expTerms && term != 0; i++ {
		hi, lo := bits.Mul64(term, x)
		q, _ := bits.Mul64(hi<<(64-fracBits)|lo>>fracBits, inverses[i].m)
		term = q >> (inverses[i].shift & 63)
		sum += term
	}
	return sum
}

// inverses divide by small numbers i: with 2^(s+1) the least power of 2 that i does not pass and
// m = ceil(2^(64+s) / i), which is below 2^64, floor(n/i) = floor(n m / 2^(64+s)) for n below
// 2^63, by the reason given at divisor: m i is too large by less than i, and i n < 2^(64+s).
var inverses = newInverses()

type inverse struct {
	m     uint64
	shift uint8
}

func newInverses() (all [expTerms + 1]inverse) {
	for i := uint64(2); i <= expTerms; i++ {
		shift := bits.Len64(i-1) - 1
		m, rest := bits.Div64(1<<shift, 0, i)
		if rest > 0 {
			m++
		}
		all[i] = inverse{m, uint8(shift)}
	}
	return all
}
