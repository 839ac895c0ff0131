// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"errors"
	"fmt"
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
)

// ErrShape says that an input slice does not fit the number of validators and
// contributions, or that a number is beyond what the engine takes.
var ErrShape = errors.New("bad shape")

const (
	// MaxValidators is the most rows.
	MaxValidators = 1 << 16
	// MaxContributions is the most columns.
	MaxContributions = 1 << 20
)

// Input is one epoch. Matrices are row-major: validator i's entry for
// contribution j is at i*Contributions + j. Nothing of it is changed or kept.
type Input struct {
	Validators, Contributions int
	// Power is each validator's scoring power, in any unit; the sum must fit into
	// 64 bits.
	Power []uint64
	// Active says who takes part; nil is everybody. A validator that is not active
	// still has its row normalised and its bonds moved, and weighs nothing.
	Active []bool
	// Scores are the raw scores, 0..65535; 0 is no score.
	Scores []uint16
	// Bonds are as the last epoch's Output stored them; nil is none yet.
	Bonds []uint16
}

// Output is what an epoch came to. Its slices belong to the Engine and hold until
// its next Run.
type Output struct {
	// Consensus is each contribution's power-weighted median weight, Incentive its
	// share of the reward; incentives add up to 1 (or a little less), or are all 0.
	Consensus, Incentive []fixed.Q32
	// Quality is each contribution's power-weighted median of raw scores, 0..65535:
	// the largest score that power of at least kappa supports.
	Quality []uint16
	// Trust is how much of a validator's weights survived clipping, Dividends its
	// share of the reward for scoring; they add up to 1 (or less), or are all 0.
	Trust, Dividends []fixed.Q32
	// Bonds are to be stored for the next epoch, row-major.
	Bonds []uint16
}

// validate checks the shape; the error is ErrShape and says what is wrong.
func (in Input) validate() error {
	if in.Validators < 0 || in.Validators > MaxValidators {
		return fmt.Errorf("%w: %d validators, expected 0 to %d", ErrShape, in.Validators, MaxValidators)
	}
	if in.Contributions < 0 || in.Contributions > MaxContributions {
		return fmt.Errorf("%w: %d contributions, expected 0 to %d", ErrShape, in.Contributions, MaxContributions)
	}
	cells := in.Validators * in.Contributions
	for _, s := range []struct {
		name     string
		got      int
		want     int
		optional bool
	}{
		{"power", len(in.Power), in.Validators, false},
		{"active", len(in.Active), in.Validators, in.Active == nil},
		{"scores", len(in.Scores), cells, false},
		{"bonds", len(in.Bonds), cells, in.Bonds == nil},
	} {
		if s.got != s.want && !s.optional {
			return fmt.Errorf("%w: %s has %d elements, expected %d", ErrShape, s.name, s.got, s.want)
		}
	}
	return in.validatePower()
}

func (in Input) validatePower() error {
	var sum, overflow uint64
	for i, p := range in.Power {
		if sum, overflow = bits.Add64(sum, p, 0); overflow != 0 {
			return fmt.Errorf("%w: the sum of power passes 64 bits at validator %d", ErrShape, i)
		}
	}
	return nil
}

// bond is the stored bond of a cell, 0 when there are none yet.
func (in Input) bond(cell int) uint16 {
	if in.Bonds == nil {
		return 0
	}
	return in.Bonds[cell]
}

// active says whether validator i takes part.
func (in Input) active(i int) bool {
	if in.Active == nil {
		return true
	}
	return in.Active[i]
}
