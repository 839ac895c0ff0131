// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/halving"
)

// Count is the clock as pkg/halving has it.
func (c Clock) Count() halving.Clock {
	return halving.Clock{At: c.AtMs, Periods: c.Periods, Fraction: c.Fraction}
}

// NewClock is a clock of pkg/halving as it is stored.
func NewClock(c halving.Clock) Clock {
	return Clock{AtMs: c.At, Periods: c.Periods, Fraction: c.Fraction}
}

// NewHolding is that of an account without merit.
func NewHolding(address string) Holding { return Holding{Address: address, Weight: math.ZeroInt()} }

// NewSource is that of an account that has nothing from a contribution.
func NewSource(contributionID uint64, address string) Source {
	return Source{ContributionId: contributionID, Address: address, Weight: math.ZeroInt()}
}

// Merit is the holding's weight.
func (h Holding) Merit() halving.Weight {
	return halving.Weight{Mantissa: h.Weight, Period: h.Period}
}

// Set replaces the holding's weight.
func (h *Holding) Set(w halving.Weight) { h.Weight, h.Period = w.Mantissa, w.Period }

// Merit is the source's weight.
func (s Source) Merit() halving.Weight {
	return halving.Weight{Mantissa: s.Weight, Period: s.Period}
}

// Set replaces the source's weight.
func (s *Source) Set(w halving.Weight) { s.Weight, s.Period = w.Mantissa, w.Period }
