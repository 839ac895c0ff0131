// SPDX-License-Identifier: Apache-2.0

package innovation

import "github.com/weal-network/weal/pkg/fixed"

// Public is what everybody knew of a tile's contributions before the epoch: shares of the
// published consensus, each of [0, 1], one number a contribution. Over an epoch each of the three adds
// up to at most 2: 1 of what was published, and 1 of contributions that are new.
type Public struct {
	// Last is the last published consensus over its sum.
	Last []fixed.Q32
	// Fast and Slow are its moving averages.
	Fast, Slow []fixed.Q32
}

// NewShare is what a contribution has in all three of Public when its first epoch, of that many
// contributions, begins. What left takes its numbers with it; the others keep theirs.
func NewShare(contributions int) fixed.Q32 { return fixed.FromRatio(1, uint64(max(contributions, 1))) }

// Publish moves a tile's numbers on, in place, when an epoch's consensus is public: its consensus
// by contribution, and the sum over all of the epoch's. Nothing moves when the sum is 0. A void
// epoch publishes nothing: it is not to be called.
func (p Params) Publish(public Public, consensus []fixed.Q32, sum fixed.Q32) {
	if sum <= 0 {
		return
	}
	for j, c := range consensus {
		share := c.Div(sum)
		public.Last[j] = share
		public.Fast[j] = towards(public.Fast[j], share, p.Fast)
		public.Slow[j] = towards(public.Slow[j], share, p.Slow)
	}
}

// towards is from + rate (to - from), the product floored.
func towards(from, to, rate fixed.Q32) fixed.Q32 { return from.Add(rate.Mul(to.Sub(from))) }
