// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
)

// voterBits is how many low bits of a sorting key are the voter: a weight takes
// 33 bits, so both fit into one integer that sorts fast.
const voterBits = 31

// medians finds the consensus weight and the quality of each column: the largest
// value that at least kappa of the active power supports, where a missing entry
// supports 0.
func (e *Engine) medians(p Params, in Input) {
	minority := e.elect(p.Kappa)
	for j := range e.cols {
		for v, i := range e.voters {
			e.keys[v] = uint64(e.weights[i*e.cols+j])<<voterBits | uint64(v)
		}
		e.out.Consensus[j] = fixed.Q32(weightedMedian(e.keys, e.votes, minority))
		for v, i := range e.voters {
			e.keys[v] = uint64(in.Scores[i*e.cols+j])<<voterBits | uint64(v)
		}
		e.out.Quality[j] = uint16(weightedMedian(e.keys, e.votes, minority))
	}
}

// elect lists who has active power and returns the power that may be below the
// median: all of it less kappa.
func (e *Engine) elect(kappa fixed.Q32) fixed.Q32 {
	e.voters, e.votes = e.voters[:0], e.votes[:0]
	for i, a := range e.power {
		if a > 0 {
			e.voters, e.votes = append(e.voters, i), append(e.votes, a)
		}
	}
	e.keys = e.keys[:len(e.voters)]
	fixed.NormInPlace(e.votes)
	return fixed.Sum(e.votes).Sub(kappa)
}

// weightedMedian is the smallest value at which more than minority of the votes
// lies at or below it, the largest value if there is none such, and 0 without
// votes. That is the one value that the published search by pivots ends at,
// whichever pivots it takes. A key is value << voterBits | index into votes; keys
// are sorted in place: their number is bounded, and so is the time, whatever
// values validators choose.
func weightedMedian(keys []uint64, votes []fixed.Q32, minority fixed.Q32) uint64 {
	if len(keys) == 0 {
		return 0
	}
	slices.Sort(keys)
	var below fixed.Q32
	for _, k := range keys {
		if below += votes[k&(1<<voterBits-1)]; below > minority {
			return k >> voterBits
		}
	}
	return keys[len(keys)-1] >> voterBits
}
