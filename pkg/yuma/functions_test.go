// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// runFunction runs one case of a single function; all is what its cases have in common.
func runFunction(t tester, f, all *fields) {
	switch {
	case f.has("score"):
		runMedian(t, f)
	case f.has("weights") && f.values["stake"] != nil:
		runColumnMedians(t, f)
	case f.has("in") && f.has("k"):
		runTopK(t, f)
	case f.has("in"):
		require.Equal(t, shorts(t, f.take("expect")), upscale(shorts(t, f.take("in"))), f.where)
	case f.has("rho"):
		runSigmoid(t, f, all)
	case f.has("new_row") && f.has("old_row"):
		runDroppedRow(t, f)
	case f.has("new") && f.has("old"):
		runFollow(t, f)
	case f.has("block_emission_rao"):
		runBlockEmission(t, f)
	default:
		require.Fail(t, "no field says what kind of case this is", "%s: %v", f.where, f.names())
	}
}

func decimals(t tester, v any) []fixed.Q32 {
	out := []fixed.Q32{}
	for _, x := range list(t, v) {
		out = append(out, decimal(number(t, x)))
	}
	return out
}

// runMedian takes what the case says, a median without a majority being that of nothing.
func runMedian(t tester, f *fields) {
	stake, scores := decimals(t, f.take("stake")), decimals(t, f.take("score"))
	majority := fixed.Q32(0)
	if v := f.take("majority"); v != nil {
		majority = decimal(number(t, v))
	}
	if len(stake) == 1 { // only the case of one normalises its stake
		stake = fixed.Norm(stake)
	}
	got := yuma.WeightedMedian(scores, stake, fixed.One-majority)
	require.Equal(t, decimal(number(t, f.take("expect"))), got, f.where)
}

func runColumnMedians(t tester, f *fields) {
	stake, majority := decimals(t, f.take("stake")), decimal(number(t, f.take("majority")))
	var weights [][]fixed.Q32
	for _, row := range list(t, f.take("weights")) {
		weights = append(weights, decimals(t, row))
	}
	for j, want := range decimals(t, f.take("expect")) {
		require.Equal(t, want, columnMedian(stake, weights, j, majority), "%s, column %d", f.where, j)
	}
}

// columnMedian is the median of a column by the stakes that are not 0, normalised, at most
// the stake less the majority below it.
func columnMedian(stakes []fixed.Q32, weights [][]fixed.Q32, j int, majority fixed.Q32) fixed.Q32 {
	var values, votes []fixed.Q32
	for i, stake := range stakes {
		if stake > 0 {
			values, votes = append(values, weights[i][j]), append(votes, stake)
		}
	}
	votes = fixed.Norm(votes)
	return yuma.WeightedMedian(values, votes, fixed.Sum(votes)-majority)
}

func runTopK(t tester, f *fields) {
	values := []uint64{}
	for _, v := range list(t, f.take("in")) {
		values = append(values, uint64(number(t, v)))
	}
	kept := topK(values, whole(t, f.take("k")))
	for i, want := range list(t, f.take("expect")) {
		require.Equal(t, want == true || asText(want) == "1", kept[i], "%s, %d", f.where, i)
	}
}

// sigmoidTolerance is that of expectations with ten decimals.
const sigmoidTolerance = 1e-9

func runSigmoid(t tester, f, all *fields) {
	require.InDelta(t, 0.5, scope{f, all}.number(0.5, "kappa"), 0, "the engine's sigmoid turns at 1/2")
	rho, x, want := decimal(number(t, f.take("rho"))), number(t, f.take("x")), number(t, f.take("expect"))
	// Some of these literals are 32-bit floats upstream, some 64-bit ones.
	short, long := yuma.Sigmoid(rho, decimal(x)), yuma.Sigmoid(rho, fixed.Q32(x*(1<<32)))
	off := min(math.Abs(float(short)-want), math.Abs(float(long)-want))
	require.LessOrEqual(t, off, sigmoidTolerance, f.where)
}

// runFollow takes scalars and matrices alike, a scalar alpha standing for all.
func runFollow(t tester, f *fields) {
	to, old, alpha, want := flat(t, f.take("new")), flat(t, f.take("old")), flat(t, f.take("alpha")), flat(t, f.take("expect"))
	within := max(tolerance(t, f.take("tol", "tolerance")), math.Exp2(-32))
	for i := range want {
		got := yuma.Follow(decimal(alpha[i%len(alpha)]), decimal(to[i]), decimal(old[i]))
		require.InDelta(t, want[i], float(got), within, f.where)
	}
}

