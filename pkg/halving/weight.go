// SPDX-License-Identifier: Apache-2.0

package halving

import (
	"encoding/binary"
	"math/big"

	"cosmossdk.io/math"
)

// MaxBits bounds a mantissa: below 2^MaxBits, nothing is left of a weight Window half-lives later.
const (
	MaxBits = 127
	// Window is how many half-lives a weight can be seen.
	Window = MaxBits
	// OrderSize is the size of what Order returns, in bytes.
	OrderSize = 8 + (MaxBits+1)/8
)

// Weight is what something will be worth at the end of a half-life, in 2^-63 of a unit.
type Weight struct {
	// Mantissa is from 0 to 2^MaxBits - 1.
	Mantissa math.Int
	// Period is the half-life.
	Period uint64
}

// At is the mantissa at the end of a later half-life, rounded down: less than one unit of it is lost, however many half-lives
// lie between.
func (w Weight) At(period uint64) math.Int {
	if period <= w.Period {
		return w.Mantissa
	}
	if period-w.Period >= Window {
		return math.ZeroInt()
	}
	mantissa := w.Mantissa.BigInt()
	return math.NewIntFromBigInt(mantissa.Rsh(mantissa, uint(period-w.Period)))
}

// Plus carries the weight over to a later half-life and adds a mantissa of it. In a chain of such sums less than 2 units of the last mantissa
// are lost together, because what was lost before is halved as well.
func (w Weight) Plus(mantissa math.Int, period uint64) Weight {
	return Weight{Mantissa: w.At(period).Add(mantissa), Period: max(w.Period, period)}
}

// Fits reports whether the mantissa is within its bounds.
func (w Weight) Fits() bool {
	return !w.Mantissa.IsNil() && !w.Mantissa.IsNegative() && w.Mantissa.BigIntMut().BitLen() <= MaxBits
}

// Order returns bytes that compare as weights do by what they are worth, the greatest first: the place of the highest bit, then
// the mantissa from that bit on, both inverted. The weight must fit, and its period be below 2^63.
func (w Weight) Order() []byte {
	order := make([]byte, OrderSize)
	mantissa := w.Mantissa.BigInt()
	if length := mantissa.BitLen(); length > 0 {
		binary.BigEndian.PutUint64(order, w.Period+uint64(length))
		mantissa.Lsh(mantissa, uint(MaxBits+1-length)).FillBytes(order[8:])
	}
	for i := range order {
		order[i] = ^order[i]
	}
	return order
}

// Exact is what the weight is at the end of a later half-life, in 2^-Window of a mantissa's unit, so that not a bit of a weight that
// can still be seen is lost: quotients and sums of such numbers are those of the weights.
func (w Weight) Exact(period uint64) *big.Int {
	if period >= w.Period+Window {
		return new(big.Int)
	}
	mantissa := w.Mantissa.BigInt()
	return mantissa.Lsh(mantissa, uint(w.Period+Window-period))
}
