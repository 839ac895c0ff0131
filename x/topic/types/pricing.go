// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
)

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

// Ranges lists what each setting is and may be, as the reference publishes it.
func (p Pricing) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "pricing.max_price", Value: p.MaxPrice, Least: 1, Most: MaxPrice, Unit: bounds.Uweal},
		{Name: "pricing.base_price", Value: p.BasePrice, Least: 1, Most: MaxPrice, Unit: bounds.Uweal},
		{Name: "pricing.multiplier_bp", Value: uint64(p.MultiplierBp), Least: MinMultiplierBp, Most: MaxMultiplierBp, Unit: bounds.BasisPoints},
		{Name: "pricing.half_life_seconds", Value: p.HalfLifeSeconds, Least: 1, Most: MaxHalfLifeSeconds, Unit: bounds.Seconds},
		{Name: "pricing.bond", Value: p.Bond, Least: 0, Most: MaxPrice, Unit: bounds.Uweal},
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
	if err := bounds.Check(p.Ranges()); err != nil {
		return errorsmod.Wrapf(ErrInvalidPricing, "%s, or make the topic a sandbox", err)
	}
	if p.BasePrice > p.MaxPrice {
		return errorsmod.Wrapf(ErrInvalidPricing, "base_price is %d and max_price %d: choose a base price that is not above it", p.BasePrice, p.MaxPrice)
	}
	return nil
}
