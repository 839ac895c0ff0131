// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// clip cuts weights down to consensus and sums what is left: over a row it is the
// validator's trust, over a column, by power, the contribution's incentive.
func (e *Engine) clip() {
	for i := range e.rows {
		for j, w := range row(e, e.weights, i) {
			clipped := min(w, e.out.Consensus[j])
			e.out.Trust[i] += clipped
			e.out.Incentive[j] += e.power[i].Mul(clipped)
		}
	}
	fixed.NormInPlace(e.out.Incentive)
}

// forBonds is the weight that bonds see: w, moved towards its clipped value by the
// penalty.
func (e *Engine) forBonds(p Params, w fixed.Q32, col int) fixed.Q32 {
	clipped := min(w, e.out.Consensus[col])
	return max(0, w+p.BondPenalty.Mul(clipped-w))
}
