// SPDX-License-Identifier: Apache-2.0

package nofloat

import "math"

type ratio float64 // want "floating-point number in state code"

type row struct {
	score  uint16
	weight float64 // want "floating-point"
}

func half(x uint64) uint64 {
	return uint64(math.Sqrt(float64(x))) // want "floating-point number in state code"
}

func sum(weights []float32) int { // want "floating-point"
	return len(weights) // want "floating-point"
}

func literal() int {
	const third = 1.0 / 3 // want "floating-point"
	return int(third * 9) // want "floating-point"
}

func fromElsewhere(r row) bool {
	return r.weight > 0 // want "floating-point number in state code"
}

func whole(r row) uint16 { return r.score / 2 }
