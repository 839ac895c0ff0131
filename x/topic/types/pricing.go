// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// Bounds of a price, which no vote can move.
const (
	// MaxPrice is the most that a commit or a bond may cost, in uweal: a million WEAL, a twentieth of all there can be.
	MaxPrice = 1_000_000_000_000
	// MinMultiplierBp leaves the price as it is.
	MinMultiplierBp = BasisPoints
	// MaxMultiplierBp multiplies the price by ten.
	MaxMultiplierBp = 10 * BasisPoints
	// MaxHalfLifeSeconds is a year of 365.25 days.
	MaxHalfLifeSeconds = 31_557_600
)

// DefaultPricing is what a paid topic may begin with: a commit for 1 WEAL that costs a
// quarter more after each one and halves within a day, down to 1 WEAL, at most 1000
// WEAL, with a bond of 10 WEAL.
func DefaultPricing() Pricing {
	return Pricing{
		BasePrice:       1_000_000,
		MaxPrice:        1_000_000_000,
		MultiplierBp:    12_500,
		HalfLifeSeconds: 86_400,
		Bond:            10_000_000,
	}
}

// Validate checks every field, or that a sandbox has none of them. It returns
// ErrInvalidPricing.
func (p Pricing) Validate(sandbox bool) error {
	if sandbox {
		if p != (Pricing{}) {
			return errorsmod.Wrap(ErrInvalidPricing, "a sandbox has neither price nor bond: leave pricing out")
		}
		return nil
	}
	bounds := []struct {
		name            string
		value, min, max uint64
	}{
		{"max_price", p.MaxPrice, 1, MaxPrice},
		{"base_price", p.BasePrice, 1, p.MaxPrice},
		{"multiplier_bp", uint64(p.MultiplierBp), MinMultiplierBp, MaxMultiplierBp},
		{"half_life_seconds", p.HalfLifeSeconds, 1, MaxHalfLifeSeconds},
		{"bond", p.Bond, 0, MaxPrice},
	}
	for _, b := range bounds {
		if b.value < b.min || b.value > b.max {
			return errorsmod.Wrapf(ErrInvalidPricing, "%s is %d: choose %d to %d, or make the topic a sandbox", b.name, b.value, b.min, b.max)
		}
	}
	return nil
}
