// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"math/bits"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

// The weighted median of a column is the smallest of its values at which more than minority of
// the votes lies at or below it, the largest if there is none such, and 0 without votes. That
// is the one value at which the published search by pivots ends, whichever pivots it takes:
// the largest value that power of at least kappa supports.
//
// It is found by radix selection: the range of the values that are left is cut into buckets of
// equal width, each bucket adds up its votes, and the search goes on in the bucket in which
// the minority is passed. Values that are spread like measurements of one thing take one round
// and a few comparisons. Whatever validators choose, a round leaves a bucket, and a bucket is
// at most 2/buckets of the range, so that 32 bits are resolved in a handful of rounds.

const (
	// fewest is the number of values from which on they are counted rather than sorted.
	fewest = 12
	// maxBucketBits is how many bits of the range one round resolves at most: with more
	// buckets than values most of the time would go into looking through empty ones.
	maxBucketBits = 8
)

// search is the memory of a search for a median.
type search[V uint16 | uint32] struct {
	kernels kernels[V]
	values  []V
	votes   []uint64
	mask    []byte
	buckets [1 << maxBucketBits]uint64
}

// median is that of values by votes, which it leaves as they are; below is the votes of values
// that lie under all of them.
func (s *search[V]) median(values []V, votes []uint64, below, minority int64) V {
	for len(values) > fewest {
		lo, hi := s.kernels.bounds(values)
		if lo == hi {
			return lo
		}
		width := min(maxBucketBits, bits.Len(uint(len(values)))-1)
		shift := max(bits.Len32(uint32(hi-lo))-width, 0) & 31
		last := int((hi - lo) >> shift)
		s.count(values, votes, lo, shift, last)
		bucket := 0
		for ; bucket < last && below+int64(s.buckets[bucket]) <= minority; bucket++ {
			below += int64(s.buckets[bucket])
		}
		lo += V(bucket) << shift
		if shift == 0 {
			return lo
		}
		values, votes = s.keep(values, votes, lo, 1<<shift-1)
	}
	return s.settle(values, votes, below, minority)
}

// count adds each value's votes to its bucket.
func (s *search[V]) count(values []V, votes []uint64, lo V, shift, last int) {
	clear(s.buckets[:last+1])
	votes = votes[:len(values)]
	for i, v := range values {
		s.buckets[uint8((v-lo)>>(shift&31))] += votes[i]
	}
}

// keep copies the values of [lo, lo+span] and their votes.
func (s *search[V]) keep(values []V, votes []uint64, lo, span V) ([]V, []uint64) {
	s.values, s.votes, s.mask = scratch.Sized(s.values, len(values)), scratch.Sized(s.votes, len(values)), scratch.Sized(s.mask, (len(values)+7)/8)
	s.kernels.within(s.mask, values, lo, span)
	kept := 0
	for at, marks := range s.mask {
		for ; marks != 0; marks &= marks - 1 {
			i := 8*at + bits.TrailingZeros8(marks)
			s.values[kept], s.votes[kept] = values[i], votes[i]
			kept++
		}
	}
	return s.values[:kept], s.votes[:kept]
}

// settle is the median of a few values: they are sorted by insertion and counted up.
func (s *search[V]) settle(values []V, votes []uint64, below, minority int64) V {
	var sorted [fewest]V
	var counts [fewest]uint64
	for n, v := range values {
		at := n
		for ; at > 0 && sorted[at-1] > v; at-- {
			sorted[at], counts[at] = sorted[at-1], counts[at-1]
		}
		sorted[at], counts[at] = v, votes[n]
	}
	var found V
	for n := range values {
		found = sorted[n]
		if below += int64(counts[n]); below > minority {
			break
		}
	}
	return found
}
