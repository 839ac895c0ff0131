// SPDX-License-Identifier: Apache-2.0

// Package issuance is the curve by which tokens come into being: what is not
// outstanding is issued at a constant rate, so that it halves every half-life
// without a cliff, and what is burnt can be issued again.
package issuance

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// ln2 is floor(ln 2 * 2^64), the natural logarithm of 2 as a 64-bit fraction.
// The tests recompute it from the series, the sum of 1 / (n 2^n). Its relative
// error is below 2^-63: over a hundred years, less than a unit of any supply.
const ln2 uint64 = 0xb17217f7d1cf79ab

// CarryBytes is how long a stored Carry is.
const CarryBytes = 8

// Schedule is the curve. All three are fixed by the caller; a half-life of 0
// issues nothing.
type Schedule struct {
	// Cap is the supply, in base units, that is never passed.
	Cap uint64
	// HalfLifeMs is the time in which half of what is not outstanding is issued,
	// in milliseconds.
	HalfLifeMs uint64
	// MaxGapMs is the most time that one provision may stand for, in milliseconds:
	// an outage does not mint a windfall.
	MaxGapMs uint64
}

// Carry is the fraction of a base unit that was earned and not yet issued, in
// units of 2^-64. It is less than one unit, means the same under every schedule,
// and starts at 0.
type Carry uint64

// Bytes is the carry as it is stored: 8 bytes, big-endian.
func (c Carry) Bytes() [CarryBytes]byte {
	var b [CarryBytes]byte
	binary.BigEndian.PutUint64(b[:], uint64(c))
	return b
}

// CarryFromBytes reads what Bytes wrote; any other length than 8 is an error.
func CarryFromBytes(b []byte) (Carry, error) {
	if len(b) != CarryBytes {
		return 0, fmt.Errorf("carry is %d bytes, expected %d", len(b), CarryBytes)
	}
	return Carry(binary.BigEndian.Uint64(b)), nil
}

// Provision is what is issued for the time since the last block:
//
//	(Cap - supply) * ln 2 / HalfLifeMs * min(dtMs, MaxGapMs) + carry
//
// in whole base units, and the fraction that is carried to the next call. supply
// is what is outstanding now, in base units, dtMs the block time passed, in
// milliseconds. Nothing is issued, and the carry kept, at or above the cap, and
// when no time has passed or it went backwards. Supply and amount together never
// pass the cap. The exact product is cut at 2^-64 of a unit.
func (s Schedule) Provision(supply uint64, dtMs int64, carry Carry) (amount uint64, next Carry) {
	if supply >= s.Cap || dtMs <= 0 || s.HalfLifeMs == 0 {
		return 0, carry
	}
	left := s.Cap - supply
	whole, frac, fits := share(left, min(uint64(dtMs), s.MaxGapMs), s.HalfLifeMs)
	frac, over := bits.Add64(frac, uint64(carry), 0)
	if !fits || whole >= left || whole+over >= left {
		// More is due than there is, so the fraction beyond it is not owed either.
		return left, 0
	}
	return whole + over, Carry(frac)
}

// share is left * gap * ln2 / halfLife as a whole number and a 64-bit fraction;
// fits is false if the whole does not fit into 64 bits.
func share(left, gap, halfLife uint64) (whole, frac uint64, fits bool) {
	// left * gap is (a1, a0); times ln2 it is (p2, p1, p0), 64 bits each, of which
	// p0 stands behind the point.
	a1, a0 := bits.Mul64(left, gap)
	mid, p0 := bits.Mul64(a0, ln2)
	p2, p1 := bits.Mul64(a1, ln2)
	p1, carry := bits.Add64(p1, mid, 0)
	p2 += carry
	if p2 >= halfLife {
		return 0, 0, false
	}
	whole, rest := bits.Div64(p2, p1, halfLife)
	frac, _ = bits.Div64(rest, p0, halfLife)
	return whole, frac, true
}
