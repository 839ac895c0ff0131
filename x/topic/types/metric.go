// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/grid"
)

const (
	// MaxNameBytes is the longest name of a metric or of an evaluator.
	MaxNameBytes = 64
	// MaxUnitBytes is the longest unit.
	MaxUnitBytes = 32
	// MaxExponent is the most decimals of a measured value: twelve, so that values up to
	// nine million still fit into 64 bits.
	MaxExponent = 12
)

// Validate checks every field, and that worst and best lie as the direction says. It
// returns ErrInvalidMetric.
func (m Metric) Validate() error {
	if len(m.Name) == 0 || len(m.Name) > MaxNameBytes || !consistsOf(m.Name, '_') {
		return errorsmod.Wrapf(ErrInvalidMetric, "name %q: write 1 to %d small letters, digits and '_', as in bits_per_byte", m.Name, MaxNameBytes)
	}
	if len(m.Unit) > MaxUnitBytes || !isPrintable(m.Unit) {
		return errorsmod.Wrapf(ErrInvalidMetric, "unit %q: write at most %d bytes that print, as in bit/B", m.Unit, MaxUnitBytes)
	}
	if m.Exponent > MaxExponent {
		return errorsmod.Wrapf(ErrInvalidMetric, "exponent is %d, expected 0 to %d decimals", m.Exponent, MaxExponent)
	}
	switch m.Direction {
	case DIRECTION_LOWER_IS_BETTER:
		if m.Best >= m.Worst {
			return errorsmod.Wrapf(ErrInvalidMetric, "lower is better, but best is %d and worst %d: choose best below worst", m.Best, m.Worst)
		}
	case DIRECTION_HIGHER_IS_BETTER:
		if m.Best <= m.Worst {
			return errorsmod.Wrapf(ErrInvalidMetric, "higher is better, but best is %d and worst %d: choose best above worst", m.Best, m.Worst)
		}
	default:
		return errorsmod.Wrapf(ErrInvalidMetric, "direction is %s: choose %s or %s", m.Direction, DIRECTION_LOWER_IS_BETTER, DIRECTION_HIGHER_IS_BETTER)
	}
	return nil
}

// Score maps a measured value, in units of 10^-exponent, to 0 (worst or beyond) to 65535
// (best or beyond). It is an error only for a metric that is not valid.
func (m Metric) Score(value int64) (uint16, error) {
	return grid.Score(value, m.Worst, m.Best)
}
