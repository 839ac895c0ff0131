// SPDX-License-Identifier: Apache-2.0

package yuma

import "github.com/weal-network/weal/pkg/fixed"

// absoluteBonds is rule YUMA3: a bond is a number of [0, 1] that moves towards its
// validator's weight; dividends follow a validator's part of the bonds in what
// earned, times its power.
func (e *Engine) absoluteBonds(p Params, in Input) {
	for i := range e.rows {
		weights, bonds := row(e, e.weights, i), row(e, e.bonds, i)
		for j, w := range weights {
			cell := i*e.cols + j
			if p.drops(in.Scores[cell]) {
				continue
			}
			weight, bond := e.forBonds(p, w, j), fixed.FromU16(in.bond(cell))
			bonds[j] = follow(p.alpha(weight, bond, e.out.Consensus[j]), weight, bond)
		}
	}
	for cell, b := range e.bonds {
		e.out.Bonds[cell] = b.ToU16()
	}
	e.normaliseColumns()
	e.collectDividends()
	for i, d := range e.out.Dividends {
		e.out.Dividends[i] = d.Mul(e.power[i])
	}
	fixed.NormInPlace(e.out.Dividends)
}

// relativeBonds is rule YUMA2: each column's bonds are shares of it that move
// towards the shares of the epoch's weights times power; dividends follow them.
func (e *Engine) relativeBonds(p Params, in Input) {
	for i := range e.rows {
		weights, bonds := row(e, e.weights, i), row(e, e.bonds, i)
		for j, w := range weights {
			bonds[j] = e.forBonds(p, w, j).Mul(e.power[i])
		}
	}
	e.normaliseColumns()
	e.mixStored(p, in)
	e.normaliseColumns()
	e.collectDividends()
	fixed.NormInPlace(e.out.Dividends)
	e.storeRelativeBonds()
}

// mixStored moves the stored bonds, as shares of their columns, towards e.bonds.
func (e *Engine) mixStored(p Params, in Input) {
	for j := range e.cols {
		var sum uint64
		for i := range e.rows {
			sum += uint64(in.bond(i*e.cols + j))
		}
		for i := range e.rows {
			cell := i*e.cols + j
			stored := fixed.FromRatio(uint64(in.bond(cell)), sum)
			e.bonds[cell] = follow(fixed.One-p.BondsMovingAverage, e.bonds[cell], stored)
		}
	}
}

// normaliseColumns makes each column of bonds add up to 1, or leaves it at 0.
func (e *Engine) normaliseColumns() {
	clear(e.sums)
	for i := range e.rows {
		for j, b := range row(e, e.bonds, i) {
			e.sums[j] += b
		}
	}
	for i := range e.rows {
		bonds := row(e, e.bonds, i)
		for j, b := range bonds {
			bonds[j] = b.Div(e.sums[j])
		}
	}
}

// collectDividends sums each validator's shares in what earned.
func (e *Engine) collectDividends() {
	for i := range e.rows {
		for j, b := range row(e, e.bonds, i) {
			e.out.Dividends[i] += b.Mul(e.out.Incentive[j])
		}
	}
}

// storeRelativeBonds writes bonds as parts of the largest of their column.
func (e *Engine) storeRelativeBonds() {
	clear(e.sums)
	for i := range e.rows {
		for j, b := range row(e, e.bonds, i) {
			e.sums[j] = max(e.sums[j], b)
		}
	}
	for i := range e.rows {
		bonds, stored := row(e, e.bonds, i), row(e, e.out.Bonds, i)
		for j, b := range bonds {
			stored[j] = b.Div(e.sums[j]).ToU16()
		}
	}
}
