// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
	"github.com/weal-network/weal/pkg/yuma"
)

// lanes is how many columns are turned at a time: a cache line of scores.
const lanes = 32

// block is the weights of some columns side by side, a column of validators after the other.
type block struct {
	validators int
	// pitch is how far a column's values are from the next one's: an odd number of cache lines, so that
	// the columns do not push each other out of the cache.
	pitch  int
	values []uint32
	// ln is the logarithms of the medians, as values lie, and predictors are the columns'.
	ln         []fixed.Q32
	predictors [lanes]predictor
	// next is where in each compressed row the block begins.
	next []int
}

// weights are those of one of the block's columns.
func (b *block) weights(lane int) []uint32 {
	return b.values[lane*b.pitch : lane*b.pitch+b.validators]
}

// fill makes the weights of the columns of [from, to) of a tile, which come in their order from 0 on, with
// validators in the given order.
func (b *block) fill(t Tile, rows []divisor, order []uint16, from, to int) {
	n := len(rows)
	b.validators, b.pitch = n, (n+15)/16*16+16-(n+15)/16%2*16
	b.values = scratch.Sized(b.values, lanes*b.pitch)
	if t.Scores.Starts == nil {
		for at, i := range order {
			row := rows[i]
			for _, score := range t.Scores.Values[int(i)*t.Columns+from : int(i)*t.Columns+to] {
				b.values[at] = row.weight(score)
				at += b.pitch
			}
		}
		return
	}
	clear(b.values)
	if from == 0 {
		b.next = scratch.Sized(b.next, n)
		copy(b.next, t.Scores.Starts[:n])
	}
	for k, i := range order {
		row := rows[i]
		at, end := b.next[i], t.Scores.Starts[i+1]
		for ; at < end && int(t.Scores.Columns[at]) < to; at++ {
			b.values[(int(t.Scores.Columns[at])-from)*b.pitch+k] = row.weight(t.Scores.Values[at])
		}
		b.next[i] = at
	}
}

// A weight is a score over the sum of its row, floor(2^32 score / sum), as in pkg/yuma: 32 bits, of
// which 2^32 - 1 stands for 1.

// divisor divides scores by the sum of a row. reciprocal is floor((2^64 - 1) / sum): the product's
// upper word falls short of the quotient by at most 1, which the remainder shows.
type divisor struct{ sum, reciprocal uint64 }

func newDivisor(sum uint64) divisor {
	if sum == 0 {
		return divisor{}
	}
	return divisor{sum, math.MaxUint64 / sum}
}

func (d divisor) weight(score uint16) uint32 {
	scaled := uint64(score) << fixed.FracBits
	quotient, _ := bits.Mul64(scaled, d.reciprocal)
	if d.sum != 0 && scaled-quotient*d.sum >= d.sum {
		quotient++
	}
	return uint32(quotient - quotient>>fixed.FracBits)
}

// weight is a 32-bit weight as a number of [0, 1].
func weight(w uint32) uint64 {
	x := uint64(w)
	return x + (x+1)>>fixed.FracBits
}

// rowSum is the sum of a validator's scores.
func rowSum(m yuma.Matrix, i, columns int) (sum uint64) {
	values := m.Values
	if m.Starts != nil {
		values = values[m.Starts[i]:m.Starts[i+1]]
	} else {
		values = values[i*columns : (i+1)*columns]
	}
	for _, v := range values {
		sum += uint64(v)
	}
	return sum
}

// assigned are the words of a column, or nil.
func (t Tile) assigned(j, validators int) []uint64 {
	if t.Assigned == nil {
		return nil
	}
	words := Words(validators)
	return t.Assigned[j*words : (j+1)*words]
}

// validate checks the tile for that many validators; the error is ErrShape and says what is wrong.
func (t Tile) validate(validators int) error {
	if t.Columns < 0 || t.Columns > yuma.MaxContributions {
		return fmt.Errorf("%w: %d contributions, expected 0 to %d", ErrShape, t.Columns, yuma.MaxContributions)
	}
	if err := t.Scores.Validate(validators, t.Columns); err != nil {
		return fmt.Errorf("%w: %w", ErrShape, err)
	}
	if words := Words(validators) * t.Columns; t.Assigned != nil && len(t.Assigned) != words {
		return shapeError("assigned", len(t.Assigned), words)
	}
	if tail := validators % 64; t.Assigned != nil && tail != 0 {
		for j := range t.Columns {
			if marks := t.assigned(j, validators); marks[len(marks)-1]>>tail != 0 {
				return fmt.Errorf("%w: column %d is assigned to a validator beyond the %d", ErrShape, j, validators)
			}
		}
	}
	for _, s := range []struct {
		name   string
		shares []fixed.Q32
	}{{"last", t.Public.Last}, {"fast", t.Public.Fast}, {"slow", t.Public.Slow}} {
		if len(s.shares) != t.Columns {
			return shapeError("public "+s.name, len(s.shares), t.Columns)
		}
		for j, share := range s.shares {
			if share < 0 || share > fixed.One {
				return fmt.Errorf("%w: public %s of column %d is %s, expected 0 to 1", ErrShape, s.name, j, share)
			}
		}
	}
	return nil
}
