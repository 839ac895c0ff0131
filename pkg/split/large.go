// SPDX-License-Identifier: Apache-2.0

package split

import (
	"math/big"
	"slices"
)

// Large divides as Proportional does, for a total of any size that is not negative.
func Large(total *big.Int, weights []uint64) []*big.Int {
	parts := make([]*big.Int, len(weights))
	whole, w := new(big.Int), new(big.Int)
	for _, weight := range weights {
		whole.Add(whole, w.SetUint64(weight))
	}
	rests, order := make([]*big.Int, len(weights)), make([]int, len(weights))
	left := new(big.Int).Set(total)
	for i, weight := range weights {
		parts[i], rests[i], order[i] = new(big.Int), new(big.Int), i
		if whole.Sign() > 0 {
			parts[i].QuoRem(w.Mul(total, w.SetUint64(weight)), whole, rests[i])
			left.Sub(left, parts[i])
		}
	}
	if whole.Sign() == 0 {
		return parts
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	for _, i := range order[:left.Int64()] {
		parts[i].Add(parts[i], big.NewInt(1))
	}
	return parts
}
