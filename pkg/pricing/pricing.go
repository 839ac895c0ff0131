// SPDX-License-Identifier: Apache-2.0

// Package pricing is what a place in a queue costs when everybody pays for those
// that pushed in before: each purchase raises the price by a factor, and without
// purchases it halves every half-life, continuously, down to a base.
package pricing

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/internal/exp2"
)

const (
	// fracBits is how many bits of a Level stand behind the point.
	fracBits = 16
	// MaxPrice is the highest price that a Level can hold, in whole units.
	MaxPrice = 1<<(64-fracBits) - 1
	// MaxHalfLife is the longest half-life for which a later price is never the
	// higher one: a step of time still lowers the factor by more than its error.
	MaxHalfLife = 1 << 48
	// BasisPoints is a factor of one.
	BasisPoints = 10_000
)

// Level is a price in units of 2^-16: rises of a few hundredths are kept even
// where the price is a few units. The zero Level is that of a queue in which
// nobody bought.
type Level uint64

// Price is what a buyer pays at this level: whole units, rounded up.
func (l Level) Price() uint64 {
	whole := uint64(l >> fracBits)
	if l&(1<<fracBits-1) != 0 {
		whole++
	}
	return whole
}

// Curve is how a price moves. A curve is sound when Base <= Max <= MaxPrice,
// HalfLife <= MaxHalfLife and MultiplierBP >= BasisPoints.
type Curve struct {
	// Base is the price that is never passed downwards, Max the one that is never
	// passed upwards, in whole units.
	Base, Max uint64
	// HalfLife is the time in which an unused price halves, in whatever the caller
	// counts time; 0 lets it fall to the base at once.
	HalfLife uint64
	// MultiplierBP is what a purchase multiplies the price by, in basis points.
	MultiplierBP uint64
}

// At is the level after some time without a purchase: what is left of last, never
// below the base or above the maximum.
//
//	clamp(last * 2^(-elapsed / HalfLife), Base, Max)
//
// It is too low by less than 2^-16 + last * 2^-55 and never too high by more than
// last * 2^-55.
func (c Curve) At(last Level, elapsed uint64) Level {
	return max(level(c.Base), min(c.decayed(last, elapsed), level(c.Max)))
}

// Raised is the level after a purchase at this one: times the multiplier, rounded
// down to 2^-16, never above the maximum.
func (c Curve) Raised(l Level) Level {
	hi, lo := bits.Mul64(uint64(l), c.MultiplierBP)
	if hi >= BasisPoints {
		return level(c.Max)
	}
	raised, _ := bits.Div64(hi, lo, BasisPoints)
	return min(Level(raised), level(c.Max))
}

// Until is the least time without a purchase after which the price is at most the
// given one, for a buyer who would rather wait; false if it never is.
func (c Curve) Until(last Level, price uint64) (elapsed uint64, ok bool) {
	if price < c.Base {
		return 0, false
	}
	low, high := uint64(0), c.HalfLife*64
	for low < high {
		middle := low + (high-low)/2
		if c.At(last, middle).Price() <= price {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low, true
}

// decayed is last * 2^(-elapsed / HalfLife), rounded down.
func (c Curve) decayed(last Level, elapsed uint64) Level {
	if c.HalfLife == 0 {
		return 0
	}
	halvings, rest := elapsed/c.HalfLife, elapsed%c.HalfLife
	if halvings >= 64 {
		return 0
	}
	fraction, _ := bits.Div64(rest, 0, c.HalfLife)
	return Level(exp2.Times(uint64(last), exp2.Halved(fraction)) >> halvings)
}

// level is a whole price as a Level.
func level(price uint64) Level { return Level(min(price, MaxPrice) << fracBits) }
