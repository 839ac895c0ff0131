// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/fixed"
)

const (
	// fewest is the number of ballots up to which they are sorted rather than cut into buckets.
	fewest = 12
	// bucketBits is how many bits of the range of values one step tells apart.
	bucketBits = 6
)

// column is the memory for a quantile over the power.
type column struct {
	ballots []ballot
	total   uint64
	buckets [1 << bucketBits]uint64
}

// ballot is a value and the power behind it, which is not 0.
type ballot struct {
	value int64
	power uint64
}

func (c *column) reset() { c.ballots, c.total = c.ballots[:0], 0 }

func (c *column) add(value int64, power uint64) {
	c.ballots = append(c.ballots, ballot{value, power})
	c.total += power
}

// supported is the largest value that at least kappa of the column's power supports, kappa being above 0;
// false without power. The ballots are used up.
//
// The range of values is cut into equal buckets that add up their power from above, and the search goes on in
// the one in which there is enough of it.
func (c *column) supported(kappa fixed.Q32) (int64, bool) {
	left, above, needed := c.ballots, uint64(0), portion(c.total, kappa)
	for len(left) > fewest {
		lo, hi := bounds(left)
		if lo == hi {
			return lo, true
		}
		shift := max(bits.Len64(uint64(hi-lo))-bucketBits, 0) & 63
		buckets := c.buckets[:uint64(hi-lo)>>shift+1]
		clear(buckets)
		for _, b := range left {
			buckets[uint64(b.value-lo)>>shift] += b.power
		}
		at := len(buckets) - 1
		for ; above+buckets[at] < needed; at-- {
			above += buckets[at]
		}
		kept := left[:0]
		for _, b := range left {
			if uint64(b.value-lo)>>shift == uint64(at) {
				kept = append(kept, b)
			}
		}
		left = kept
	}
	return fall(left, above, needed)
}

// fall is supported for a few ballots: they are sorted by insertion, the largest first, and counted.
func fall(left []ballot, support, needed uint64) (int64, bool) {
	for n, b := range left {
		at := n
		for ; at > 0 && left[at-1].value < b.value; at-- {
			left[at] = left[at-1]
		}
		left[at] = b
	}
	for _, b := range left {
		if support += b.power; support >= needed {
			return b.value, true
		}
	}
	return 0, false
}

func bounds(ballots []ballot) (lo, hi int64) {
	lo, hi = ballots[0].value, ballots[0].value
	for _, b := range ballots {
		lo, hi = min(lo, b.value), max(hi, b.value)
	}
	return lo, hi
}
