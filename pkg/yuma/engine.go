// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"github.com/weal-network/weal/pkg/fixed"
)

// Engine is the memory that epochs are computed in. Its zero value is ready; it grows to the
// largest epoch that it met and then allocates nothing. It is not safe for use by two at a
// time.
//
// An epoch is three passes over tiles of its columns, in any split and order of tiles:
// SumRows, then Agree, then Bond; between the passes stand single numbers a validator, its
// Progress. Run makes all three over one tile that is the whole epoch.
type Engine struct {
	params Params
	mix    mix

	// The electorate: validators in the engine's order, those with power first.
	electorate
	// sums and the rest are by the engine's order; see Progress.
	sums, trust, dividends []uint64
	rankSum                uint64
	// rows divide a validator's scores by their sum; made from sums when unready.
	rows    []divisor
	unready bool

	// weights of the tile at hand, column by column.
	weights []uint32
	dense   block
	sparse  sparse
	band    band

	// bench is the memory for a dense column's voters where they are not all.
	bench bench

	medianWeight search[uint32]
	medianScore  search[uint16]

	agreement Agreement
	bonding   Bonding
	qualities []uint16
	output    Output
}

// Input is one epoch.
type Input struct {
	// Validators and Contributions are the rows and the columns.
	Validators, Contributions int
	// Power is each validator's scoring power, in any unit; the sum must fit into 64 bits.
	Power []uint64
	// Active says who takes part; nil is everybody. A validator that is not active still has
	// its row normalised and its bonds moved, and weighs nothing.
	Active []bool
	// Scores, Bonds and Assigned are as in Tile. Nothing of them is changed or kept.
	Scores, Bonds Matrix
	Assigned      []uint64
}

// Output is what an epoch came to. Its slices belong to the Engine and hold until its next
// call.
type Output struct {
	// Consensus is each contribution's power-weighted median weight, Incentive its share of
	// the reward; incentives add up to 1 (or a little less), or are all 0.
	Consensus, Incentive []fixed.Q32
	// Quality is each contribution's power-weighted median of raw scores, 0 to 65535: the
	// largest score that power of at least kappa supports.
	Quality []uint16
	// Trust is how much of a validator's weights survived clipping, Dividends its share of
	// the reward for scoring; they add up to 1 (or less), or are all 0.
	Trust, Dividends []fixed.Q32
	// Bonds are to be stored for the next epoch, in the layout of the scores; compressed,
	// without those that are 0.
	Bonds Matrix
}

// Run computes one epoch at once. The errors are ErrParams and ErrShape; after one the Engine
// is as good as before. Where nobody scored, and where no incentive came out, nobody gets a
// dividend.
func (e *Engine) Run(p Params, in Input) (Output, error) {
	if in.Validators != len(in.Power) {
		return Output{}, shapeError("power", len(in.Power), in.Validators)
	}
	if err := e.Begin(p, in.Power, in.Active, Progress{}); err != nil {
		return Output{}, err
	}
	tile := Tile{Columns: in.Contributions, Scores: in.Scores, Bonds: in.Bonds, Assigned: in.Assigned}
	if err := e.SumRows(tile); err != nil {
		return Output{}, err
	}
	e.agree(tile)
	e.bond(tile, e.agreement)
	e.output = Output{
		Consensus: e.agreement.Consensus, Incentive: e.bonding.Incentive, Quality: e.agreement.Quality,
		Trust: e.output.Trust, Dividends: e.output.Dividends, Bonds: e.bonding.Bonds,
	}
	e.output.Trust, e.output.Dividends = e.Finish()
	return e.output, nil
}

// Begin starts an epoch, or goes on with one from where another Engine's Progress stood: the
// params, the power and who is active must be what they were. The errors are ErrParams and
// ErrShape.
func (e *Engine) Begin(p Params, power []uint64, active []bool, from Progress) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if err := ValidateElectorate(power, active); err != nil {
		return err
	}
	if err := from.validate(p.ScoreRule, len(power)); err != nil {
		return err
	}
	e.params, e.mix = p, newMix(p)
	e.medianWeight.kernels, e.medianScore.kernels = kernels32, kernels16
	e.dense.fours.set(&e.mix)
	e.elect(p.Kappa, power, active)
	e.restore(from)
	return nil
}

// SumRows is the first pass: it adds a tile's scores to the sums of the rows, over which they
// become weights. The errors are ErrShape and ErrParams.
func (e *Engine) SumRows(t Tile) error {
	if err := e.check(t); err != nil {
		return err
	}
	e.unready = true
	for k, i := range e.order {
		sum := uint64(0)
		for _, s := range t.Scores.row(int(i), t.Columns) {
			sum += uint64(s)
		}
		e.sums[k] += sum
	}
	return nil
}

// Agree is the second pass: what the validators agree on about a tile's columns. It adds to
// trust and to the sum of ranks. The errors are ErrShape and ErrParams.
func (e *Engine) Agree(t Tile) (Agreement, error) {
	if err := e.check(t); err != nil {
		return Agreement{}, err
	}
	e.agree(t)
	return e.agreement, nil
}

// Bond is the third pass: what the tile's columns earn, and the bonds to them. It takes what
// Agree said of the tile, and adds to dividends. The errors are ErrShape and ErrParams.
func (e *Engine) Bond(t Tile, a Agreement) (Bonding, error) {
	if err := e.check(t); err != nil {
		return Bonding{}, err
	}
	if len(a.Consensus) != t.Columns || len(a.Rank) != t.Columns {
		return Bonding{}, shapeError("agreement", min(len(a.Consensus), len(a.Rank)), t.Columns)
	}
	if !t.Scores.compressed() {
		e.weighAll(t)
	}
	e.bond(t, a)
	return e.bonding, nil
}
