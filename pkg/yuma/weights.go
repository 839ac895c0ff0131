// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// activePower normalises power twice, over all and then over the active, as the
// published form does: each division drops bits, so once would differ.
func (e *Engine) activePower(in Input) {
	var total uint64
	for _, p := range in.Power {
		total += p
	}
	for i, p := range in.Power {
		if in.active(i) {
			e.power[i] = fixed.FromRatio(p, total)
		}
	}
	fixed.NormInPlace(e.power)
}

// normaliseRows turns scores into weights: each over the sum of its row.
func (e *Engine) normaliseRows(in Input) {
	for i := range e.rows {
		scores, weights := row(e, in.Scores, i), row(e, e.weights, i)
		var sum uint64
		for _, s := range scores {
			sum += uint64(s)
		}
		for j, s := range scores {
			weights[j] = fixed.FromRatio(uint64(s), sum)
		}
	}
}
