// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/innovation"
)

// rationalSquare is the square of the innovation from the sums as they are, in fractions, and its sign:
// each public vector is made orthogonal to the ones before it, skipped when too short, and
// projected out of both.
func rationalSquare(p innovation.Predictors, s innovation.Products) (square *big.Rat, sign int) {
	scaled := func(n int64, bits uint) *big.Rat {
		return new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Lsh(big.NewInt(1), bits))
	}
	// gram holds the products of u0, u1, u2, a and b; projecting on u_k is a step of elimination.
	var gram [5][5]*big.Rat
	at := 0
	for i := range 3 {
		for k := i; k < 3; k++ {
			gram[i][k] = scaled(p[at], 52)
			at++
		}
		gram[i][3], gram[i][4] = scaled(s.Own[i], 54), scaled(s.Others[i], 54)
	}
	gram[3][3], gram[3][4], gram[4][4] = scaled(s.OwnOwn, 56), scaled(s.OwnOthers, 56), scaled(s.OthersOthers, 56)
	for pivot := range 3 {
		d := gram[pivot][pivot]
		if d.Cmp(big.NewRat(1, 1_000_000_000_000)) < 0 {
			continue
		}
		for i := pivot + 1; i < 5; i++ {
			for k := i; k < 5; k++ {
				take := new(big.Rat).Mul(gram[pivot][i], gram[pivot][k])
				gram[i][k] = new(big.Rat).Sub(gram[i][k], take.Quo(take, d))
			}
		}
	}
	a, b, ab := gram[3][3], gram[4][4], gram[3][4]
	if a.Cmp(big.NewRat(1, 100_000)) < 0 || b.Cmp(big.NewRat(1, 1_000_000_000)) < 0 {
		return new(big.Rat), 0
	}
	square = new(big.Rat).Mul(ab, ab)
	longer := a
	if a.Cmp(b) < 0 {
		longer = b
	}
	return square.Quo(square, new(big.Rat).Mul(longer, b)), ab.Sign()
}

// sums are the products of five short vectors of whole numbers.
func sums(u, v, w, a, b []int64) (p innovation.Predictors, s innovation.Products) {
	product := func(x, y []int64) (sum int64) {
		for j := range x {
			sum += x[j] * y[j]
		}
		return sum
	}
	p = innovation.Predictors{product(u, u), product(u, v), product(u, w), product(v, v), product(v, w), product(w, w)}
	for k, by := range [][]int64{u, v, w} {
		s.Own[k], s.Others[k] = product(a, by), product(b, by)
	}
	s.OwnOwn, s.OwnOthers, s.OthersOthers = product(a, a), product(a, b), product(b, b)
	return p, s
}

func TestTheProjectionIsThatOfFractions(t *testing.T) {
	compared, leaning := 0, 0
	for seed := range uint64(3_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(12)
		vector := func(bits int) []int64 {
			size := int64(1) << (1 + bits/2 + r.IntN(bits-bits/2))
			v := make([]int64, n)
			for j := range v {
				v[j] = r.Int64N(2*size+1) - size
			}
			return v
		}
		u, v, w, a, b := vector(25), vector(28), vector(28), vector(27), vector(27)
		// Vectors that are nearly along another one are the hard ones.
		lean := func(x, y []int64, shift int) {
			if r.IntN(3) == 0 {
				leaning++
				for j := range x {
					x[j] = y[j]>>max(-shift, 0)<<max(shift, 0) + x[j]>>16
				}
			}
		}
		lean(v, u, 2)
		lean(w, v, 0)
		lean(a, u, 1)
		lean(b, a, 0)
		lean(b, w, -2)
		p, s := sums(u, v, w, a, b)
		want, sign := rationalSquare(p, s)
		square, _ := want.Float64()
		require.InDelta(t, float64(sign)*math.Sqrt(square), number(innovation.Innovation(p, s)), 5e-10, "seed %d", seed)
		if sign != 0 {
			compared++
		}
	}
	require.Greater(t, compared, 500)
	require.Greater(t, leaning, 500)
}

// What cannot be the sums of products of vectors comes to a number of [-1, 1] all the same.
func FuzzAnySumsComeToACosine(f *testing.F) {
	f.Add(int64(1)<<52, int64(0), int64(0), int64(1)<<52, int64(0), int64(1)<<52, int64(5), int64(-1), int64(1)<<56, int64(1)<<56, int64(1)<<56)
	f.Add(int64(math.MinInt64), int64(math.MaxInt64), int64(-1), int64(math.MinInt64), int64(1), int64(math.MaxInt64), int64(math.MinInt64), int64(7), int64(math.MaxInt64), int64(math.MinInt64), int64(math.MaxInt64))
	f.Fuzz(func(t *testing.T, p0, p1, p2, p3, p4, p5, own, others, aa, ab, bb int64) {
		x := number(innovation.Innovation(
			innovation.Predictors{p0, p1, p2, p3, p4, p5},
			innovation.Products{Own: [3]int64{own, others, own}, Others: [3]int64{others, own, others}, OwnOwn: aa, OwnOthers: ab, OthersOthers: bb},
		))
		require.LessOrEqual(t, math.Abs(x), 1.0)
	})
}
