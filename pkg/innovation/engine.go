// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
	"github.com/weal-network/weal/pkg/yuma"
)

// Engine is the memory that innovations are computed in. Its zero value is ready; it grows to the
// largest epoch that it met and then allocates nothing. It is not safe for use by two at a time.
//
// An epoch is two passes over tiles of its columns, in any split and order of tiles: SumMedians,
// then Compare; between the calls stands a bounded number of integers a validator, its Progress.
// Both need the sums of rows, which are known after the first pass of pkg/yuma.
type Engine struct {
	params Params
	electorate
	rows  []divisor
	lnSum []fixed.Q32
	done  Progress

	block  block
	column column
	result []fixed.Q32

	// ranking is the memory for a median of averages.
	ranking []ranked
}

// Tile is some adjacent columns of an epoch, all validators' rows of them.
type Tile struct {
	// Columns is how many.
	Columns int
	// Scores are the raw scores in either layout; 0 is no score, and the share of a row that it
	// stands for is the least that there is.
	Scores yuma.Matrix
	// Assigned says who was to score what: bit i%64 of word j*Words(validators) + i/64 is
	// validator i and column j. Nil is everybody everything. A cell that is not assigned is
	// left out of medians and of what is compared; its score must be 0, and is what a
	// validator gave its own contribution, too.
	Assigned []uint64
	// Public is what everybody knew of the columns.
	Public Public
}

// Words is how many words of Tile.Assigned a column takes.
func Words(validators int) int { return (validators + 63) / 64 }

// Input is one epoch.
type Input struct {
	// Power is each validator's scoring power, in any unit; the sum must fit into 64 bits.
	Power []uint64
	// Active says who takes part; nil is everybody. Whoever does not is compared like the
	// others, and nobody with it.
	Active []bool
	// Tile is all of the epoch.
	Tile
}

// Run computes one epoch at once: each validator's innovation, of [-1, 1]. The slice belongs to
// the Engine and holds until its next call. The errors are ErrParams and ErrShape.
func (e *Engine) Run(p Params, in Input) ([]fixed.Q32, error) {
	if err := in.Tile.validate(len(in.Power)); err != nil {
		return nil, err
	}
	e.done.RowSums = scratch.Zeroed(e.done.RowSums, len(in.Power))
	for i := range in.Power {
		e.done.RowSums[i] = rowSum(in.Scores, i, in.Columns)
	}
	if err := e.begin(p, in.Power, in.Active); err != nil {
		return nil, err
	}
	e.done.reset(len(in.Power))
	if err := e.validatePublic(in.Public); err != nil {
		return nil, err
	}
	e.sumMedians(in.Tile)
	e.compare(in.Tile)
	return e.Finish(), nil
}

// Begin starts an epoch from the sums of its rows, or goes on from where another Engine's Progress
// stood: the params, the power and who is active must be what they were. The errors are ErrParams
// and ErrShape.
func (e *Engine) Begin(p Params, power []uint64, active []bool, from Progress) error {
	if err := from.validate(len(power)); err != nil {
		return err
	}
	e.done.copy(from)
	return e.begin(p, power, active)
}

// begin is Begin with e.done.RowSums in place.
func (e *Engine) begin(p Params, power []uint64, active []bool) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if err := yuma.ValidateElectorate(power, active); err != nil {
		return fmt.Errorf("%w: %w", ErrShape, err)
	}
	e.params = p
	e.elect(p.Kappa, power, active)
	e.rows = scratch.Sized(e.rows, len(power))
	for i, sum := range e.done.RowSums {
		e.rows[i] = newDivisor(sum)
	}
	return nil
}

// SumMedians is the first pass: it adds up, for each validator, the medians of the others, over
// which they become weights. The error is ErrShape.
func (e *Engine) SumMedians(t Tile) error {
	if err := t.validate(len(e.power)); err != nil {
		return err
	}
	e.sumMedians(t)
	return nil
}

func (e *Engine) sumMedians(t Tile) {
	for from := 0; from < t.Columns; from += lanes {
		to := min(from+lanes, t.Columns)
		e.block.fill(t, e.rows, e.order, from, to)
		for j := from; j < to; j++ {
			e.column.set(&e.electorate, e.block.weights(j-from), t.assigned(j, len(e.power)))
			for k, i := range e.column.members {
				e.done.MedianSums[i] += weight(e.column.medians[k])
			}
		}
	}
}

// Compare is the second pass: it adds up what validators knew beyond the public, and what of it
// the others knew. The error is ErrShape.
func (e *Engine) Compare(t Tile) error {
	if err := t.validate(len(e.power)); err != nil {
		return err
	}
	if err := e.validatePublic(t.Public); err != nil {
		return err
	}
	e.compare(t)
	return nil
}

func (e *Engine) compare(t Tile) {
	e.lnSum = scratch.Sized(e.lnSum, len(e.power))
	for i, sum := range e.done.MedianSums {
		e.lnSum[i] = fixed.Ln(fixed.Q32(max(sum, 1)))
	}
	for from := 0; from < t.Columns; from += lanes {
		to := min(from+lanes, t.Columns)
		e.block.fill(t, e.rows, e.order, from, to)
		if t.Assigned == nil {
			e.compareBlock(t.Public, from, to)
			continue
		}
		for j := from; j < to; j++ {
			e.column.set(&e.electorate, e.block.weights(j-from), t.assigned(j, len(e.power)))
			e.compareColumn(newPredictor(t.Public, j))
		}
	}
}
