// SPDX-License-Identifier: Apache-2.0

package fixed

import (
	"math/bits"
	"strconv"
	"strings"
)

// stringDigits is how many decimal places String writes. Neighbours lie 2^-32,
// about 2.3e-10, apart: with ten places no two numbers read the same.
const stringDigits = 10

const stringScale = 10_000_000_000

// String writes the number in decimal, rounded half up in magnitude to ten
// places, without trailing zeros: "0.1", "-2.5", "1".
func (q Q32) String() string {
	mag := q.magnitude()
	whole, frac := mag>>FracBits, mag&(1<<FracBits-1)
	hi, lo := bits.Mul64(frac, stringScale)
	lo, carry := bits.Add64(lo, 1<<(FracBits-1), 0)
	places := (hi+carry)<<(64-FracBits) | lo>>FracBits
	if places == stringScale {
		whole, places = whole+1, 0
	}
	text := strconv.FormatUint(whole, 10)
	if places != 0 {
		digits := strconv.FormatUint(places, 10)
		padded := strings.Repeat("0", stringDigits-len(digits)) + digits
		text += "." + strings.TrimRight(padded, "0")
	}
	if q < 0 {
		return "-" + text
	}
	return text
}
