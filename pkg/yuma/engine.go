// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// Engine is the memory that epochs are computed in. Its zero value is ready; it
// grows to the largest epoch that it met and then allocates nothing.
type Engine struct {
	// rows and cols are the epoch's validators and contributions.
	rows, cols int
	// power is the active power of each validator.
	power []fixed.Q32
	// voters are the validators with active power, votes their power normalised once
	// more, as the published median does.
	voters []int
	votes  []fixed.Q32
	// weights are the normalised rows, bonds the bonds in the making.
	weights, bonds []fixed.Q32
	// sums is one number a column, keys one a voter: scratch.
	sums []fixed.Q32
	keys []uint64
	out  Output
}

// Run computes one epoch. The errors are ErrParams and ErrShape; after one the
// Engine is as good as before. Where nobody scored, and where no incentive came
// out, nobody gets a dividend.
func (e *Engine) Run(p Params, in Input) (Output, error) {
	if err := p.Validate(); err != nil {
		return Output{}, err
	}
	if err := in.validate(); err != nil {
		return Output{}, err
	}
	e.resize(in.Validators, in.Contributions)
	e.activePower(in)
	e.normaliseRows(in)
	e.medians(p, in)
	e.clip()
	if p.Rule == YUMA2 {
		e.relativeBonds(p, in)
	} else {
		e.absoluteBonds(p, in)
	}
	return e.out, nil
}

func (e *Engine) resize(rows, cols int) {
	e.rows, e.cols = rows, cols
	e.power = sized(e.power, rows)
	e.voters = sized(e.voters, rows)
	e.votes = sized(e.votes, rows)
	e.keys = sized(e.keys, rows)
	e.weights = sized(e.weights, rows*cols)
	e.bonds = sized(e.bonds, rows*cols)
	e.sums = sized(e.sums, cols)
	e.out.Consensus = sized(e.out.Consensus, cols)
	e.out.Incentive = sized(e.out.Incentive, cols)
	e.out.Quality = sized(e.out.Quality, cols)
	e.out.Trust = sized(e.out.Trust, rows)
	e.out.Dividends = sized(e.out.Dividends, rows)
	e.out.Bonds = sized(e.out.Bonds, rows*cols)
}

// sized is n zeroed elements, in s's memory if they fit.
func sized[T any](s []T, n int) []T {
	if s == nil || cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// row is the part of a row-major matrix that belongs to validator i.
func row[T any](e *Engine, matrix []T, i int) []T {
	return matrix[i*e.cols : (i+1)*e.cols]
}
