// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// compareColumn adds one column to the products of its members.
func (e *Engine) compareColumn(p predictor) {
	c := &e.column
	e.block.ln = scratch.Sized(e.block.ln, len(c.medians))
	ln := e.block.ln
	c.logarithms(ln)
	for k, i := range c.members {
		products := &e.done.Products[i]
		a := p.surprise(lnShare(c.weights[k]), e.params.Clip)
		b := p.surprise(max(ln[k]-e.lnSum[i], lnLeast), e.params.Clip)
		products.add(a, b, &p)
		products.Predictors.add(&p.products)
	}
}

// compareBlock adds the columns of [from, to), which all were assigned, to the products of all: a
// validator after the other, so that its sums stay at hand.
func (e *Engine) compareBlock(public Public, from, to int) {
	b, clip := &e.block, e.params.Clip
	b.ln = scratch.Sized(b.ln, len(b.values))
	for j := from; j < to; j++ {
		lane := j - from
		e.column.set(&e.electorate, b.weights(lane), nil)
		e.column.logarithms(b.ln[lane*b.pitch : lane*b.pitch+b.validators])
		b.predictors[lane] = newPredictor(public, j)
		e.done.Predictors.add(&b.predictors[lane].products)
	}
	for k, i := range e.order {
		products, lnSum := e.done.Products[i], e.lnSum[i]
		at := k
		for lane := range to - from {
			p := &b.predictors[lane]
			products.add(p.surprise(lnShare(b.values[at]), clip), p.surprise(max(b.ln[at]-lnSum, lnLeast), clip), p)
			at += b.pitch
		}
		e.done.Products[i] = products
	}
}

// lnShare is the logarithm of a weight.
func lnShare(w uint32) fixed.Q32 { return fixed.Ln(fixed.Q32(max(weight(w), least))) }

// lnNothing stands for the logarithm of a median of 0: less than the least, whatever it is taken from.
const lnNothing = -1 << 40

// logarithms writes those of the medians. Most members have the same as the one before.
func (c *column) logarithms(into []fixed.Q32) {
	last, ln := uint32(0), fixed.Q32(lnNothing)
	for k, m := range c.medians {
		if m != last {
			if last, ln = m, lnNothing; m != 0 {
				ln = fixed.Ln(fixed.Q32(weight(m)))
			}
		}
		into[k] = ln
	}
}
