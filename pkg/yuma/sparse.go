// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// Compressed tiles are worked on row by row, as they lie, with one number a column for what
// adds up over it. Only medians look at a column, and only at one that enough of the voters have
// scored.

// sparse is the memory for compressed tiles.
type sparse struct {
	// support is the votes of each column's entries, quorums those of all who might have given one, and forsaken says
	// that the voters without an entry are more than the minority: then their 0 is its median, and nothing of it
	// survives clipping.
	support  []int64
	quorums  []quorum
	forsaken []bool
	// ballots are the entries of the voters in the columns that are not forsaken, by column:
	// those of column j begin at starts[j].
	starts  []int
	weights []uint32
	scores  []uint16
	votes   []uint64
}

// agreeOnRows is agree for the compressed layout. Voters without an entry support 0.
func (e *Engine) agreeOnRows(t Tile) {
	s, a := &e.sparse, &e.agreement
	clear(a.Consensus)
	clear(a.Rank)
	clear(a.Quality)
	if e.countSupport(t); !s.contested() {
		return
	}
	e.collectBallots(t)
	for j := range t.Columns {
		from, to := s.starts[j], s.starts[j+1]
		if from == to {
			continue
		}
		q, votes := s.quorums[j], s.votes[from:to]
		absent := q.total - s.support[j]
		a.Consensus[j] = fixed.Q32(weight(e.medianWeight.median(s.weights[from:to], votes, absent, q.minority)))
		a.Quality[j] = e.medianScore.median(s.scores[from:to], votes, absent, q.minority)
	}
	e.clipRows(t)
}

// countSupport adds up the votes of each column's entries, and finds the forsaken.
func (e *Engine) countSupport(t Tile) {
	e.sparse.support = scratch.Zeroed(e.sparse.support, t.Columns)
	support := e.sparse.support
	for k, i := range e.order[:e.voters] {
		vote := int64(e.votes[k])
		columns, values := t.Scores.entries(i)
		for at, j := range columns {
			if values[at] != 0 {
				support[j] += vote
			}
		}
	}
	s := &e.sparse
	s.quorums, s.forsaken = scratch.Sized(s.quorums, t.Columns), scratch.Sized(s.forsaken, t.Columns)
	for j := range t.Columns {
		q := e.quorum(t.marks(len(e.order), j))
		s.quorums[j], s.forsaken[j] = q, q.total-support[j] > max(q.minority, 0)
	}
}

// contested says that some column is not forsaken.
func (s *sparse) contested() bool { return slices.Contains(s.forsaken, false) }

// collectBallots sorts the voters' entries by column, by counting: first how many each column
// has, which says where it begins, then each to its place. Forsaken columns stay empty.
func (e *Engine) collectBallots(t Tile) {
	s := &e.sparse
	s.starts = scratch.Zeroed(s.starts, t.Columns+2)
	// A column's count is kept two places on, so that the sums of counts become the places
	// where it is written next, and after the last value the ones where columns begin.
	for _, i := range e.order[:e.voters] {
		columns, values := t.Scores.entries(i)
		for at, j := range columns {
			if values[at] != 0 && !s.forsaken[j] {
				s.starts[int(j)+2]++
			}
		}
	}
	for j := 2; j < len(s.starts); j++ {
		s.starts[j] += s.starts[j-1]
	}
	n := s.starts[t.Columns+1]
	s.weights, s.scores, s.votes = scratch.Sized(s.weights, n), scratch.Sized(s.scores, n), scratch.Sized(s.votes, n)
	if n == 0 {
		return
	}
	next := s.starts[1:]
	for k, i := range e.order[:e.voters] {
		columns, values := t.Scores.entries(i)
		for at, j := range columns {
			if v := values[at]; v != 0 && !s.forsaken[j] {
				place := next[j]
				next[j]++
				s.weights[place], s.scores[place], s.votes[place] = short(e.rows[k].short(uint64(v))), v, e.votes[k]
			}
		}
	}
}

// clipRows is clip for the compressed layout.
func (e *Engine) clipRows(t Tile) {
	consensus, rank := e.agreement.Consensus, e.agreement.Rank
	for k, i := range e.order {
		row, power, trust := e.rows[k], e.power[k], e.trust[k]
		columns, values := t.Scores.entries(i)
		for at, j := range columns {
			if agreed := uint64(consensus[j]); agreed != 0 {
				clipped := min(row.short(uint64(values[at])), agreed)
				trust += clipped
				rank[j] += fixed.Q32(power * clipped >> (e.powerBits & 63))
			}
		}
		e.trust[k] = trust
	}
}

// entries are the columns and values of validator i.
func (m Matrix) entries(i uint16) (columns, values []uint16) {
	if m.none() {
		return nil, nil
	}
	from, to := m.Starts[i], m.Starts[int(i)+1]
	return m.Columns[from:to], m.Values[from:to]
}
