// SPDX-License-Identifier: Apache-2.0

package fixed

import "math/bits"

// Sqrt is the square root, floored to 32 fractional bits; 0 of what is below 0.
func Sqrt(x Q32) Q32 {
	if x <= 0 {
		return 0
	}
	return Q32(Root(uint64(x)>>FracBits, uint64(x)<<FracBits))
}

// Root is the floor of the square root of hi*2^64 + lo.
//
// It is Newton's iteration from above, which falls until it is there: the start is a power of 2
// at least as large as the root.
func Root(hi, lo uint64) uint64 {
	length := bits.Len64(lo)
	if hi != 0 {
		length = 64 + bits.Len64(hi)
	}
	if length == 0 {
		return 0
	}
	root := ^uint64(0)
	if half := (length + 1) / 2; half < 64 {
		root = 1 << half
	}
	for hi < root {
		quotient, _ := bits.Div64(hi, lo, root)
		sum, carry := bits.Add64(root, quotient, 0)
		next := sum>>1 | carry<<63
		if next >= root {
			break
		}
		root = next
	}
	return root
}
