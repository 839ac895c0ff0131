// SPDX-License-Identifier: Apache-2.0

// Package exp2 raises a half to a fraction, in 64-bit integers.
package exp2

import "math/bits"

// One is 1 as a factor: factors have FracBits bits behind the point.
const One uint64 = 1 << FracBits

// FracBits are the bits behind a factor's point.
const FracBits = 63

// ln2 is floor(ln 2 * 2^64); the tests recompute it from the series, the sum of
// 1 / (n 2^n).
const ln2 uint64 = 0xb17217f7d1cf79ab

// roots[i] is floor(2^(-2^-(i+1)) * 2^63): the square root of a half, its square
// root, and so on. The tests recompute them by 32 square roots in 256 bits.
var roots = [32]uint64{
	0x5a827999fcef3242, 0x6ba27e656b4eb57a, 0x75606373ee921c97, 0x7a92be8a92436616,
	0x7d41d96db915019d, 0x7e9f06067a4360ba, 0x7f4f08ae3dc7c425, 0x7fa765aca88f6452,
	0x7fd3ab290e46d768, 0x7fe9d3a8e07bf085, 0x7ff4e9597bed93aa, 0x7ffa748dff8dc61e,
	0x7ffd3a3f50020332, 0x7ffe9d1dbc0a75a9, 0x7fff4e8e6306ed58, 0x7fffa74712c3cdfd,
	0x7fffd3a381b1fa28, 0x7fffe9d1beed0189, 0x7ffff4e8defb81d7, 0x7ffffa746f5f012f,
	0x7ffffd3a37a7d0a8, 0x7ffffe9d1bd1fc58, 0x7fffff4e8de8832d, 0x7fffffa746f422d6,
	0x7fffffd3a37a09bb, 0x7fffffe9d1bd02f1, 0x7ffffff4e8de80fd, 0x7ffffffa746f4060,
	0x7ffffffd3a37a028, 0x7ffffffe9d1bd012, 0x7fffffff4e8de808, 0x7fffffffa746f404,
}

// Halved is 2^-f for f in [0, 1), a fraction of 64 bits, as a factor in (1/2, 1].
//
// Each of the upper 32 bits of f stands for one root. What the lower 32 bits add
// is below 2^-32, so the tangent 1 - f ln 2 is right to 2^-66. A root and a
// product are cut once each: the error is at most 67 units of 2^-63, and as no
// factor is below 1/2, less than 2^-55 of the factor.
func Halved(f uint64) uint64 {
	factor := One
	for i, root := range roots {
		if f>>(63-i)&1 == 1 {
			factor = Times(factor, root)
		}
	}
	slope, _ := bits.Mul64(f&(1<<32-1), ln2)
	drop, _ := bits.Mul64(factor, slope)
	return factor - drop
}

// Times is the product of a number and a factor, rounded down.
func Times(n, factor uint64) uint64 {
	hi, lo := bits.Mul64(n, factor)
	return hi<<1 | lo>>63
}
