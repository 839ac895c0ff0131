// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"hash/fnv"
	"math"
	"math/rand/v2"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// choices are the bytes that an epoch is made from, so that a fuzzer finds its way; when they
// are used up, numbers that follow from them take their place.
type choices struct {
	bytes []byte
	rest  *rand.Rand
}

func choicesOf(bytes []byte) *choices {
	h := fnv.New64a()
	h.Write(bytes)
	return &choices{bytes, rand.New(rand.NewPCG(h.Sum64(), uint64(len(bytes))))}
}

// below is a number under n.
func (c *choices) below(n uint64) uint64 {
	if len(c.bytes) == 0 {
		return c.rest.Uint64N(n)
	}
	var x uint64
	for left := n - 1; left > 0 && len(c.bytes) > 0; left >>= 8 {
		x, c.bytes = x<<8|uint64(c.bytes[0]), c.bytes[1:]
	}
	return x % n
}

func (c *choices) n(n int) int { return int(c.below(uint64(n))) }

func (c *choices) flip() bool { return c.below(2) == 1 }

func (c *choices) score() uint16 { return uint16(c.below(1 << 16)) }

func one[T any](c *choices, of ...T) T { return of[c.n(len(of))] }

// fraction is a number of [0, 1], often at an end.
func (c *choices) fraction() fixed.Q32 {
	return one(c, 0, 1, fixed.Half, fixed.One-1, fixed.One, fixed.FromBasisPoints(9_000), fixed.FromU16(32767),
		fixed.Q32(c.below(uint64(fixed.One)+1)))
}

func (c *choices) params() yuma.Params {
	p := yuma.Params{
		Rule: one(c, yuma.YUMA3, yuma.YUMA2), Kappa: c.fraction(), BondPenalty: c.fraction(),
		BondsMovingAverage: c.fraction(), DropMissingBonds: c.flip(),
	}
	if p.Rule == yuma.YUMA3 && c.flip() {
		a, b := c.fraction(), c.fraction()
		if c.n(4) == 0 {
			b = a
		}
		p.LiquidAlpha = yuma.LiquidAlpha{
			Enabled: true, Lo: min(a, b), Hi: max(a, b),
			Steepness: one(c, 1000, 0, 1, 100, math.MaxUint32, uint32(c.below(6_000))),
		}
	}
	p.ScoreRule = one(c, yuma.ClippedSum, yuma.Median)
	return p
}

// input is an epoch of up to so many validators and contributions, dense, as a cabal, a
// giant or a careless operator might make one.
func (c *choices) input(validators, contributions int) yuma.Input {
	n, m := min(one(c, 3, 0, 1, 2, 7, 12, 13, 14, 33, c.n(validators+1)), validators), min(c.size(), contributions)
	in := yuma.Input{Validators: n, Contributions: m, Power: c.power(n), Scores: yuma.Matrix{Values: make([]uint16, n*m)}}
	if c.n(3) == 0 {
		in.Active = make([]bool, n)
		for i := range in.Active {
			in.Active[i] = c.n(4) > 0
		}
	}
	truth := make([]uint16, m)
	for j := range truth {
		truth[j] = c.score()
	}
	alike := one(c, -1, -1, -1, c.n(9)) // all rows of one kind, or each of its own
	for i := range n {
		c.row(in.Scores.Values[i*m:(i+1)*m], truth, alike)
	}
	if kind := c.n(6); kind > 0 {
		in.Bonds.Values = make([]uint16, n*m)
		for j := range m {
			c.bonds(in.Bonds.Values, n, m, j, kind)
		}
	}
	return in
}

func (c *choices) size() int { return one(c, 2, 0, 1, 5, 31, 32, 33, 64, 65, c.n(301)) }

// power is equal, of one giant, of many whose share is floored to 0, or anything.
func (c *choices) power(n int) []uint64 {
	v, kind := make([]uint64, n), c.n(7)
	most := uint64(math.MaxUint64)
	if n > 0 {
		most /= uint64(n)
	}
	for i := range v {
		switch kind {
		case 0:
			v[i] = 1
		case 1:
			v[i] = c.below(4)
		case 2:
			v[i] = most
		case 3:
			v[i] = c.below(most)
		case 4: // one has nearly all, the others a share of about a grain
			v[i] = 1 + c.below(3)
		case 5:
			v[i] = c.below(2) * (1 + c.below(1_000))
		}
	}
	if n > 0 && kind >= 4 {
		v[c.n(n)] = one[uint64](c, 1<<32, 1<<33, 1<<62, 1<<31-1, 0)
	}
	return v
}

// row fills a validator's scores.
func (c *choices) row(row, truth []uint16, kind int) {
	if kind < 0 {
		kind = c.n(9)
	}
	low, high := c.score(), c.score()
	for j := range row {
		switch kind {
		case 0, 1: // nothing; a single score, below
		case 2:
			row[j] = 65535
		case 3:
			row[j] = low
		case 4:
			row[j] = one(c, low, high)
		case 5:
			row[j] = one(c, 0, 0, 0, 0, 0, 0, truth[j], c.score())
		case 6:
			row[j] = c.score()
		case 7: // a measurement
			row[j] = uint16(min(65535, int(truth[j])+c.n(64)))
		case 8:
			row[j] = one[uint16](c, 0, 1, 1, 65535)
		}
	}
	if kind == 1 && len(row) > 0 {
		row[c.n(len(row))] = max(low, 1)
	}
}

// bonds fills a column.
func (c *choices) bonds(v []uint16, n, m, j, kind int) {
	if kind == 5 {
		kind = c.n(5)
	}
	for i := range n {
		switch kind {
		case 1:
			v[i*m+j] = 65535
		case 2:
			v[i*m+j] = c.score()
		case 3:
			v[i*m+j] = one[uint16](c, 0, 0, 1, 65535)
		}
	}
	if kind == 4 && n > 0 {
		v[c.n(n)*m+j] = one(c, 65535, 1, c.score())
	}
}
