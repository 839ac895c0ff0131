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
// by contribution, and the sum over all of the epoch's. published is how often each was published
// before, 0 of what is new. Nothing moves when the sum is 0. A void epoch publishes nothing: it is
// not to be called.
//
// Until it has been published as often as its rate is a part of 1, an average is the plain mean of
// what was published: NewShare leaves no trace. With a trace the averages of a few young
// contributions, far from what they are, would outweigh all others in the span of the public, and
// who bets that the last epoch's chance comes back would be paid for it.
func (p Params) Publish(public Public, published []uint32, consensus []fixed.Q32, sum fixed.Q32) {
	if sum <= 0 {
		return
	}
	for j, c := range consensus {
		share, mean := c.Div(sum), fixed.One/(fixed.Q32(published[j])+1)
		public.Last[j] = share
		public.Fast[j] = towards(public.Fast[j], share, max(p.Fast, mean))
		public.Slow[j] = towards(public.Slow[j], share, max(p.Slow, mean))
	}
}

// towards is from + rate (to - from), the product floored.
func towards(from, to, rate fixed.Q32) fixed.Q32 { return from.Add(rate.Mul(to.Sub(from))) }
