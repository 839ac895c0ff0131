// SPDX-License-Identifier: Apache-2.0

package halving

import (
	"math/big"
	"math/bits"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/internal/exp2"
)

// FracBits are the bits behind the point of a weight: a weight of 2^63 will be worth one unit.
const FracBits = exp2.FracBits

// Clock counts half-lives. The zero clock, given a half-life, is at the beginning of the first.
type Clock struct {
	// At is when the clock was set, in milliseconds since 1970.
	At int64
	// Periods are the whole half-lives that had gone by at that time, below 2^63.
	Periods uint64
	// Fraction is the part of the next one that had, in 2^-64.
	Fraction uint64
}

// Set moves the clock on to a time, so that it goes on from there with another half-life. What was halved stays halved. Both the
// time and the half-life are in milliseconds, the half-life is at least 1 and a time before the clock's is the clock's.
func (c Clock) Set(now int64, halfLife uint64) Clock {
	elapsed := uint64(max(now, c.At) - c.At)
	part, _ := bits.Div64(elapsed%halfLife, 0, halfLife)
	fraction, carry := bits.Add64(c.Fraction, part, 0)
	return Clock{At: max(now, c.At), Periods: c.Periods + elapsed/halfLife + carry, Fraction: fraction}
}

// Now is the moment of a time, as Set takes it.
func (c Clock) Now(now int64, halfLife uint64) Moment {
	c = c.Set(now, halfLife)
	if c.Fraction == 0 {
		return Moment{Period: c.Periods, factor: exp2.One}
	}
	return Moment{Period: c.Periods + 1, factor: exp2.Halved(-c.Fraction)}
}

// Moment is a place in a half-life.
type Moment struct {
	// Period is the half-life at whose end weights are weighed, counted from 1; 0 is the very beginning of a clock.
	Period uint64
	// factor is what a unit will be worth at its end, in 2^-63, above 1/2 and at most 1; right to 2^-55 of it.
	factor uint64
}

// Weigh is the mantissa that an amount has at this moment's period: exactly the amount times the moment's factor.
func (m Moment) Weigh(amount uint64) math.Int {
	weight := new(big.Int).SetUint64(amount)
	return math.NewIntFromBigInt(weight.Mul(weight, new(big.Int).SetUint64(m.factor)))
}

// Worth is what a weight is worth at this moment, rounded down to whole units.
func (m Moment) Worth(w Weight) math.Int {
	mantissa := w.At(m.Period).BigInt()
	return math.NewIntFromBigInt(mantissa.Quo(mantissa, new(big.Int).SetUint64(m.factor)))
}

// WorthExact is what a sum of what Weight.Exact gives at this moment's period is worth, rounded down to whole units.
func (m Moment) WorthExact(sum *big.Int) math.Int {
	scale := new(big.Int).SetUint64(m.factor)
	return math.NewIntFromBigInt(new(big.Int).Quo(sum, scale.Lsh(scale, Window)))
}
