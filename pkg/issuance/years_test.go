// SPDX-License-Identifier: Apache-2.0

package issuance_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/issuance"
)

// patient issues for blocks of up to an hour, so that forty years are not too many of them.
var patient = issuance.Schedule{Cap: mainnet.Cap, HalfLifeMs: mainnet.HalfLifeMs, MaxGapMs: 3_600_000}

// rhythms are ways in which block times go: the time to the next block, in milliseconds.
var rhythms = map[string]func(r *rand.Rand) int64{
	"half an hour, to the millisecond": func(*rand.Rand) int64 { return 1_800_000 },
	"anything up to an hour":           func(r *rand.Rand) int64 { return 1 + r.Int64N(3_600_000) },
	"mostly ten minutes, at times late": func(r *rand.Rand) int64 {
		if r.IntN(20) > 0 {
			return 580_000 + r.Int64N(40_000)
		}
		return 3_600_000
	},
}

// remaining is the closed form: what is not outstanding is a product with one factor for each block,
// the cap times the product of (1 - ln 2 * dt / half-life). It is kept in binary fractions of 256 bits.
type remaining struct{ left, rate, factor *big.Float }

func newRemaining(s issuance.Schedule) *remaining {
	rate := newFloat(0).Quo(logTwo(), newFloat(float64(s.HalfLifeMs)))
	return &remaining{left: newFloat(float64(s.Cap)), rate: rate, factor: newFloat(0)}
}

func (c *remaining) block(dtMs int64) {
	c.factor.Mul(c.rate, c.factor.SetInt64(dtMs))
	c.left.Sub(c.left, c.factor.Mul(c.factor, c.left))
}

// TestFortyYearsOfIrregularBlocksAreTheClosedFormToAUnit goes the whole way twice, block by block in integers and by the
// closed form, and compares them at the end of every year.
func TestFortyYearsOfIrregularBlocksAreTheClosedFormToAUnit(t *testing.T) {
	for name, next := range rhythms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, 21))
			var supply uint64
			var carry issuance.Carry
			exact := newRemaining(patient)
			now := int64(0)
			for year := int64(1); year <= 40; year++ {
				for now < year*yearMs {
					dt := next(r)
					var amount uint64
					amount, carry = patient.Provision(supply, dt, carry)
					supply += amount
					exact.block(dt)
					now += dt
				}
				require.LessOrEqual(t, supply, mainnet.Cap)
				issued := newFloat(0).Sub(newFloat(float64(mainnet.Cap)), exact.left)
				off, _ := issued.Sub(issued, newFloat(0).SetUint64(supply)).Float64()
				require.InDelta(t, 0, off, 1, "after %d years", year)
			}
		})
	}
}

// TestWhatIsBurntOverFortyYearsIsIssuedAgainToAUnit burns a part of all that is there each year.
func TestWhatIsBurntOverFortyYearsIsIssuedAgainToAUnit(t *testing.T) {
	var supply, burnt, issued uint64
	var carry issuance.Carry
	exact := newRemaining(patient)
	for year := range uint64(40) {
		for range yearMs / 3_600_000 {
			var amount uint64
			amount, carry = patient.Provision(supply, 3_600_000, carry)
			supply, issued = supply+amount, issued+amount
			exact.block(3_600_000)
		}
		burn := supply / (3 + year)
		supply, burnt = supply-burn, burnt+burn
		exact.left.Add(exact.left, newFloat(0).SetUint64(burn))
		outstanding := newFloat(0).Sub(newFloat(float64(mainnet.Cap)), exact.left)
		off, _ := outstanding.Sub(outstanding, newFloat(0).SetUint64(supply)).Float64()
		require.InDelta(t, 0, off, 1, fmt.Sprint("after year ", year+1))
	}
	require.Greater(t, issued, mainnet.Cap, "more than the cap was issued in all, as much was burnt")
	require.Equal(t, supply, issued-burnt)
}
