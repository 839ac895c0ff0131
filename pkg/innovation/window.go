// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"math/bits"
	"slices"
)

const (
	// fewest is the number of weights up to which a window is sorted at once.
	fewest = 24
	// bucketBits is how many bits of the range of weights one step of narrowing tells apart.
	bucketBits = 7
)

// window finds the medians of a column that all were assigned.
//
// All sums that matter are passed between the smallest threshold and the largest one. The range of weights
// is cut into equal buckets that add up their power, and what is left of the column is the buckets in which
// the thresholds are passed, until that is few weights or no fewer than before; these are sorted. Whose
// weight lies below all that is left stands before its median without itself, whose weight lies above,
// behind it: the one takes the first weight at which the sum passes minority + power, the other
// the first at which it passes minority. Both thresholds rise in an order that is known, so that
// one walk along the sums finds them for everybody.
func (c *column) window(e *electorate) {
	n := len(c.weights)
	c.medians = sized(c.medians, n)
	if n == 0 {
		return
	}
	c.order = c.order[:0]
	for i, w := range c.weights {
		if e.power[i] > 0 {
			c.order = append(c.order, uint64(w)<<placeBits|uint64(i))
		}
	}
	left, sum := c.narrow(e, e.below[0].power, e.above[n-1].power)
	slices.Sort(left)
	c.sums = c.sums[:0]
	for _, entry := range left {
		sum += e.power[entry&(1<<placeBits-1)]
		c.sums = append(c.sums, sum)
	}
	if len(left) == 0 {
		clear(c.medians)
		return
	}
	first, last := uint32(left[0]>>placeBits), uint32(left[len(left)-1]>>placeBits)
	c.walk(e.below, left, first, ^uint32(0))
	if first > 0 {
		c.walk(e.above, left, 0, first-1)
	}
	if first == last {
		return
	}
	for at, entry := range left {
		i := entry & (1<<placeBits - 1)
		k := c.first(e.minorities[i])
		if k >= at {
			k = c.first(e.minorities[i] + e.power[i])
		}
		c.medians[i] = uint32(left[k] >> placeBits)
	}
}

// walk gives each validator with a weight of [from, to] the first weight at which the sums pass its
// threshold.
func (c *column) walk(thresholds []threshold, left []uint64, from, to uint32) {
	k, median := 0, uint32(left[0]>>placeBits)
	for _, t := range thresholds {
		for c.sums[k] <= t.power {
			k++
			median = uint32(left[k] >> placeBits)
		}
		if w := c.weights[t.validator]; w-from <= to-from {
			c.medians[t.validator] = median
		}
	}
}

// narrow keeps of the voters those with weights around which the sum of power passes least and most,
// and returns the power of those that lie below.
func (c *column) narrow(e *electorate, least, most uint64) (left []uint64, below uint64) {
	left = c.order
	for len(left) > fewest {
		lo, hi := bounds(left)
		if lo == hi {
			break
		}
		shift := max(bits.Len64(hi-lo)-bucketBits, 0)
		last := (hi - lo) >> shift
		buckets := c.buckets[:last+1]
		clear(buckets)
		for _, entry := range left {
			buckets[(entry>>placeBits-lo)>>shift] += e.power[entry&(1<<placeBits-1)]
		}
		from := uint64(0)
		for ; below+buckets[from] <= least; from++ {
			below += buckets[from]
		}
		to, sum := from, below+buckets[from]
		for ; sum <= most; to++ {
			sum += buckets[to+1]
		}
		kept := left[:0]
		for _, entry := range left {
			if bucket := (entry>>placeBits - lo) >> shift; bucket-from <= to-from {
				kept = append(kept, entry)
			}
		}
		if len(kept) == len(left) {
			break
		}
		left = kept
	}
	return left, below
}

// bounds are the smallest and the largest weight.
func bounds(entries []uint64) (lo, hi uint64) {
	lo, hi = entries[0], entries[0]
	for _, entry := range entries {
		lo, hi = min(lo, entry), max(hi, entry)
	}
	return lo >> placeBits, hi >> placeBits
}
