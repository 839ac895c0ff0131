// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
	"github.com/weal-network/weal/pkg/yuma"
)

// Progress is what an unfinished epoch needs to go on, beside its params, its electorate and its
// tiles, in the order of power. An epoch begins with RowSums and nothing else.
type Progress struct {
	// RowSums are the sums of scores, over which they become weights.
	RowSums []uint64
	// MedianSums are the sums of the medians of the others so far, in units of 2^-32.
	MedianSums []uint64
	// Products are the sums of what was compared so far.
	Products []Products
	// Predictors are the sums of products of the public vectors over the columns that all were to
	// score.
	Predictors Predictors
	// Last is the sum of the last shares so far.
	Last fixed.Q32
}

// Predictors are sums of products of the public vectors: those of 0 and 0, 1, 2, of 1 and 1, 2, and
// of 2 and 2, in units of 2^-52.
type Predictors [6]int64

// Products are sums over columns: a is what a validator knew beyond the last consensus, b what the
// others knew.
type Products struct {
	// Own are those of a with the public vectors, Others those of b, in units of 2^-54.
	Own, Others [3]int64
	// OwnOwn, OwnOthers and OthersOthers are those of a and b, in units of 2^-56.
	OwnOwn, OwnOthers, OthersOthers int64
	// Predictors are those over the columns that it, and not all, was to score.
	Predictors Predictors
}

func (s *Products) add(a, b int64, p *predictor) {
	for k, u := range p.values {
		s.Own[k] += a * u
		s.Others[k] += b * u
	}
	s.OwnOwn += a * a
	s.OwnOthers += a * b
	s.OthersOthers += b * b
}

func (s *Predictors) add(t *Predictors) {
	for k, product := range t {
		s[k] += product
	}
}

// mostLast is the most that the last shares of an epoch add up to: what was published, and what is new.
const mostLast = 2 * fixed.One

// validatePublic adds up the last shares; the error is ErrShape. With more of them the sums of products
// would not be sure to fit.
func (e *Engine) validatePublic(p Public) error {
	sum := e.done.Last
	for _, share := range p.Last {
		sum += share
	}
	if sum < 0 || sum > mostLast {
		return fmt.Errorf("%w: public last shares add up to %s, expected 0 to %s", ErrShape, sum, mostLast)
	}
	e.done.Last = sum
	return nil
}

// Progress returns where the epoch stands, in memory of its own.
func (e *Engine) Progress() Progress {
	var p Progress
	p.copy(e.done)
	return p
}

// reset begins an epoch of which the sums of rows are known.
func (p *Progress) reset(validators int) {
	p.MedianSums, p.Products = scratch.Zeroed(p.MedianSums, validators), scratch.Zeroed(p.Products, validators)
	p.Predictors, p.Last = Predictors{}, 0
}

func (p *Progress) copy(from Progress) {
	n := len(from.RowSums)
	p.RowSums = scratch.Sized(p.RowSums, n)
	copy(p.RowSums, from.RowSums)
	p.reset(n)
	copy(p.MedianSums, from.MedianSums)
	copy(p.Products, from.Products)
	p.Predictors, p.Last = from.Predictors, from.Last
}

// maxRowSum is the largest sum of a row.
const maxRowSum = yuma.MaxContributions * 65535

// validate checks the lengths; the error is ErrShape. No sum makes the engine fail: what could not
// have come out of it comes to an innovation that is wrong, and of [-1, 1].
func (p Progress) validate(validators int) error {
	if len(p.RowSums) != validators {
		return shapeError("row sums", len(p.RowSums), validators)
	}
	if p.MedianSums != nil && len(p.MedianSums) != validators {
		return shapeError("progress of medians", len(p.MedianSums), validators)
	}
	if p.Products != nil && len(p.Products) != validators {
		return shapeError("progress of products", len(p.Products), validators)
	}
	for i := range validators {
		if p.RowSums[i] > maxRowSum {
			return fmt.Errorf("%w: validator %d has a sum of scores of %d, expected 0 to %d", ErrShape, i, p.RowSums[i], uint64(maxRowSum))
		}
		if len(p.MedianSums) > 0 && p.MedianSums[i] > yuma.MaxContributions<<32 {
			return fmt.Errorf("%w: validator %d has a sum of medians of %d, expected 0 to %d",
				ErrShape, i, p.MedianSums[i], uint64(yuma.MaxContributions)<<32)
		}
	}
	return nil
}
