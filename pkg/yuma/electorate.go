// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"fmt"
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// electorate is who votes and with what weight.
type electorate struct {
	// order is the engine's order of validators, by index of the input: those with active
	// power first, so that loops over voters have no holes. All sums are sums of integers
	// that do not saturate, so the order does not show.
	order []uint16
	// position is where the input's validators are in the engine's order.
	position []uint16
	// power is the active power of each, voters' votes their power normalised once more, as
	// the published median does; voters is how many they are.
	power, votes []uint64
	voters       int
	// powerBits is how many bits stand behind the point of power: 31 where one voter has all of
	// it, as for factor.
	powerBits uint8
	// total is the sum of votes, minority how much of it may lie below the median.
	total, minority int64
}

// ValidateElectorate checks the shape; the error is ErrShape and says what is wrong.
func ValidateElectorate(power []uint64, active []bool) error {
	if len(power) > MaxValidators {
		return fmt.Errorf("%w: %d validators, expected 0 to %d", ErrShape, len(power), MaxValidators)
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

// elect normalises power over all, then over the active, then over those whose share is not
// floored to 0, as the published form does: each division drops bits, so once would differ.
func (e *electorate) elect(kappa fixed.Q32, power []uint64, active []bool) {
	n := len(power)
	e.order, e.power, e.votes = scratch.Sized(e.order, n)[:0], scratch.Sized(e.power, n)[:0], scratch.Sized(e.votes, n)[:0]
	var total, sum uint64
	for _, p := range power {
		total += p
	}
	takesPart := func(i int) bool { return len(active) == 0 || active[i] }
	for i, p := range power {
		if takesPart(i) {
			if share := uint64(fixed.FromRatio(p, total)); share > 0 {
				e.order, e.power = append(e.order, uint16(i)), append(e.power, share)
				sum += share
			}
		}
	}
	e.voters = len(e.order)
	var voted uint64
	for k := range e.power {
		e.power[k] = divide(e.power[k], sum)
		voted += e.power[k]
	}
	for i, p := range power {
		if !takesPart(i) || fixed.FromRatio(p, total) == 0 {
			e.order, e.power = append(e.order, uint16(i)), append(e.power, 0)
		}
	}
	e.position = scratch.Sized(e.position, n)
	for k, i := range e.order {
		e.position[i] = uint16(k)
	}
	e.total = 0
	e.powerBits = fracBits
	for k, a := range e.power[:e.voters] {
		f := newFactor(a)
		e.power[k], e.powerBits = f.f, f.shift
		vote := divide(a, voted)
		e.votes = append(e.votes, vote)
		e.total += int64(vote)
	}
	e.minority = e.total - int64(kappa)
}
