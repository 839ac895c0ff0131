// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"math/big"
	"slices"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// The oracle is the written steps over big integers with 32 fractional bits: slow,
// allocating, without a line in common with the engine.

type num = *big.Int

var unit = new(big.Int).Lsh(big.NewInt(1), 32)

func zero() num          { return new(big.Int) }
func of(v int64) num     { return big.NewInt(v) }
func q(v fixed.Q32) num  { return big.NewInt(int64(v)) }
func add(a, b num) num   { return zero().Add(a, b) }
func sub(a, b num) num   { return zero().Sub(a, b) }
func mul(a, b num) num   { return zero().Rsh(zero().Mul(a, b), 32) }
func less(a, b num) bool { return a.Cmp(b) < 0 }
func ratio(a, b num) num { return div(a, b) }
func toU16(a num) uint16 { return uint16(mul(clampNum(a, zero(), unit), of(65535)).Int64()) }
func clampNum(a, lo, hi num) num {
	switch {
	case less(a, lo):
		return lo
	case less(hi, a):
		return hi
	default:
		return a
	}
}

func div(a, b num) num {
	if b.Sign() == 0 {
		return zero()
	}
	return zero().Quo(zero().Lsh(a, 32), b)
}

func total(v []num) num {
	sum := zero()
	for _, x := range v {
		sum = add(sum, x)
	}
	return sum
}

func norm(v []num) []num {
	sum, out := total(v), make([]num, len(v))
	for i, x := range v {
		if out[i] = x; sum.Sign() != 0 {
			out[i] = div(x, sum)
		}
	}
	return out
}

func column(m [][]num, j int) []num {
	out := make([]num, len(m))
	for i := range m {
		out[i] = m[i][j]
	}
	return out
}

func normColumns(m [][]num, cols int) [][]num {
	out := grid(len(m), cols)
	for j := range cols {
		for i, x := range norm(column(m, j)) {
			out[i][j] = x
		}
	}
	return out
}

func grid(rows, cols int) [][]num {
	out := make([][]num, rows)
	for i := range out {
		out[i] = make([]num, cols)
		for j := range out[i] {
			out[i][j] = zero()
		}
	}
	return out
}

// pivotMedian is the search by pivots as it is written.
func pivotMedian(values, votes []num, kappa num) num {
	set := make([]int, len(values))
	for i := range set {
		set[i] = i
	}
	lo, hi := zero(), total(votes)
	minority := sub(hi, kappa)
	for len(set) > 1 {
		pivot := values[set[len(set)/2]]
		var below, above []int
		lower, upper := zero(), zero()
		for _, i := range set {
			switch values[i].Cmp(pivot) {
			case -1:
				below, lower = append(below, i), add(lower, votes[i])
			case 1:
				above, upper = append(above, i), add(upper, votes[i])
			}
		}
		switch {
		case less(minority, add(lo, lower)) && len(below) > 0:
			set, hi = below, add(lo, lower)
		case !less(minority, sub(hi, upper)) && len(above) > 0:
			set, lo = above, sub(hi, upper)
		default:
			return pivot
		}
	}
	if len(set) == 0 {
		return zero()
	}
	return values[set[0]]
}

func taylor(x num) num {
	x = clampNum(x, mul(unit, of(-20<<32)), of(20<<32))
	size := zero().Abs(x)
	sum, term := add(unit, size), size
	for i := int64(2); i <= 31; i++ {
		term = div(mul(term, size), of(i<<32))
		sum = add(sum, term)
	}
	if x.Sign() < 0 {
		return div(unit, sum)
	}
	return sum
}

func oracleAlpha(p yuma.Params, weight, bond, consensus num) num {
	if !p.LiquidAlpha.Enabled {
		return sub(unit, q(p.BondsMovingAverage))
	}
	d := clampNum(sub(bond, weight), zero(), unit)
	if !less(weight, bond) {
		d = clampNum(sub(weight, consensus), zero(), unit)
	}
	lo, hi := q(p.LiquidAlpha.Lo), q(p.LiquidAlpha.Hi)
	steep := ratio(of(int64(p.LiquidAlpha.Steepness)), of(100))
	power := mul(zero().Neg(steep), sub(d, div(unit, of(2<<32))))
	rise := div(unit, add(unit, taylor(power)))
	return clampNum(add(lo, mul(rise, sub(hi, lo))), lo, hi)
}

// isAssigned says whether validator i was to score column j.
func isAssigned(in yuma.Input, i, j int) bool {
	return in.Assigned == nil || coverage.Assigned(in.Assigned, in.Validators, i, j)
}

