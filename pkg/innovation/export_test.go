// SPDX-License-Identifier: Apache-2.0

package innovation

import "github.com/weal-network/weal/pkg/fixed"

// MediansOfOthers are the medians of a column of weights by validator, for each member by its index.
func MediansOfOthers(kappa fixed.Q32, power []uint64, weights []uint32, assigned []uint64) map[int]uint32 {
	var e electorate
	var c column
	e.elect(kappa, power, nil)
	ordered := make([]uint32, len(weights))
	for k, i := range e.order {
		ordered[k] = weights[i]
	}
	c.set(&e, ordered, assigned)
	medians := map[int]uint32{}
	for k, i := range c.members {
		medians[int(i)] = c.medians[k]
	}
	return medians
}

// Innovation is that of one validator from its sums.
func Innovation(p Predictors, s Products) fixed.Q32 {
	b := newBasis(p)
	return b.innovation(&s)
}

// Weight is a score over the sum of its row.
func Weight(score uint16, sum uint64) uint32 { return newDivisor(sum).weight(score) }
