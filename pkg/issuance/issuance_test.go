// SPDX-License-Identifier: Apache-2.0

package issuance_test

import (
	"fmt"
	"math"
	"math/big"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/issuance"
)

const (
	weal     = 1_000_000
	yearMs   = 31_557_600_000 // 365.25 days
	blockMs  = 60_000
	fracBits = 64
)

// mainnet is the schedule of the README.
var mainnet = issuance.Schedule{Cap: 21_000_000 * weal, HalfLifeMs: 4 * yearMs, MaxGapMs: blockMs}

// logTwo is ln 2 to 256 bits by its series, the sum of 1 / (n 2^n).
func logTwo() *big.Float {
	sum, power := newFloat(0), newFloat(1)
	for n := 1; n <= 260; n++ {
		power.Quo(power, newFloat(2))
		sum.Add(sum, newFloat(0).Quo(power, newFloat(float64(n))))
	}
	return sum
}

func newFloat(v float64) *big.Float { return new(big.Float).SetPrec(256).SetFloat64(v) }

// closedForm is what steps equal blocks issue from nothing, in exact arithmetic:
// cap * (1 - (1 - ln2 * block / halfLife)^steps).
func closedForm(s issuance.Schedule, stepMs, steps uint64) *big.Float {
	rate := newFloat(0).Quo(newFloat(0).Mul(logTwo(), newFloat(float64(stepMs))), newFloat(float64(s.HalfLifeMs)))
	base, left := newFloat(0).Sub(newFloat(1), rate), newFloat(1)
	for ; steps > 0; steps >>= 1 {
		if steps&1 == 1 {
			left.Mul(left, base)
		}
		base.Mul(base, base)
	}
	return newFloat(0).Mul(newFloat(float64(s.Cap)), newFloat(0).Sub(newFloat(1), left))
}

// tableRow finds a row of the README: years, issued in WEAL, curve in WEAL.
var tableRow = regexp.MustCompile(`(?m)^\| (\d+) \| ([\d,]+\.\d{6}) \| ([\d,]+) \|$`)

func number(t *testing.T, text string) uint64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.NewReplacer(",", "", ".", "").Replace(text), 10, 64)
	require.NoError(t, err)
	return n
}

func TestTheTableOfTheReadmeIsWhatIsIssued(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	rows := tableRow.FindAllStringSubmatch(string(readme), -1)
	require.Len(t, rows, 12)

	var supply, steps uint64
	var carry issuance.Carry
	for _, row := range rows {
		until := number(t, row[1]) * yearMs / blockMs
		for ; steps < until; steps++ {
			var amount uint64
			amount, carry = mainnet.Provision(supply, blockMs, carry)
			supply += amount
		}
		require.Equal(t, number(t, row[2]), supply, "after %s years", row[1])

		exact, _ := newFloat(0).Sub(newFloat(float64(supply)), closedForm(mainnet, blockMs, steps)).Float64()
		require.LessOrEqual(t, math.Abs(exact), 1.0, "%s years of blocks equal the closed form to the unit", row[1])

		years := float64(number(t, row[1]))
		curve := 21_000_000 * (1 - math.Exp2(-years/4))
		require.InDelta(t, curve, float64(number(t, row[3])), 0.5, "the curve after %s years", row[1])
		require.InDelta(t, curve, float64(supply)/weal, 2, "a minute's blocks stay within 2 WEAL of the curve")
	}
}

// oracle is the formula in big integers: the exact product cut at 2^-64.
func oracle(s issuance.Schedule, supply uint64, dtMs int64, carry issuance.Carry) (uint64, issuance.Carry) {
	if supply >= s.Cap || dtMs <= 0 || s.HalfLifeMs == 0 {
		return 0, carry
	}
	log, _ := newFloat(0).SetMantExp(logTwo(), fracBits).Int(nil)
	due := new(big.Int).SetUint64(s.Cap - supply)
	due.Mul(due, new(big.Int).SetUint64(min(uint64(dtMs), s.MaxGapMs))).Mul(due, log)
	due.Quo(due, new(big.Int).SetUint64(s.HalfLifeMs)).Add(due, new(big.Int).SetUint64(uint64(carry)))
	whole := new(big.Int).Rsh(due, fracBits)
	if left := new(big.Int).SetUint64(s.Cap - supply); whole.Cmp(left) >= 0 {
		return left.Uint64(), 0
	}
	frac := due.Sub(due, new(big.Int).Lsh(whole, fracBits))
	return whole.Uint64(), issuance.Carry(frac.Uint64())
}

