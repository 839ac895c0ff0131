// SPDX-License-Identifier: Apache-2.0

package main

import (
	"sort"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// The twin is the same algorithm, step by step, in the decimals that chains of this kind
// compute with: weights, medians of weights and of scores, clipping, trust, incentive, bonds and
// dividends. It sorts each column once for each of its two medians.

type dec = math.LegacyDec

func toDec(x fixed.Q32) dec {
	return math.LegacyNewDec(int64(x)).Quo(math.LegacyNewDec(int64(fixed.One)))
}

type twin struct {
	params             yuma.Params
	rows, columns      int
	power              []dec
	weights            [][]dec
	consensus, quality []dec
	incentive          []dec
	trust, dividends   []dec
	bonds              [][]dec
}

// twin computes the epoch in LegacyDec.
func (e *epoch) twin() *twin {
	t := &twin{params: e.params, rows: e.input.Validators, columns: e.input.Contributions}
	t.normalise(e.input)
	t.agree(e.input)
	t.clip()
	t.bond(e.input)
	return t
}

func zeros(n int) []dec {
	out := make([]dec, n)
	for i := range out {
		out[i] = math.LegacyZeroDec()
	}
	return out
}

func norm(values []dec) []dec {
	sum := math.LegacyZeroDec()
	for _, v := range values {
		sum = sum.Add(v)
	}
	if sum.IsZero() {
		return values
	}
	out := make([]dec, len(values))
	for i, v := range values {
		out[i] = v.Quo(sum)
	}
	return out
}

func (t *twin) normalise(in yuma.Input) {
	power := make([]dec, t.rows)
	for i, p := range in.Power {
		power[i] = math.LegacyNewDec(int64(p))
	}
	t.power = norm(power)
	for i := range t.rows {
		row := make([]dec, t.columns)
		for j := range row {
			row[j] = math.LegacyNewDec(int64(in.Scores.Values[i*t.columns+j]))
		}
		t.weights = append(t.weights, norm(row))
	}
}

// median is the largest value that power of at least kappa supports.
func (t *twin) median(values []dec) dec {
	order := make([]int, t.rows)
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool { return values[order[a]].LT(values[order[b]]) })
	minority := math.LegacyOneDec().Sub(toDec(t.params.Kappa))
	below := math.LegacyZeroDec()
	for _, i := range order {
		if below = below.Add(t.power[i]); below.GT(minority) {
			return values[i]
		}
	}
	return values[order[t.rows-1]]
}

func (t *twin) agree(in yuma.Input) {
	column := make([]dec, t.rows)
	for j := range t.columns {
		for i := range t.rows {
			column[i] = t.weights[i][j]
		}
		t.consensus = append(t.consensus, t.median(column))
		for i := range t.rows {
			column[i] = math.LegacyNewDec(int64(in.Scores.Values[i*t.columns+j]))
		}
		t.quality = append(t.quality, t.median(column))
	}
}

func (t *twin) clip() {
	rank := zeros(t.columns)
	t.trust = zeros(t.rows)
	for i := range t.rows {
		for j, w := range t.weights[i] {
			clipped := math.LegacyMinDec(w, t.consensus[j])
			t.trust[i] = t.trust[i].Add(clipped)
			rank[j] = rank[j].Add(t.power[i].Mul(clipped))
		}
	}
	t.incentive = norm(rank)
}

func (t *twin) seen(i, j int) dec {
	w := t.weights[i][j]
	clipped := math.LegacyMinDec(w, t.consensus[j])
	return w.Add(toDec(t.params.BondPenalty).Mul(clipped.Sub(w)))
}

func (t *twin) bond(in yuma.Input) {
	stay := toDec(t.params.BondsMovingAverage)
	alpha := math.LegacyOneDec().Sub(stay)
	t.bonds = make([][]dec, t.rows)
	for i := range t.bonds {
		t.bonds[i] = make([]dec, t.columns)
	}
	t.dividends = zeros(t.rows)
	added, kept := make([]dec, t.rows), make([]dec, t.rows)
	for j := range t.columns {
		for i := range t.rows {
			added[i] = t.seen(i, j)
			kept[i] = math.LegacyNewDec(int64(in.Bonds.Values[i*t.columns+j]))
			if t.params.Rule == yuma.YUMA2 {
				added[i] = added[i].Mul(t.power[i])
			} else {
				kept[i] = kept[i].Quo(math.LegacyNewDec(65535))
			}
		}
		if t.params.Rule == yuma.YUMA2 {
			t.relative(j, norm(added), norm(kept), alpha, stay)
		} else {
			t.absolute(j, added, kept, alpha)
		}
	}
	if t.params.Rule == yuma.YUMA3 {
		for i := range t.dividends {
			t.dividends[i] = t.dividends[i].Mul(t.power[i])
		}
	}
	t.dividends = norm(t.dividends)
}

func (t *twin) relative(j int, added, kept []dec, alpha, stay dec) {
	mixed := make([]dec, t.rows)
	for i := range mixed {
		mixed[i] = stay.Mul(kept[i]).Add(alpha.Mul(added[i]))
	}
	mixed = norm(mixed)
	most := math.LegacyZeroDec()
	for _, b := range mixed {
		most = math.LegacyMaxDec(most, b)
	}
	for i, b := range mixed {
		t.dividends[i] = t.dividends[i].Add(b.Mul(t.incentive[j]))
		if !most.IsZero() {
			b = b.Quo(most)
		}
		t.bonds[i][j] = b
	}
}

func (t *twin) absolute(j int, added, kept []dec, alpha dec) {
	mixed := make([]dec, t.rows)
	for i := range mixed {
		a := alpha
		if t.params.LiquidAlpha.Enabled {
			a = t.liquid(added[i], kept[i], t.consensus[j])
		}
		mixed[i] = math.LegacyOneDec().Sub(a).Mul(kept[i]).Add(a.Mul(added[i]))
		t.bonds[i][j] = mixed[i]
	}
	for i, b := range norm(mixed) {
		t.dividends[i] = t.dividends[i].Add(b.Mul(t.incentive[j]))
	}
}

func (t *twin) liquid(weight, bond, consensus dec) dec {
	distance := math.LegacyMaxDec(math.LegacyZeroDec(), weight.Sub(consensus))
	if weight.LT(bond) {
		distance = bond.Sub(weight)
	}
	steepness := math.LegacyNewDec(int64(t.params.LiquidAlpha.Steepness)).QuoInt64(100)
	x := steepness.Mul(math.LegacyNewDecWithPrec(5, 1).Sub(distance))
	rise := math.LegacyOneDec().Quo(math.LegacyOneDec().Add(exponential(x)))
	lo, hi := toDec(t.params.LiquidAlpha.Lo), toDec(t.params.LiquidAlpha.Hi)
	return lo.Add(rise.Mul(hi.Sub(lo)))
}

// exponential is the Taylor series that the engine computes.
func exponential(x dec) dec {
	size := x.Abs()
	sum, term := math.LegacyOneDec().Add(size), size
	for i := int64(2); i <= 31; i++ {
		term = term.Mul(size).QuoInt64(i)
		sum = sum.Add(term)
	}
	if x.IsNegative() {
		return math.LegacyOneDec().Quo(sum)
	}
	return sum
}
