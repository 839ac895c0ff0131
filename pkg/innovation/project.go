// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// basis takes the span of the public vectors out of products. With L the unit lower triangle and d
// the diagonal of Predictors = L d L', the vectors u_k less their projections on the ones before
// are orthogonal and have the squared norms d_k; the products y_k of a vector with them follow from
// those with u by y = v - (L - 1) y. Of a.b the projection takes off sum_k y_k(a) y_k(b) / d_k.
//
// Gram and Schmidt on the vectors would need a second pass to repair what rounding spoils. Here the
// sums are exact, and 128 bits are more than what the condition of three vectors that are longer
// than 10^-6 of 21 can cost: 2^90.
type basis struct {
	// lower is L: of 1 and 0, 2 and 0, 2 and 1.
	lower [3]wide
	// inverse is 1/d, or 0 for a vector of which nothing is left.
	inverse [3]wide
}

var (
	// shortest is the square of the smallest norm of a vector that is projected on: 10^-12.
	shortest = whole(1, 0).over(whole(1_000_000_000_000, 0))
	// leastOwn and leastOthers are the squares of the norms below which there is nothing to compare.
	leastOwn    = whole(1, 0).over(whole(100_000, 0))
	leastOthers = whole(1, 0).over(whole(1_000_000_000, 0))
)

const (
	predictorsExp = -2 * predictFrac
	mixedExp      = -predictFrac - compareFrac
	comparedExp   = -2 * compareFrac
)

func newBasis(predictors Predictors) (b basis) {
	var g [6]wide
	for k, product := range predictors {
		g[k] = whole(product, predictorsExp)
	}
	b.inverse[0] = inverse(g[0])
	b.lower[0] = g[1].times(b.inverse[0])
	b.lower[1] = g[2].times(b.inverse[0])
	b.inverse[1] = inverse(g[3].minus(b.lower[0].times(g[1])))
	mixed := g[4].minus(b.lower[0].times(g[2]))
	b.lower[2] = mixed.times(b.inverse[1])
	b.inverse[2] = inverse(g[5].minus(b.lower[1].times(g[2])).minus(b.lower[2].times(mixed)))
	return b
}

// inverse is 1/d, or 0 when d is too small to be told from nothing.
func inverse(d wide) wide {
	if d.below(shortest) {
		return wide{}
	}
	return whole(1, 0).over(d)
}

// on is the products of a vector with the orthogonal ones, from those with the public ones.
func (b *basis) on(products [3]int64) (y [3]wide) {
	for k, product := range products {
		y[k] = whole(product, mixedExp)
	}
	y[1] = y[1].minus(b.lower[0].times(y[0]))
	y[2] = y[2].minus(b.lower[1].times(y[0])).minus(b.lower[2].times(y[1]))
	return y
}

// left is what the projection leaves of a product of two vectors.
func (b *basis) left(product int64, y, z [3]wide) wide {
	left := whole(product, comparedExp)
	for k, inverse := range b.inverse {
		left = left.minus(y[k].times(z[k]).times(inverse))
	}
	return left
}

// innovation is the cosine of the angle between a and b less their projections, times |a|/|b| where a is
// the shorter.
func (b *basis) innovation(p *Products) fixed.Q32 {
	own, others := b.on(p.Own), b.on(p.Others)
	ownOwn, othersOthers := b.left(p.OwnOwn, own, own), b.left(p.OthersOthers, others, others)
	if ownOwn.below(leastOwn) || othersOthers.below(leastOthers) {
		return 0
	}
	longer := ownOwn
	if longer.below(othersOthers) {
		longer = othersOthers
	}
	return b.left(p.OwnOthers, own, others).perRoot(longer.times(othersOthers))
}

// Finish ends an epoch after its second pass: each validator's innovation, of [-1, 1], in the order
// of power; 0 where nothing was revealed, or where there is too little to compare. The slice belongs to
// the Engine.
func (e *Engine) Finish() []fixed.Q32 {
	e.result = scratch.Zeroed(e.result, len(e.power))
	b, last := newBasis(e.done.Predictors), Predictors{}
	for i := range e.result {
		if e.done.RowSums[i] == 0 {
			continue
		}
		products := &e.done.Products[i]
		if last != products.Predictors {
			last = products.Predictors
			sum := last
			sum.add(&e.done.Predictors)
			b = newBasis(sum)
		}
		e.result[i] = b.innovation(products)
	}
	return e.result
}
