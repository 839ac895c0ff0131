// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// The parts that published cases test by themselves.
var (
	Sigmoid = sigmoid
	Exp     = exp
	Follow  = follow
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
