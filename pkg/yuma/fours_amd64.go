// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// four is a number four times: what four cells of a column share.
type four [4]uint64

func spread(x uint64) four { return four{x, x, x, x} }

// fours are the numbers of a mix and its curve as the kernels of bonds take them.
type fours struct {
	consensus                      four
	penalty, ceiling, penaltyShift four
	stay, stayShift                four
	alpha, alphaShift              four

	steepness, steepnessPart four // whole, and 32 bits behind the point
	lo, span                 four
	// before is what lies before the first knot's places, last is the last place.
	before, last             four
	fraction, middle, lifted four

	// These are the same for all: 2^32 - 1, 65535, 1/2 and 1.
	full, word, half, one four

	knots *[knotCount]knot
	// seen are the weights that bonds see.
	seen []uint64
	// marks are cells that a kernel is not certain of: 4 a byte.
	marks []byte
}

func (f *fours) set(m *mix) {
	f.penalty, f.ceiling, f.penaltyShift = spread(m.penalty.f), spread(uint64(1)<<(m.penalty.shift&63)-1), spread(uint64(m.penalty.shift))
	f.stay, f.stayShift = spread(m.stay.f), spread(uint64(m.stay.shift))
	f.alpha, f.alphaShift = spread(m.alpha.f), spread(uint64(m.alpha.shift))
	c := &m.curve
	f.steepness, f.steepnessPart = spread(uint64(c.steepness)>>fracBits), spread(uint64(c.steepness)&(one-1))
	f.lo, f.span = spread(uint64(c.lo)), spread(uint64(c.span))
	f.before, f.last = spread(firstKnot*knotSpacing-knotSpacing/2), spread(knotCount-2)
	f.fraction, f.middle, f.lifted = spread(knotSpacing-1), spread(knotSpacing/2), spread(lift<<liftBits)
	f.full, f.word, f.half, f.one = spread(one-1), spread(1<<16-1), spread(half), spread(one)
	f.knots = c.knots
}

// move is absolute for as many cells as the kernels can take. It returns how many, and the sum of
// their bonds.
func (f *fours) move(moving []uint64, c *cells, m *mix, consensus uint64) (done int, sum uint64) {
	done = len(c.weights) &^ 3
	if done == 0 || !vectors || m.beyond32() {
		return 0, 0
	}
	f.marks, f.seen = scratch.Sized(f.marks, done/4), scratch.Sized(f.seen, done)
	f.consensus = spread(min(consensus, one-1)) // no weight that is not marked is more
	kernel := absoluteAVX2
	if m.liquid {
		kernel = liquidAVX2
	}
	sum = kernel(&moving[0], &c.stored[0], &f.marks[0], &c.weights[0], &c.bonds[0], done, f)
	for at, marks := range f.marks {
		for ; marks != 0; marks &= marks - 1 {
			k := 4*at + bits.TrailingZeros8(marks)
			sum -= moving[k]
			sum += c.moveOne(moving, m, k, consensus)
		}
	}
	return done, sum
}

// beyond32 says that alpha may be 0 or 1, so that it or the rest of 1 is 33 bits long, or that bonds
// are dropped.
func (m *mix) beyond32() bool {
	return m.liquid && (m.drop || m.curve.lo == 0 || m.curve.lo+m.curve.span == fixed.One)
}
