// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"math/big"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// The rational oracle is the written steps over exact fractions: each operation is the exact
// one, followed by a rounding down or towards zero to a multiple of 2^-32 where the text says
// so. It shares nothing with the engine, nor with the oracle over integers: its median is the
// definition, not the search.

type rat = *big.Rat

var grain = new(big.Rat).SetFrac64(1, 1<<32)

func whole64(v int64) rat { return new(big.Rat).SetInt64(v) }
func exact(v fixed.Q32) rat {
	return new(big.Rat).SetFrac(big.NewInt(int64(v)), big.NewInt(1<<32))
}
func plus(a, b rat) rat    { return new(big.Rat).Add(a, b) }
func minus(a, b rat) rat   { return new(big.Rat).Sub(a, b) }
func product(a, b rat) rat { return new(big.Rat).Mul(a, b) }
func lesser(a, b rat) rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// floored is the largest multiple of 2^-32 that is not above x.
func floored(x rat) rat { return product(wholePart(x, (*big.Int).Div), grain) }

// truncated is the multiple of 2^-32 next to x on the side of 0.
func truncated(x rat) rat { return product(wholePart(x, (*big.Int).Quo), grain) }

// wholePart is x in multiples of 2^-32, divided so.
func wholePart(x rat, divide func(z, x, y *big.Int) *big.Int) rat {
	n := new(big.Int).Lsh(x.Num(), 32)
	return new(big.Rat).SetInt(divide(n, n, x.Denom()))
}

func times(a, b rat) rat { return floored(product(a, b)) }

func per(a, b rat) rat {
	if b.Sign() == 0 {
		return new(big.Rat)
	}
	return truncated(new(big.Rat).Quo(a, b))
}

func sumRats(v []rat) rat {
	sum := new(big.Rat)
	for _, x := range v {
		sum.Add(sum, x)
	}
	return sum
}

func normRats(v []rat) []rat {
	sum := sumRats(v)
	if sum.Sign() == 0 {
		return v
	}
	out := make([]rat, len(v))
	for i, x := range v {
		out[i] = per(x, sum)
	}
	return out
}

// supported is the median by its definition: the largest value of which the votes below it
// leave at least kappa; the smallest, where no value has that much.
func supported(values, votes []rat, kappa rat) rat {
	total := sumRats(votes)
	var best, least rat
	for _, v := range values {
		below := new(big.Rat)
		for k, other := range values {
			if other.Cmp(v) < 0 {
				below.Add(below, votes[k])
			}
		}
		if minus(total, below).Cmp(kappa) >= 0 && (best == nil || v.Cmp(best) > 0) {
			best = v
		}
		if least == nil || v.Cmp(least) < 0 {
			least = v
		}
	}
	switch {
	case best != nil:
		return best
	case least != nil:
		return least
	default:
		return new(big.Rat)
	}
}

// curve is alpha at a distance, by the Taylor series of e^|x| up to its term of x^31.
func alphaAt(l yuma.LiquidAlpha, distance rat) rat {
	steepness := truncated(new(big.Rat).SetFrac64(int64(l.Steepness), 100))
	x := times(new(big.Rat).Neg(steepness), minus(distance, big.NewRat(1, 2)))
	size := lesser(new(big.Rat).Abs(x), whole64(20))
	power, term := plus(whole64(1), size), size
	for i := int64(2); i <= 31; i++ {
		term = per(times(term, size), whole64(i))
		power = plus(power, term)
	}
	if x.Sign() < 0 {
		power = per(whole64(1), power)
	}
	rise := per(whole64(1), plus(whole64(1), power))
	return plus(exact(l.Lo), times(rise, minus(exact(l.Hi), exact(l.Lo))))
}

