// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// Agreement is what validators agree on about the columns of a tile, one number a column.
type Agreement struct {
	// Consensus is the power-weighted median weight.
	Consensus []fixed.Q32
	// Rank is the sum of power times clipped weight, or consensus under the score rule Median.
	// Over the sum of all ranks of the epoch it is the incentive.
	Rank []fixed.Q32
	// Quality is the power-weighted median of raw scores.
	Quality []uint16
}

// agree makes a tile's weights and finds what is agreed on.
func (e *Engine) agree(t Tile) {
	a := &e.agreement
	a.Consensus, a.Rank, a.Quality = scratch.Sized(a.Consensus, t.Columns), scratch.Sized(a.Rank, t.Columns), scratch.Sized(a.Quality, t.Columns)
	e.divideRows()
	if t.Scores.compressed() {
		e.agreeOnRows(t)
	} else {
		e.agreeOnBlocks(t)
	}
	if e.params.ScoreRule == Median {
		copy(a.Rank, a.Consensus)
	}
	for _, rank := range a.Rank {
		e.rankSum += uint64(rank)
	}
}

// agreeOnBlocks is agree for the dense layout. The block is in the processor's cache from its
// turning to its last column.
func (e *Engine) agreeOnBlocks(t Tile) {
	n := len(e.order)
	e.dense.size(n, e.rows)
	pitch := e.dense.pitch
	e.weights = scratch.Sized(e.weights, pitch*t.Columns)
	for from := 0; from < t.Columns; from += lanes {
		to := min(from+lanes, t.Columns)
		e.weighBlock(t, from, to)
		for j := from; j < to; j++ {
			weights, scores := e.weights[j*pitch:j*pitch+n], e.dense.scores[(j-from)*pitch:(j-from)*pitch+n]
			var consensus uint64
			if t.Assigned == nil {
				consensus = weight(e.medianWeight.median(weights[:e.voters], e.votes, 0, e.minority))
				e.agreement.Quality[j] = e.medianScore.median(scores[:e.voters], e.votes, 0, e.minority)
			} else {
				consensus, e.agreement.Quality[j] = e.agreeAssigned(weights, scores, t.marks(n, j))
			}
			e.agreement.Consensus[j] = fixed.Q32(consensus)
			e.agreement.Rank[j] = fixed.Q32(clip(weights, consensus, e.power, e.trust, e.powerBits))
		}
	}
}

// clip cuts a column's weights down to its consensus. What is left adds up, by validator, to
// trust and, by power, to the column's rank, which it returns.
func clip(weights []uint32, consensus uint64, power, trust []uint64, shift uint8) (rank uint64) {
	power, trust = power[:len(weights)], trust[:len(weights)]
	for k, w := range weights {
		clipped := min(weight(w), consensus)
		trust[k] += clipped
		rank += power[k] * clipped >> (shift & 63)
	}
	return rank
}
