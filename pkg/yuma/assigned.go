// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"fmt"
	"math/bits"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// Where not everybody scores everything, a column's medians are over those that it was assigned to: kappa is a part of
// their votes, floor(kappa votes of them / votes of all), and whoever of them gave nothing gave 0. The bond of a validator
// in a column that was not its own stays as it is. It is worth the least number that is stored as it is,
//
//	B'_ij = ceil(2^32 b_ij / 65535) / 2^32
//
// All being assigned everything is the same, bit for bit, as nothing being said. Only bonds that are absolute can stay
// while others move, and only a median does not fall with the power that was assigned: so it takes YUMA3 and Median.

// quorum is the votes of those whom a column was assigned to, and how much of them may lie below its median.
type quorum struct{ total, minority int64 }

// check checks a tile against the epoch; the errors are ErrShape and ErrParams.
func (e *Engine) check(t Tile) error {
	if err := t.validate(len(e.order)); err != nil || t.Assigned == nil {
		return err
	}
	if e.params.Rule != YUMA3 || e.params.ScoreRule != Median {
		return fmt.Errorf("%w: columns are assigned under rule %d and score rule %d, expected YUMA3 (3) and Median (1)",
			ErrParams, e.params.Rule, e.params.ScoreRule)
	}
	return nil
}

// validateAssigned checks who was assigned what; the error is ErrShape.
func (t Tile) validateAssigned(validators int) error {
	if t.Assigned == nil {
		return nil
	}
	if err := coverage.Validate(t.Assigned, validators, t.Columns); err != nil {
		return fmt.Errorf("%w: assigned: %w", ErrShape, err)
	}
	return nil
}

// marks are those of column j; nil for everybody.
func (t Tile) marks(validators, j int) []uint64 {
	if t.Assigned == nil {
		return nil
	}
	words := coverage.Words(validators)
	return t.Assigned[j*words : (j+1)*words]
}

// marked says whether validator i is among those marked.
func marked(marks []uint64, i uint16) bool { return marks[i/64]>>(i%64)&1 == 1 }

// quorum is that of a column.
func (e *Engine) quorum(marks []uint64) quorum {
	if marks == nil {
		return quorum{e.total, e.minority}
	}
	votes := int64(0)
	for k, i := range e.order[:e.voters] {
		if marked(marks, i) {
			votes += int64(e.votes[k])
		}
	}
	if votes == 0 {
		return quorum{}
	}
	hi, lo := bits.Mul64(uint64(e.params.Kappa), uint64(votes))
	needed, _ := bits.Div64(hi, lo, uint64(e.total))
	return quorum{votes, votes - int64(needed)}
}

// bench is the weights, scores and votes of those whom a dense column was assigned to.
type bench struct {
	weights []uint32
	scores  []uint16
	votes   []uint64
}

// agreeAssigned finds the medians of a dense column that was assigned to some.
func (e *Engine) agreeAssigned(weights []uint32, scores []uint16, marks []uint64) (consensus uint64, quality uint16) {
	b, voters := &e.bench, e.order[:e.voters]
	b.weights, b.scores, b.votes = pick(b.weights, weights, voters, marks), pick(b.scores, scores, voters, marks), pick(b.votes, e.votes, voters, marks)
	minority := e.quorum(marks).minority
	consensus = weight(e.medianWeight.median(b.weights, b.votes, 0, minority))
	return consensus, e.medianScore.median(b.scores, b.votes, 0, minority)
}

// pick copies what is the marked validators' of values, which are in that order.
func pick[V any](into, values []V, order []uint16, marks []uint64) []V {
	into = scratch.Sized(into, len(order))[:0]
	for k, i := range order {
		if marked(marks, i) {
			into = append(into, values[k])
		}
	}
	return into
}

// held is a stored bond that does not move.
func held(b uint16) uint64 {
	x := bond16(b)
	if x != 0 && x != one {
		x++
	}
	return x
}

// absoluteAssigned is absolute for a column that was assigned to some, in the engine's order.
func (c *cells) absoluteAssigned(moving []uint64, m *mix, order []uint16, marks []uint64, consensus, incentive uint64) {
	sum := uint64(0)
	for k, i := range order {
		if marked(marks, i) {
			sum += c.moveOne(moving, m, k, consensus)
			continue
		}
		moving[k], c.stored[k] = held(c.bonds[k]), c.bonds[k]
		sum += moving[k]
	}
	c.yield(moving, sum, incentive)
}

// moveAssigned moves the bonds of validator i in a band of a compressed tile, of which some columns were assigned to it.
func (b *band) moveAssigned(m *mix, row divisor, i int) {
	r, words := &b.rows[i], coverage.Words(len(b.rows))
	for at, j := range r.columns {
		c := b.share(j)
		if b.assigned[int(j)*words+i/64]>>(i%64)&1 == 1 {
			r.moving[at] = m.next(r.bonds[at], row.short(uint64(r.scores[at])), c.consensus)
		} else {
			r.moving[at] = held(r.bonds[at])
		}
		c.sum += r.moving[at]
	}
}

// Quality is the power-weighted median of a tile's scores by column, as Agreement has it: for scores that are not
// what the weights are made of. The slice belongs to the Engine and holds until its next call of Quality. The errors
// are ErrShape and ErrParams.
func (e *Engine) Quality(t Tile) ([]uint16, error) {
	if err := e.check(t); err != nil {
		return nil, err
	}
	e.qualities = scratch.Zeroed(e.qualities, t.Columns)
	if t.Scores.compressed() {
		e.qualityOfRows(t)
	} else {
		e.qualityOfBlocks(t)
	}
	return e.qualities, nil
}

func (e *Engine) qualityOfBlocks(t Tile) {
	n := len(e.order)
	e.divideRows()
	e.dense.size(n, e.rows)
	pitch := e.dense.pitch
	for from := 0; from < t.Columns; from += lanes {
		to := min(from+lanes, t.Columns)
		t.Scores.turn(e.dense.scores, pitch, e.order, t.Columns, from, to)
		for j := from; j < to; j++ {
			marks, scores, votes := t.marks(n, j), e.dense.scores[(j-from)*pitch:][:e.voters], e.votes
			if marks != nil {
				b := &e.bench
				b.scores, b.votes = pick(b.scores, scores, e.order[:e.voters], marks), pick(b.votes, votes, e.order[:e.voters], marks)
				scores, votes = b.scores, b.votes
			}
			e.qualities[j] = e.medianScore.median(scores, votes, 0, e.quorum(marks).minority)
		}
	}
}

func (e *Engine) qualityOfRows(t Tile) {
	s := &e.sparse
	e.divideRows()
	if e.countSupport(t); !s.contested() {
		return
	}
	e.collectBallots(t)
	for j := range t.Columns {
		if from, to := s.starts[j], s.starts[j+1]; from != to {
			q := s.quorums[j]
			e.qualities[j] = e.medianScore.median(s.scores[from:to], s.votes[from:to], q.total-s.support[j], q.minority)
		}
	}
}