// rationalEpoch is one dense epoch.
func rationalEpoch(p yuma.Params, in yuma.Input) yuma.Output {
	n, m := in.Validators, in.Contributions
	power := make([]rat, n)
	for i, x := range in.Power {
		power[i] = new(big.Rat).SetInt(new(big.Int).SetUint64(x))
	}
	total := sumRats(power)
	for i := range power {
		power[i] = per(power[i], total)
		if in.Active != nil && !in.Active[i] {
			power[i] = new(big.Rat)
		}
	}
	power = normRats(power)

	weights, raw := make([][]rat, n), make([][]rat, n)
	for i := range n {
		raw[i] = make([]rat, m)
		for j := range m {
			raw[i][j] = whole64(int64(in.Scores.Values[i*m+j]))
		}
		weights[i] = normRats(raw[i])
	}

	var votes []rat
	for _, a := range power {
		if a.Sign() > 0 {
			votes = append(votes, a)
		}
	}
	votes = normRats(votes)
	voted := func(of [][]rat, j int) (out []rat) {
		for i, a := range power {
			if a.Sign() > 0 {
				out = append(out, of[i][j])
			}
		}
		return out
	}
	consensus, quality, ranks, trust := make([]rat, m), make([]uint16, m), make([]rat, m), make([]rat, n)
	for i := range trust {
		trust[i] = new(big.Rat)
	}
	for j := range m {
		consensus[j] = supported(voted(weights, j), votes, exact(p.Kappa))
		quality[j] = uint16(supported(voted(raw, j), votes, exact(p.Kappa)).Num().Int64())
		ranks[j] = new(big.Rat)
		for i := range n {
			clipped := lesser(weights[i][j], consensus[j])
			trust[i] = plus(trust[i], clipped)
			ranks[j] = plus(ranks[j], times(power[i], clipped))
		}
	}
	if p.ScoreRule == yuma.Median {
		ranks = consensus
	}
	incentive := normRats(ranks)

	dividends, bonds := make([]rat, n), make([]uint16, n*m)
	for i := range dividends {
		dividends[i] = new(big.Rat)
	}
	for j := range m {
		old, seen := make([]rat, n), make([]rat, n)
		for i := range n {
			old[i] = new(big.Rat)
			if in.Bonds.Values != nil {
				old[i] = whole64(int64(in.Bonds.Values[i*m+j]))
			}
			w := weights[i][j]
			if seen[i] = plus(w, times(exact(p.BondPenalty), minus(lesser(w, consensus[j]), w))); seen[i].Sign() < 0 {
				seen[i] = new(big.Rat)
			}
		}
		shares, stored := rationalBonds(p, power, seen, old, consensus[j], func(i int) bool { return raw[i][j].Sign() == 0 })
		for i := range n {
			dividends[i] = plus(dividends[i], times(shares[i], incentive[j]))
			bonds[i*m+j] = stored[i]
		}
	}
	if p.Rule == yuma.YUMA3 {
		for i := range dividends {
			dividends[i] = times(dividends[i], power[i])
		}
	}
	out := yuma.Output{
		Consensus: fixedRats(consensus), Incentive: fixedRats(incentive), Quality: quality,
		Trust: fixedRats(trust), Dividends: fixedRats(normRats(dividends)),
	}
	out.Bonds.Values = bonds
	return out
}

// rationalBonds are a column's bonds: as shares of the column, and as they are stored.
func rationalBonds(p yuma.Params, power, seen, old []rat, consensus rat, missing func(i int) bool) ([]rat, []uint16) {
	n := len(power)
	one, moved := whole64(1), make([]rat, n)
	fixedAlpha := minus(one, exact(p.BondsMovingAverage))
	if p.Rule == yuma.YUMA2 {
		added := make([]rat, n)
		for i := range n {
			added[i] = times(seen[i], power[i])
		}
		added, old = normRats(added), normRats(old)
		for i := range n {
			moved[i] = plus(times(fixedAlpha, added[i]), times(exact(p.BondsMovingAverage), old[i]))
		}
		moved = normRats(moved)
		most := new(big.Rat)
		for _, b := range moved {
			if b.Cmp(most) > 0 {
				most = b
			}
		}
		relative := make([]rat, n)
		for i := range n {
			relative[i] = per(moved[i], most)
		}
		return moved, sixteens(relative)
	}
	for i := range n {
		b, alpha := per(old[i], whole64(65535)), fixedAlpha
		if p.LiquidAlpha.Enabled {
			distance := minus(seen[i], consensus)
			if seen[i].Cmp(b) < 0 {
				distance = minus(b, seen[i])
			}
			if distance.Sign() < 0 {
				distance = new(big.Rat)
			}
			alpha = alphaAt(p.LiquidAlpha, lesser(distance, one))
		}
		moved[i] = lesser(one, plus(times(minus(one, alpha), b), times(alpha, seen[i])))
		if p.LiquidAlpha.Enabled && p.DropMissingBonds && missing(i) {
			moved[i] = new(big.Rat)
		}
	}
	return normRats(moved), sixteens(moved)
}

// sixteens writes numbers of [0, 1] in 16 bits, rounded down.
func sixteens(v []rat) []uint16 {
	out := make([]uint16, len(v))
	for i, x := range v {
		scaled := product(x, whole64(65535))
		out[i] = uint16(new(big.Int).Quo(scaled.Num(), scaled.Denom()).Int64())
	}
	return out
}

// fixedRats are multiples of 2^-32 as such.
func fixedRats(v []rat) []fixed.Q32 {
	out := make([]fixed.Q32, len(v))
	for i, x := range v {
		out[i] = fixed.Q32(wholePart(x, (*big.Int).Quo).Num().Int64())
	}
	return out
}
