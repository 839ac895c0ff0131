// SPDX-License-Identifier: Apache-2.0

package fixed

import "math/bits"

// The logarithm is that of the number's leading bits, looked up, and of the little by which the
// number differs from them, by its series. Its parts are computed with more bits than a Q32 has:
// 58 behind the point in sums, 38 in the series.
const (
	// lnFrac is how many bits stand behind the point in sums of logarithms.
	lnFrac = 58
	// seriesFrac is how many stand behind it in the series.
	seriesFrac = 38
	// bendFrac is how many stand behind it in the factors of its higher terms.
	bendFrac = 30
	// knotBits is how many bits after the first are looked up.
	knotBits = 7
)

// lnKnots has the logarithms of the middles of the 128 equal parts of [1, 2): knot i is
// 1 + (i + 1/2)/128.
var lnKnots = newLnKnots()

// lnKnot is one of them: its reciprocal with 64 bits behind the point, and its logarithm.
type lnKnot struct{ inverse, ln uint64 }

// ln2 is ln 2 in 58 bits: 2 atanh(1/3).
var ln2 = twiceAtanh(1, 3)

func newLnKnots() (knots [1 << knotBits]lnKnot) {
	const whole = 2 << knotBits
	for i := range uint64(1 << knotBits) {
		middle := whole + 2*i + 1
		// 2^64 whole / middle: the first digit of the long division is 0.
		inverse, _ := bits.Div64(whole, 0, middle)
		// ln(middle/whole) = 2 atanh((middle - whole) / (middle + whole)).
		knots[i] = lnKnot{inverse: inverse, ln: twiceAtanh(2*i+1, middle+whole)}
	}
	return knots
}

// twiceAtanh is 2 atanh(num/den) for num/den of 0 to 1/3: the sum of 2 (num/den)^n / n over odd n,
// each of at most 20 terms floored twice, so that it falls short by less than 2^-52.
func twiceAtanh(num, den uint64) uint64 {
	hi, lo := bits.Mul64(2<<lnFrac, num)
	power, _ := bits.Div64(hi, lo, den)
	sum := uint64(0)
	for n := uint64(1); power > 0; n += 2 {
		sum += power / n
		hi, lo = bits.Mul64(power, num*num)
		power, _ = bits.Div64(hi, lo, den*den)
	}
	return sum
}

// Ln is the natural logarithm, rounded to 32 fractional bits: it differs from the true one by
// less than 2^-32. Of what is not above 0 it is Min.
//
// With x = 2^k m, m of [1, 2), and c the knot nearest to m, ln x = k ln 2 + ln c + ln(1 + r),
// where r = m/c - 1 is at most 2^-8 in size, and ln(1+r) = r - r^2/2 + r^3/3 - r^4/4 to 2^-42.
func Ln(x Q32) Q32 {
	if x <= 0 {
		return Min
	}
	lead := bits.LeadingZeros64(uint64(x))
	m := uint64(x) << lead
	knot := &lnKnots[m>>(63-knotBits)&(1<<knotBits-1)]
	quotient, _ := bits.Mul64(m, knot.inverse)
	// m has 63 bits behind the point, and the quotient's upper word as many.
	r := int64(quotient - 1<<63)
	sum := int64(63-FracBits-lead)*int64(ln2) + int64(knot.ln) + r>>(63-lnFrac)

	// r is shorter by 8 bits than a number of 1 would be; what it multiplies is so short that the
	// products fit.
	const half, third = 1 << (seriesFrac - 1), 1 << bendFrac / 3
	r >>= 63 - seriesFrac
	bend := half - r*(third-r>>(seriesFrac-bendFrac+2))>>bendFrac
	sum -= (r * r >> seriesFrac) * bend >> seriesFrac << (lnFrac - seriesFrac)
	return Q32((sum + 1<<(lnFrac-FracBits-1)) >> (lnFrac - FracBits))
}