// integerEpoch is one dense epoch.
func integerEpoch(p yuma.Params, in yuma.Input) yuma.Output {
	n, m := in.Validators, in.Contributions
	sum := zero()
	for _, x := range in.Power {
		sum = add(sum, zero().SetUint64(x))
	}
	active := make([]num, n)
	for i, x := range in.Power {
		if active[i] = zero(); in.Active == nil || in.Active[i] {
			active[i] = div(zero().SetUint64(x), sum)
		}
	}
	active = norm(active)

	raw, stored := grid(n, m), grid(n, m)
	w := make([][]num, n)
	for i := range n {
		for j := range m {
			raw[i][j] = zero().Lsh(of(int64(in.Scores.Values[i*m+j])), 32)
			if in.Bonds.Values != nil {
				stored[i][j] = zero().Lsh(of(int64(in.Bonds.Values[i*m+j])), 32)
			}
		}
		w[i] = norm(raw[i])
	}

	var voters []int
	var votes []num
	for i, a := range active {
		if a.Sign() > 0 {
			voters, votes = append(voters, i), append(votes, a)
		}
	}
	votes = norm(votes)
	quality, consensus := make([]uint16, m), make([]num, m)
	for j := range m {
		var weights, scores, some []num
		for k, i := range voters {
			if isAssigned(in, i, j) {
				weights, scores, some = append(weights, w[i][j]), append(scores, raw[i][j]), append(some, votes[k])
			}
		}
		kappa := q(p.Kappa)
		if in.Assigned != nil && len(votes) > 0 {
			kappa = zero().Quo(zero().Mul(kappa, total(some)), total(votes))
		}
		consensus[j] = pivotMedian(weights, some, kappa)
		quality[j] = uint16(zero().Rsh(pivotMedian(scores, some, kappa), 32).Int64())
	}

	clipped, forBonds := grid(n, m), grid(n, m)
	ranks := make([]num, m)
	for j := range m {
		ranks[j] = zero()
		for i := range n {
			clipped[i][j] = clampNum(w[i][j], zero(), consensus[j])
			ranks[j] = add(ranks[j], mul(active[i], clipped[i][j]))
			moved := add(w[i][j], mul(q(p.BondPenalty), sub(clipped[i][j], w[i][j])))
			if moved.Sign() > 0 {
				forBonds[i][j] = moved
			}
		}
	}
	trust := make([]num, n)
	for i := range n {
		trust[i] = total(clipped[i])
	}
	if p.ScoreRule == yuma.Median {
		ranks = consensus
	}
	incentive := norm(ranks)
	var dividends []num
	var bonds [][]uint16
	if p.Rule == yuma.YUMA2 {
		dividends, bonds = oracleYuma2(p, active, incentive, forBonds, stored)
	} else {
		dividends, bonds = oracleYuma3(p, in, active, incentive, consensus, raw, forBonds, stored)
	}
	return yuma.Output{
		Consensus: fixedNums(consensus), Incentive: fixedNums(incentive), Quality: quality,
		Trust: fixedNums(trust), Dividends: fixedNums(dividends),
		Bonds: yuma.Matrix{Values: append([]uint16{}, slices.Concat(bonds...)...)},
	}
}

func fixedNums(v []num) []fixed.Q32 {
	out := make([]fixed.Q32, len(v))
	for i, x := range v {
		out[i] = fixed.Q32(x.Int64())
	}
	return out
}

func shares(bonds [][]num, incentive []num) []num {
	out := make([]num, len(bonds))
	for i := range bonds {
		out[i] = zero()
		for j, x := range incentive {
			out[i] = add(out[i], mul(bonds[i][j], x))
		}
	}
	return out
}

func oracleYuma2(p yuma.Params, active, incentive []num, w, stored [][]num) ([]num, [][]uint16) {
	n, m := len(active), len(incentive)
	delta := grid(n, m)
	for i := range n {
		for j := range m {
			delta[i][j] = mul(w[i][j], active[i])
		}
	}
	delta, stored = normColumns(delta, m), normColumns(stored, m)
	alpha := sub(unit, q(p.BondsMovingAverage))
	mixed := grid(n, m)
	for i := range n {
		for j := range m {
			mixed[i][j] = add(mul(alpha, delta[i][j]), mul(sub(unit, alpha), stored[i][j]))
		}
	}
	mixed = normColumns(mixed, m)
	bonds := make([][]uint16, n)
	for i := range n {
		bonds[i] = make([]uint16, m)
		for j := range m {
			most := zero()
			for _, x := range column(mixed, j) {
				if less(most, x) {
					most = x
				}
			}
			bonds[i][j] = toU16(div(mixed[i][j], most))
		}
	}
	return norm(shares(mixed, incentive)), bonds
}

func oracleYuma3(
	p yuma.Params, in yuma.Input, active, incentive, consensus []num, raw, w, stored [][]num,
) ([]num, [][]uint16) {
	n, m := len(active), len(incentive)
	moved, bonds := grid(n, m), make([][]uint16, n)
	for i := range n {
		bonds[i] = make([]uint16, m)
		for j := range m {
			if p.DropMissingBonds && p.LiquidAlpha.Enabled && raw[i][j].Sign() == 0 && isAssigned(in, i, j) {
				continue
			}
			old := div(stored[i][j], of(65535<<32))
			if !isAssigned(in, i, j) {
				// Rounded up: what is not a multiple has a remainder.
				if moved[i][j] = old; less(mul(old, of(65535<<32)), stored[i][j]) {
					moved[i][j] = add(old, of(1))
				}
				bonds[i][j] = toU16(moved[i][j])
				continue
			}
			alpha := oracleAlpha(p, w[i][j], old, consensus[j])
			next := add(mul(sub(unit, alpha), old), mul(alpha, w[i][j]))
			moved[i][j] = clampNum(next, zero(), unit)
			bonds[i][j] = toU16(moved[i][j])
		}
	}
	dividends := shares(normColumns(moved, m), incentive)
	for i := range n {
		dividends[i] = mul(dividends[i], active[i])
	}
	return norm(dividends), bonds
}
