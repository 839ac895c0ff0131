// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
)

// MediansOfOthers are the medians of a column for each of its members.
func MediansOfOthers(kappa fixed.Q32, power []uint64, weights []uint32, assigned []uint64) []uint32 {
	var e electorate
	var c column
	e.elect(kappa, power, nil)
	c.set(&e, slices.Clone(weights), assigned)
	return slices.Clone(c.medians)
}
