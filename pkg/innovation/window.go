// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"math/bits"
	"slices"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

const (
	// fewest is the number of weights up to which a window is sorted at once.
	fewest = 24
	// bucketBits is how many bits of the range of weights one step of narrowing tells apart.
	bucketBits = 7
)

// window finds the medians of a column that all were assigned.
//
// All sums that matter are passed between the smallest threshold and the largest one. The range of
// weights is cut into equal buckets that add up their power, and what is left of the column is the buckets
// in which the thresholds are passed, until that is few weights, or no fewer than before and each end is
// sought on its own; these are sorted.
// Whose weight lies below all that is left stands before the median, and takes the first weight at
// which the sum passes minority + power; whose weight lies above stands behind, and takes the first at which
// it passes minority. With more power the one threshold is higher and the other lower, so that a single
// walk along the sums, from both ends, finds them for everybody.
func (c *column) window(e *electorate) {
	n := len(c.weights)
	c.medians = scratch.Sized(c.medians, n)
	left, sum := c.narrow(e)
	if len(left) == 0 {
		clear(c.medians)
		return
	}
	if len(left) <= fewest {
		insertionSort(left)
	} else {
		slices.Sort(left)
	}
	c.sums = c.sums[:0]
	for _, ballot := range left {
		sum += e.votes[ballot&(1<<placeBits-1)]
		c.sums = append(c.sums, sum)
	}
	c.walk(e, left)
	if left[0]>>placeBits == left[len(left)-1]>>placeBits {
		return
	}
	for at, ballot := range left {
		i := ballot & (1<<placeBits - 1)
		k := c.first(e.below[i])
		if k >= at {
			k = c.first(e.above[i])
		}
		c.medians[i] = uint32(left[k] >> placeBits)
	}
}

// walk gives everybody the median that it has if its weight is not among those left.
func (c *column) walk(e *electorate, left []uint64) {
	first, sums := uint32(left[0]>>placeBits), c.sums
	under, over := 0, c.first(e.below[0])
	low, high := uint32(left[under]>>placeBits), uint32(left[over]>>placeBits)
	medians, below, above := c.medians, e.below[:len(c.medians)], e.above[:len(c.medians)]
	for k, w := range c.weights[:len(medians)] {
		for sums[under] <= above[k] {
			under++
			low = uint32(left[under] >> placeBits)
		}
		for over > 0 && sums[over-1] > below[k] {
			over--
			high = uint32(left[over] >> placeBits)
		}
		median := high
		if w < first {
			median = low
		}
		medians[k] = median
	}
}

// narrow keeps of the voters those with weights around which the sum of power passes the smallest and the
// largest threshold, and returns the power of those that lie below.
func (c *column) narrow(e *electorate) (left []uint64, below uint64) {
	left = scratch.Sized(c.ballots, len(c.weights))[:0]
	for k, w := range c.weights {
		if e.votes[k] > 0 {
			left = append(left, uint64(w)<<placeBits|uint64(k))
		}
	}
	c.ballots = left
	if len(left) == 0 {
		return nil, 0
	}
	least, most := e.below[len(e.below)-1], e.above[len(e.above)-1]
	for len(left) > fewest {
		lo, hi := bounds(left)
		if lo == hi {
			break
		}
		shift := max(bits.Len64(hi-lo)-bucketBits, 0) & 63
		last := (hi - lo) >> shift
		buckets := c.buckets[:last+1]
		clear(buckets)
		for _, ballot := range left {
			buckets[(ballot>>placeBits-lo)>>shift] += e.votes[ballot&(1<<placeBits-1)]
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
		for _, ballot := range left {
			if bucket := (ballot>>placeBits - lo) >> shift; bucket-from <= to-from {
				kept = append(kept, ballot)
			}
		}
		if len(kept) == len(left) {
			return c.cut(e, left, below, least, most)
		}
		left = kept
	}
	return left, below
}

// cut keeps of ballots those from the weight at which the sum of power passes least to the one at which it
// passes most, and returns the power of those that lie below. narrow comes to it where both are
// far apart with most of the ballots close to one of them.
func (c *column) cut(e *electorate, ballots []uint64, below, least, most uint64) ([]uint64, uint64) {
	first, under := c.reach(e, ballots, below, least)
	last, _ := c.reach(e, ballots, below, most)
	kept := ballots[:0]
	for _, ballot := range ballots {
		if w := ballot >> placeBits; w-first <= last-first {
			kept = append(kept, ballot)
		}
	}
	return kept, under
}

// reach is the weight at which the sum of power passes a threshold, and the power of those that lie below. Each
// step leaves a bucket, and there are two at least that are not empty.
func (c *column) reach(e *electorate, ballots []uint64, below, threshold uint64) (weight, under uint64) {
	c.scratch = append(c.scratch[:0], ballots...)
	left := c.scratch
	for {
		lo, hi := bounds(left)
		if lo == hi {
			return lo, below
		}
		shift := max(bits.Len64(hi-lo)-bucketBits, 0) & 63
		buckets := c.buckets[:(hi-lo)>>shift+1]
		clear(buckets)
		for _, ballot := range left {
			buckets[(ballot>>placeBits-lo)>>shift] += e.votes[ballot&(1<<placeBits-1)]
		}
		at := uint64(0)
		for ; below+buckets[at] <= threshold; at++ {
			below += buckets[at]
		}
		kept := left[:0]
		for _, ballot := range left {
			if (ballot>>placeBits-lo)>>shift == at {
				kept = append(kept, ballot)
			}
		}
		left = kept
	}
}

func insertionSort(ballots []uint64) {
	for n, ballot := range ballots {
		at := n
		for ; at > 0 && ballots[at-1] > ballot; at-- {
			ballots[at] = ballots[at-1]
		}
		ballots[at] = ballot
	}
}

// bounds are the smallest and the largest weight.
func bounds(entries []uint64) (lo, hi uint64) {
	lo, hi = entries[0], entries[0]
	for _, entry := range entries {
		lo, hi = min(lo, entry), max(hi, entry)
	}
	return lo >> placeBits, hi >> placeBits
}
