// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// The parts that published cases test by themselves.
var (
	Sigmoid = sigmoid
	Exp     = exp
)

// WeightedMedian is the median of values by votes, as the engine finds it.
func WeightedMedian(values, votes []fixed.Q32, minority fixed.Q32) fixed.Q32 {
	s := search[uint32]{kernels: kernels32}
	shorts, counts := make([]uint32, len(values)), make([]uint64, len(votes))
	for i := range values {
		shorts[i], counts[i] = short(uint64(values[i])), uint64(votes[i])
	}
	return fixed.Q32(weight(s.median(shorts, counts, 0, int64(minority))))
}

// Follow is the moving average of a bond. Published cases also have numbers above 1, which
// the engine never meets: those are computed as it is written.
func Follow(alpha, to, old fixed.Q32) fixed.Q32 {
	if max(alpha, to, old) <= fixed.One {
		return fixed.Q32(move(uint64(old), uint64(to), newFactor(one-uint64(alpha)), newFactor(uint64(alpha))))
	}
	return min(fixed.One, (fixed.One - alpha).Mul(old).Add(alpha.Mul(to)))
}
