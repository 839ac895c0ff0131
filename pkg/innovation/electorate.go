// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"cmp"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// ErrShape says that slices do not fit the number of validators and contributions, or that a
// number is beyond what the engine takes.
var ErrShape = errors.New("bad shape")

// electorate is who votes and with what weight.
type electorate struct {
	kappa fixed.Q32
	// power is each validator's, 0 of one that is not active; total is its sum.
	power []uint64
	total uint64
	// minorities are how much of the others' power may lie below their median, by validator,
	// where all are assigned.
	minorities []uint64
	// everybody lists all validators.
	everybody []uint16
	// below and above are the thresholds of a column that all were assigned, rising; see column.
	// Apart from a validator that has all the power, of whom single says that there is one, nobody's
	// is as large as the total.
	below, above []threshold
	single       bool
}

// threshold is the power that a running sum has to pass for a validator's median of the others.
type threshold struct {
	power     uint64
	validator uint16
}

// validateElectorate checks the shape; the error is ErrShape and says what is wrong.
func validateElectorate(power []uint64, active []bool) error {
	if len(power) > yuma.MaxValidators {
		return fmt.Errorf("%w: %d validators, expected 0 to %d", ErrShape, len(power), yuma.MaxValidators)
	}
	if active != nil && len(active) != len(power) {
		return shapeError("active", len(active), len(power))
	}
	var sum, overflow uint64
	for i, p := range power {
		if sum, overflow = bits.Add64(sum, p, 0); overflow != 0 {
			return fmt.Errorf("%w: the sum of power passes 64 bits at validator %d", ErrShape, i)
		}
	}
	return nil
}

func (e *electorate) elect(kappa fixed.Q32, power []uint64, active []bool) {
	n := len(power)
	e.kappa, e.total = kappa, 0
	e.power, e.minorities, e.everybody = sized(e.power, n), sized(e.minorities, n), sized(e.everybody, n)
	for i, p := range power {
		if active != nil && !active[i] {
			p = 0
		}
		e.power[i], e.everybody[i] = p, uint16(i)
		e.total += p
	}
	e.below, e.above, e.single = sized(e.below, n), sized(e.above, n), false
	for i, p := range e.power {
		e.minorities[i] = minority(e.total-p, kappa)
		e.below[i] = threshold{e.minorities[i], uint16(i)}
		e.above[i] = threshold{e.minorities[i] + p, uint16(i)}
		e.single = e.single || p == e.total
	}
	for _, t := range [][]threshold{e.below, e.above} {
		slices.SortFunc(t, func(a, b threshold) int { return cmp.Compare(a.power, b.power) })
	}
}

// minority is how much of a total may lie below the value that at least kappa of it supports:
// total - ceil(kappa total).
func minority(total uint64, kappa fixed.Q32) uint64 {
	hi, lo := bits.Mul64(total, uint64(kappa))
	support := hi<<(64-fixed.FracBits) | lo>>fixed.FracBits
	if lo<<(64-fixed.FracBits) != 0 {
		support++
	}
	return total - support
}

func shapeError(name string, got, want int) error {
	return fmt.Errorf("%w: %s has %d elements, expected %d", ErrShape, name, got, want)
}
