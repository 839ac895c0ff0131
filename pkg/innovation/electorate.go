// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"cmp"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// ErrShape says that slices do not fit the number of validators and contributions, or that a
// number is beyond what the engine takes.
var ErrShape = errors.New("bad shape")

// electorate is who votes and with what weight. Columns hold validators in the order of their power,
// the least first: so both thresholds of window.go are passed in that order.
type electorate struct {
	kappa fixed.Q32
	// power is each validator's, 0 of one that is not active; total is its sum.
	power []uint64
	total uint64
	// order is the validators by power, and of equals by index; places is where each of them is.
	order, places []uint16
	// votes, below and above are by that order: the power, how much of the others' power may lie
	// below their median, and that and the power together.
	votes, below, above []uint64
	// single says that one validator has all of the power.
	single bool
}

func (e *electorate) elect(kappa fixed.Q32, power []uint64, active []bool) {
	n := len(power)
	e.kappa, e.total, e.single = kappa, 0, false
	e.power, e.order, e.places = scratch.Sized(e.power, n), scratch.Sized(e.order, n), scratch.Sized(e.places, n)
	e.votes, e.below, e.above = scratch.Sized(e.votes, n), scratch.Sized(e.below, n), scratch.Sized(e.above, n)
	for i, p := range power {
		if len(active) > 0 && !active[i] {
			p = 0
		}
		e.power[i], e.order[i] = p, uint16(i)
		e.total += p
	}
	slices.SortFunc(e.order, func(i, k uint16) int {
		return cmp.Or(cmp.Compare(e.power[i], e.power[k]), cmp.Compare(i, k))
	})
	for k, i := range e.order {
		p := e.power[i]
		e.places[i], e.votes[k] = uint16(k), p
		e.below[k] = minority(e.total-p, kappa)
		e.above[k] = e.below[k] + p
		e.single = e.single || p == e.total
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