func flat(t tester, v any) []float64 {
	if !isList(v) {
		return []float64{number(t, v)}
	}
	var out []float64
	for _, x := range list(t, v) {
		out = append(out, flat(t, x)...)
	}
	return out
}

// runDroppedRow is a row of bonds in the published sparse form, where an old entry without a
// new one drops to 0 at once: by the formula, entry by entry, and by the engine's compressed
// layout, whose one validator gives all it has to the new entry.
func runDroppedRow(t tester, f *fields) {
	to, old, alpha := byColumn(t, f.take("new_row")), byColumn(t, f.take("old_row")), decimal(number(t, f.take("alpha")))
	f.take("sparse")
	moved := map[int]fixed.Q32{}
	for j, x := range to {
		moved[j] = yuma.Follow(alpha, x, old[j])
	}
	if want := f.take("expect", "expect_row", "expected"); want != nil {
		within := tolerance(t, f.take("tol", "tolerance"))
		for j, x := range byColumn(t, want) {
			require.InDelta(t, float(x), float(moved[j]), max(within, math.Exp2(-32)), "%s, column %d", f.where, j)
		}
	}

	scores, bonds := sparseRow(to), sparseRow(old)
	columns := 1 + max(slices.Max(slices.Collect(maps.Keys(to))), slices.Max(slices.Collect(maps.Keys(old))))
	p := standard
	p.DropMissingBonds = true
	p.LiquidAlpha = yuma.LiquidAlpha{Enabled: true, Lo: alpha, Hi: alpha}
	var e yuma.Engine
	out, err := e.Run(p, yuma.Input{Validators: 1, Contributions: columns, Power: []uint64{1}, Scores: scores, Bonds: bonds})
	require.NoError(t, err)
	require.Equal(t, slices.Sorted(maps.Keys(to)), widen(out.Bonds.Columns), "only entries that were scored keep a bond")
	for k, j := range out.Bonds.Columns {
		w := fixed.FromRatio(uint64(scores.Values[k]), sumOf(scores.Values))
		require.Equal(t, yuma.Follow(alpha, w, min(old[int(j)], fixed.One)).ToU16(), out.Bonds.Values[k], "%s, column %d", f.where, j)
	}
}

func byColumn(t tester, v any) map[int]fixed.Q32 {
	out := map[int]fixed.Q32{}
	if isList(v) {
		for j, x := range list(t, v) {
			if n := decimal(number(t, x)); n != 0 {
				out[j] = n
			}
		}
		return out
	}
	for j, x := range object(t, "row", v).values {
		out[whole(t, j)] = decimal(number(t, x))
	}
	return out
}

// sparseRow is one compressed row, of what sixteen bits hold of the values.
func sparseRow(of map[int]fixed.Q32) yuma.Matrix {
	m := yuma.Matrix{Starts: []int{0, len(of)}}
	for _, j := range slices.Sorted(maps.Keys(of)) {
		m.Columns, m.Values = append(m.Columns, uint16(j)), append(m.Values, of[j].ToU16())
	}
	return m
}

func widen(v []uint16) []int {
	out := []int{}
	for _, x := range v {
		out = append(out, int(x))
	}
	return out
}

func sumOf(v []uint16) uint64 {
	var sum uint64
	for _, x := range v {
		sum += uint64(x)
	}
	return sum
}

// runBlockEmission is the published chain's halving schedule, which Weal does not follow:
// floor(1e9 / 2^floor(log2(1 / (1 - issued/21e15)))), and nothing from 21e15 on.
func runBlockEmission(t tester, f *fields) {
	const rao, most, full = 1_000_000_000, 21_000_000, 1_000_000_000
	unit, v := int64(1), f.take("issuance_rao")
	if v == nil {
		unit, v = rao, f.take("issuance_tao")
	}
	issued, is := new(big.Rat).SetString(asText(v))
	require.True(t, is, "%s: an issuance of %v", f.where, v)
	issued.Mul(issued, big.NewRat(unit, rao))
	left := new(big.Rat).Sub(big.NewRat(1, 1), issued.Quo(issued, big.NewRat(most, 1)))
	want := strconv.Itoa(0)
	if left.Sign() > 0 {
		halvings := uint(0)
		for power := big.NewRat(1, 2); left.Cmp(power) <= 0; power.Mul(power, big.NewRat(1, 2)) {
			halvings++
		}
		want = new(big.Int).Rsh(big.NewInt(full), halvings).String()
	}
	require.Equal(t, want, asText(f.take("block_emission_rao")), f.where)
}
