// SPDX-License-Identifier: Apache-2.0

// Package concentration measures how much of a whole few hold, in integers.
package concentration

import (
	"math/big"
	"slices"
)

// One is the number 1 in figures that are parts of a million.
const One = 1_000_000

// Figures say how concentrated some amounts are.
type Figures struct {
	// Holders is how many amounts are above 0.
	Holders uint64
	// Total is the sum of the amounts.
	Total *big.Int
	// GiniPpm is the Gini coefficient of the holders in parts of a million: 0 if all
	// hold the same, close to One if one holds all of many.
	GiniPpm uint64
	// HerfindahlPpm is the sum of the squares of the shares in parts of a million: One
	// if one holds all, One divided by their number if all hold the same.
	HerfindahlPpm uint64
	// NakamotoThird is the least number of holders with more than a third together,
	// who can stop what needs two thirds.
	NakamotoThird uint64
	// NakamotoHalf is the least number of holders with more than a half together.
	NakamotoHalf uint64
}

// Measure measures amounts of one unit, in any order. Amounts of 0 hold nothing and count
// for nobody. Fractions are floored; of nothing all figures are 0. It takes n log n steps.
func Measure(amounts []uint64) Figures {
	rising := slices.DeleteFunc(slices.Clone(amounts), func(a uint64) bool { return a == 0 })
	slices.Sort(rising)
	f := Figures{Holders: uint64(len(rising)), Total: sum(rising)}
	if f.Holders == 0 {
		return f
	}
	f.GiniPpm = gini(rising, f.Total)
	f.HerfindahlPpm = herfindahl(rising, f.Total)
	f.NakamotoThird = beyond(rising, f.Total, 3)
	f.NakamotoHalf = beyond(rising, f.Total, 2)
	return f
}

func sum(amounts []uint64) *big.Int {
	total, a := new(big.Int), new(big.Int)
	for _, amount := range amounts {
		total.Add(total, a.SetUint64(amount))
	}
	return total
}

// gini is the sum of (2 i - n - 1) x_i over n times the total, x rising and i from 1: half
// the mean difference between two holders, as a part of the mean (Sen 1973, p. 31).
func gini(rising []uint64, total *big.Int) uint64 {
	n := int64(len(rising))
	num, term := new(big.Int), new(big.Int)
	for i, amount := range rising {
		term.SetUint64(amount)
		num.Add(num, term.Mul(term, big.NewInt(2*int64(i)+1-n)))
	}
	return ppm(num, term.Mul(total, big.NewInt(n)))
}

// herfindahl is the sum of squares over the square of the total.
func herfindahl(rising []uint64, total *big.Int) uint64 {
	num, term := new(big.Int), new(big.Int)
	for _, amount := range rising {
		term.SetUint64(amount)
		num.Add(num, term.Mul(term, term))
	}
	return ppm(num, term.Mul(total, total))
}

// beyond is how many of the largest it takes to hold more than total / parts.
func beyond(rising []uint64, total *big.Int, parts int64) uint64 {
	held, term := new(big.Int), new(big.Int)
	for taken := range rising {
		held.Add(held, term.SetUint64(rising[len(rising)-1-taken]))
		if term.Mul(held, big.NewInt(parts)).Cmp(total) > 0 {
			return uint64(taken) + 1 //nolint:gosec // not negative
		}
	}
	return uint64(len(rising))
}

func ppm(num, den *big.Int) uint64 {
	num.Mul(num, big.NewInt(One))
	return num.Quo(num, den).Uint64()
}