func TestProvisionsEqualBigIntegers(t *testing.T) {
	number := rapid.OneOf(
		rapid.Uint64(), rapid.Uint64Max(1_000), rapid.Uint64Range(1<<40, 1<<62),
		rapid.SampledFrom([]uint64{21_000_000 * weal, 4 * yearMs, 60_000, math.MaxUint64, math.MaxUint64 / 3}),
	)
	rapid.Check(t, func(t *rapid.T) {
		s := issuance.Schedule{Cap: number.Draw(t, "cap"), HalfLifeMs: number.Draw(t, "halfLife"), MaxGapMs: number.Draw(t, "maxGap")}
		supply, carry := number.Draw(t, "supply"), issuance.Carry(rapid.Uint64().Draw(t, "carry"))
		dt := rapid.OneOf(
			rapid.Int64(), rapid.Int64Range(-10, 100_000), rapid.Int64Range(1<<30, 1<<62),
		).Draw(t, "dt")

		amount, next := s.Provision(supply, dt, carry)
		wantAmount, wantNext := oracle(s, supply, dt, carry)
		require.Equal(t, wantAmount, amount)
		require.Equal(t, wantNext, next)
		if supply < s.Cap {
			require.LessOrEqual(t, amount, s.Cap-supply, "the cap is never passed")
		}
	})
}

func TestNothingIsIssuedWhereNothingIsDue(t *testing.T) {
	cases := map[string]struct {
		schedule issuance.Schedule
		supply   uint64
		dtMs     int64
	}{
		"at the cap":                  {mainnet, mainnet.Cap, 6_000},
		"above the cap":               {mainnet, mainnet.Cap + 1, 6_000},
		"in no time":                  {mainnet, 0, 0},
		"when time went backwards":    {mainnet, 0, -6_000},
		"in the longest time back":    {mainnet, 0, math.MinInt64},
		"without a half-life":         {issuance.Schedule{Cap: 1, MaxGapMs: 1}, 0, 1},
		"when no gap is let count":    {issuance.Schedule{Cap: 1, HalfLifeMs: 1}, 0, 1},
		"when the cap is nothing too": {issuance.Schedule{HalfLifeMs: 1, MaxGapMs: 1}, 0, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			amount, next := c.schedule.Provision(c.supply, c.dtMs, 77)
			require.Zero(t, amount)
			require.Equal(t, issuance.Carry(77), next, "the carry is kept")
		})
	}
}

func TestAnOutageMintsNoMoreThanTheLongestGap(t *testing.T) {
	gap, gapCarry := mainnet.Provision(0, blockMs, 5)
	day, dayCarry := mainnet.Provision(0, 86_400_000, 5)
	require.Equal(t, gap, day)
	require.Equal(t, gapCarry, dayCarry)
}

func TestAShortHalfLifeStopsAtTheCap(t *testing.T) {
	s := issuance.Schedule{Cap: 1_000, HalfLifeMs: 1, MaxGapMs: math.MaxUint64}
	amount, carry := s.Provision(10, math.MaxInt64, math.MaxUint64)
	require.Equal(t, uint64(990), amount)
	require.Zero(t, carry)
}

func TestWhatIsBurntCanBeIssuedAgain(t *testing.T) {
	before, _ := mainnet.Provision(10_000_000*weal, 6_000, 0)
	after, _ := mainnet.Provision(9_000_000*weal, 6_000, 0)
	require.Greater(t, after, before)
}

func TestSmallFractionsAreCarriedUntilTheyMakeAUnit(t *testing.T) {
	s := issuance.Schedule{Cap: 1_000, HalfLifeMs: 4 * yearMs, MaxGapMs: blockMs}
	var issued, steps uint64
	var carry issuance.Carry
	for issued == 0 {
		issued, carry = s.Provision(0, blockMs, carry)
		steps++
	}
	// 1000 * ln2 * 60000 / (4 years) a block: a unit after 3036 blocks.
	require.Equal(t, uint64(1), issued)
	require.Equal(t, uint64(3_036), steps)
}

func TestACarryIsStoredInEightBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := issuance.Carry(rapid.Uint64().Draw(t, "carry"))
		b := c.Bytes()
		back, err := issuance.CarryFromBytes(b[:])
		require.NoError(t, err)
		require.Equal(t, c, back)
	})
	for _, b := range [][]byte{nil, make([]byte, 7), make([]byte, 9)} {
		_, err := issuance.CarryFromBytes(b)
		require.EqualError(t, err, fmt.Sprintf("carry is %d bytes, expected 8", len(b)))
	}
}

// The worked example of README.md.
func Example() {
	s := issuance.Schedule{Cap: 21_000_000_000_000, HalfLifeMs: 126_230_400_000, MaxGapMs: 60_000}
	amount, carry := s.Provision(1_000_000_000_000, 6_000, 0)
	fmt.Println(amount, carry)
	amount, carry = s.Provision(1_000_000_000_000+amount, 6_000, carry)
	fmt.Println(amount, carry)
	// Output:
	// 658935 4828783975276342251
	// 658935 9257093281037578225
}

func BenchmarkProvision(b *testing.B) {
	var carry issuance.Carry
	for b.Loop() {
		_, carry = mainnet.Provision(1_000_000*weal, 6_000, carry)
	}
}
