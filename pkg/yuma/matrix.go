// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"errors"
	"fmt"
	"math"
)

// ErrShape says that slices do not fit the number of validators and contributions, or that a
// number is beyond what the engine takes.
var ErrShape = errors.New("bad shape")

const (
	// MaxValidators is the most rows.
	MaxValidators = 1 << 16
	// MaxContributions is the most columns of an epoch. A row's weights are 2^32 times its
	// scores over their sum, and up to this many columns none of them is 2^32 - 1, which
	// the engine's 32-bit weights use to say 1: see weight.
	MaxContributions = 1 << 16
)

// Matrix is validators x columns of 16 bits, row-major, in one of two layouts.
//
// Dense, when Starts is nil: validator i's value for column j is Values[i*columns+j].
//
// Compressed by rows (CSR) otherwise: row i has the values Values[Starts[i]:Starts[i+1]] in
// the columns Columns[Starts[i]:Starts[i+1]], which rise strictly; every other value is 0.
// Starts has one element more than there are validators.
type Matrix struct {
	Values  []uint16
	Columns []uint16
	Starts  []int
}

// Tile is some adjacent columns of an epoch, all validators' rows of them.
type Tile struct {
	// Columns is how many, 0 to MaxContributions.
	Columns int
	// Scores are the raw scores, 0 to 65535; 0 is no score.
	Scores Matrix
	// Bonds are as the last epoch stored them, in the layout of Scores; the zero Matrix is
	// none yet.
	Bonds Matrix
	// Assigned says who was to score what: bit i%64 of word j*coverage.Words(validators) + i/64 is validator i
	// and column j. Nil is everybody everything. The score of a cell that is not assigned must be 0: it is left
	// out of medians, and its bond stays. YUMA3 and Median only; see assigned.go.
	Assigned []uint64
}

// Sparse says whether rows with that many values in that many cells are faster compressed
// than dense: up to two fifths filled. Both layouts give the same bits.
func Sparse(values, cells int) bool { return 5*values <= 2*cells }

// compressed says which of the two layouts it is.
func (m Matrix) compressed() bool { return m.Starts != nil }

// none says that there is no matrix, which reads as zeros.
func (m Matrix) none() bool { return m.Starts == nil && len(m.Values) == 0 }

// validate checks the tile for that many validators; the error is ErrShape and says what is
// wrong.
func (t Tile) validate(validators int) error {
	if t.Columns < 0 || t.Columns > MaxContributions {
		return fmt.Errorf("%w: %d contributions, expected 0 to %d", ErrShape, t.Columns, MaxContributions)
	}
	if err := t.Scores.validate("scores", validators, t.Columns); err != nil {
		return err
	}
	if err := t.validateAssigned(validators); err != nil {
		return err
	}
	if t.Bonds.none() {
		return nil
	}
	if t.Bonds.compressed() != t.Scores.compressed() {
		return fmt.Errorf("%w: scores and bonds differ in layout, expected both dense or both compressed", ErrShape)
	}
	return t.Bonds.validate("bonds", validators, t.Columns)
}

// Validate checks the layout of that many rows and columns; the error is ErrShape and says what is
// wrong.
func (m Matrix) Validate(rows, columns int) error { return m.validate("scores", rows, columns) }

func (m Matrix) validate(name string, rows, columns int) error {
	if !m.compressed() {
		if len(m.Values) != rows*columns {
			return fmt.Errorf("%w: %s has %d elements, expected %d", ErrShape, name, len(m.Values), rows*columns)
		}
		return nil
	}
	switch {
	case len(m.Starts) != rows+1:
		return fmt.Errorf("%w: %s has %d starts, expected %d", ErrShape, name, len(m.Starts), rows+1)
	case len(m.Columns) != len(m.Values) || len(m.Values) > math.MaxInt32:
		return fmt.Errorf("%w: %s has %d values and %d columns, expected as many", ErrShape, name, len(m.Values), len(m.Columns))
	case m.Starts[0] != 0 || m.Starts[rows] != len(m.Values):
		return fmt.Errorf("%w: %s has rows from %d to %d, expected 0 to %d", ErrShape, name, m.Starts[0], m.Starts[rows], len(m.Values))
	}
	for i := range rows {
		if m.Starts[i] > m.Starts[i+1] || m.Starts[i+1] > len(m.Values) {
			return fmt.Errorf("%w: %s has row %d from %d to %d", ErrShape, name, i, m.Starts[i], m.Starts[i+1])
		}
		previous := -1
		for _, column := range m.Columns[m.Starts[i]:m.Starts[i+1]] {
			if int(column) <= previous || int(column) >= columns {
				return fmt.Errorf("%w: %s has column %d after %d in row %d, expected them to rise and stay below %d",
					ErrShape, name, column, previous, i, columns)
			}
			previous = int(column)
		}
	}
	return nil
}
