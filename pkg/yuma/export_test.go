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
	keys := make([]uint64, len(values))
	for v, value := range values {
		keys[v] = uint64(value)<<voterBits | uint64(v)
	}
	return fixed.Q32(weightedMedian(keys, votes, minority))
}

// Medians is the consensus of each column of weights.
func Medians(power []fixed.Q32, weights [][]fixed.Q32, kappa fixed.Q32) []fixed.Q32 {
	var e Engine
	e.resize(len(weights), len(weights[0]))
	copy(e.power, power)
	for i, r := range weights {
		copy(row(&e, e.weights, i), r)
	}
	e.medians(Params{Kappa: kappa}, Input{Scores: make([]uint16, e.rows*e.cols)})
	return e.out.Consensus
}
