// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math/big"
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// quotient is floor(2^32 x / d), with the processor's division.
func quotient(x, d uint64) uint64 {
	q, _ := bits.Div64(x>>32, x<<32, d)
	return q
}

func TestQuotientsAreExact(t *testing.T) {
	require.Zero(t, newDivisor(0).ratio(0, 0), "0/0 is 0")
	require.Zero(t, divide(0, 0))
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.OneOf(rapid.Uint64Range(1, 70), rapid.Uint64Range(1, 1<<34), rapid.Uint64Range(1, 1<<63-1)).Draw(t, "d")
		x := rapid.OneOf(rapid.Uint64Max(min(d, 1<<31-1)), rapid.Uint64Max(d), rapid.Just(d), rapid.Just(d-1)).Draw(t, "x")
		require.Equal(t, quotient(x, d), newDivisor(d).ratio(x, d))
		require.Equal(t, quotient(x, d), divide(x, d))
	})
}

// The hardest quotients lie just below a multiple of 2^-32, by a d-th of it: an error of that
// size shows in them alone.
func TestQuotientsThatNearlyReachTheNextAreExact(t *testing.T) {
	hardest := func(d uint64) uint64 { // 2^32 x = -1 (mod d)
		m := new(big.Int).SetUint64(d)
		inverse := new(big.Int).ModInverse(big.NewInt(1<<32), m)
		return d - inverse.Uint64()
	}
	for _, below := range []uint64{1 << 8, 1 << 16, 1 << 31, 1<<32 - 1, 1 << 33, 1 << 40} {
		step := 1 + below>>12
		for d := below | 1; d > below/2 && d > 2; d -= 2 * step {
			x := hardest(d)
			require.Equal(t, quotient(x, d), newDivisor(d).ratio(x, d), "%d over %d", x, d)
			if x < 1<<31 {
				require.Equal(t, quotient(x, d), newDivisor(d).short(x), "%d over %d", x, d)
			}
		}
	}
}

func TestProductsAreFloored(t *testing.T) {
	number := rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, one / 2, one - 1, one}), rapid.Uint64Max(one))
	rapid.Check(t, func(t *rapid.T) {
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		exact := new(big.Int).Mul(new(big.Int).SetUint64(a), new(big.Int).SetUint64(b))
		want := new(big.Int).Rsh(exact, 32).Uint64()
		require.Equal(t, want, product(a, b))
		require.Equal(t, want, newFactor(a).times(b))
	})
}

func TestStoredBondsAreReadAndWrittenFloored(t *testing.T) {
	for b := range uint64(1 << 16) {
		require.Equal(t, b<<32/65535, bond16(uint16(b)))
	}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, one - 1, one}), rapid.Uint64Max(one)).Draw(t, "b")
		require.Equal(t, uint16(b*65535>>32), store16(b))
	})
}

func TestWeightsOfThirtyTwoBitsKeepOne(t *testing.T) {
	require.Equal(t, one, weight(short(one)))
	for _, w := range []uint64{0, 1, one / 2, one - 2} {
		require.Equal(t, w, weight(short(w)))
	}
}

// What bonds see of a weight is floored, so what is taken off is rounded up: the least product
// that is not whole shows it, and so does the largest.
func TestWhatIsTakenOffAWeightIsRoundedUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		penalty := rapid.Uint64Max(one-1).Draw(t, "penalty") | 1
		inverse := new(big.Int).ModInverse(new(big.Int).SetUint64(penalty), new(big.Int).SetUint64(one)).Uint64()
		off := rapid.OneOf(rapid.Just(inverse), rapid.Just(one-inverse), rapid.Just(uint64(0)), rapid.Uint64Max(one)).Draw(t, "off")
		if rapid.IntRange(0, 9).Draw(t, "whole") == 0 {
			penalty = one
		}
		consensus := rapid.Uint64Max(one-off).Draw(t, "consensus")
		w := consensus + off
		taken := new(big.Int).Mul(new(big.Int).SetUint64(penalty), new(big.Int).SetUint64(off))
		taken.Rsh(taken.Add(taken, big.NewInt(1<<32-1)), 32)
		require.Equal(t, w-taken.Uint64(), seen(w, consensus, newFactor(penalty)))
		require.Equal(t, w, seen(w, w, newFactor(penalty)), "at consensus nothing is taken off")
	})
}
