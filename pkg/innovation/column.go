// SPDX-License-Identifier: Apache-2.0

package innovation

import (
	"math/bits"
	"slices"
	"sort"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

// column is one column at a time: what its members gave, and what the median of the others is for
// each of them.
//
// The median without i is the smallest weight w at which more than minority_i of the others' power
// lies at or below w. Let c be the running sums of power over the weights in order, and k the
// first place with c > minority_i. If i stands behind k, that is its median, for up to k nothing of
// i is in c. Otherwise i's power p_i is in c from i's place on, and the median is at the first
// place with c > minority_i + p_i, which lies behind i. So one sort and two searches a member do.
//
// Where all are assigned, the thresholds are the same for every column, and lie close together: only
// the few weights at which the sums pass them are sorted; see window.go.
type column struct {
	// members are who was assigned, in the electorate's order where that is all; weights and medians
	// are theirs.
	members []uint16
	weights []uint32
	medians []uint32

	// someone and some are the memory for members that are not all, and their weights.
	someone []uint16
	some    []uint32
	// ballots are the voters among the members, by weight: the weight in the upper bits, the place
	// among the members below. sums are the running sums of their power, places where each member is.
	ballots []uint64
	sums    []uint64
	places  []int32
	// scratch and buckets are the memory for narrowing a window.
	scratch []uint64
	buckets [1 << bucketBits]uint64
}

// placeBits is how many bits of a ballot are a member's place.
const placeBits = 16

// set finds the medians of a column of weights, which are in the electorate's order.
func (c *column) set(e *electorate, weights []uint32, assigned []uint64) {
	c.enlist(e, weights, assigned)
	if assigned == nil && !e.single {
		c.window(e)
		return
	}
	c.sort(e)
	total := uint64(0)
	if len(c.sums) > 0 {
		total = c.sums[len(c.sums)-1]
	}
	c.medians = scratch.Sized(c.medians, len(c.members))
	for k, i := range c.members {
		power := e.power[i]
		c.medians[k] = c.without(c.places[k], power, total, minority(total-power, e.kappa))
	}
}

// enlist lists the members.
func (c *column) enlist(e *electorate, weights []uint32, assigned []uint64) {
	if assigned == nil {
		c.members, c.weights = e.order, weights
		return
	}
	c.someone, c.some = c.someone[:0], c.some[:0]
	for word, marks := range assigned {
		for ; marks != 0; marks &= marks - 1 {
			i := word*64 + bits.TrailingZeros64(marks)
			c.someone, c.some = append(c.someone, uint16(i)), append(c.some, weights[e.places[i]])
		}
	}
	c.members, c.weights = c.someone, c.some
}

// sort orders the voters and adds up their power.
func (c *column) sort(e *electorate) {
	c.ballots, c.sums, c.places = c.ballots[:0], c.sums[:0], scratch.Sized(c.places, len(c.members))
	for k, i := range c.members {
		c.places[k] = -1
		if e.power[i] > 0 {
			c.ballots = append(c.ballots, uint64(c.weights[k])<<placeBits|uint64(k))
		}
	}
	slices.Sort(c.ballots)
	sum := uint64(0)
	for at, ballot := range c.ballots {
		k := ballot & (1<<placeBits - 1)
		c.places[k] = int32(at)
		sum += e.power[c.members[k]]
		c.sums = append(c.sums, sum)
	}
}

// without is the median of all but the member at that place, -1 where it does not vote; 0 where
// nobody is left.
func (c *column) without(place int32, power, total, minority uint64) uint32 {
	if total == power {
		return 0
	}
	at := c.first(minority)
	if place >= 0 && at >= int(place) {
		at = c.first(minority + power)
	}
	return uint32(c.ballots[at] >> placeBits)
}

// first is the first place at which more than that much power lies at or below.
func (c *column) first(power uint64) int {
	return sort.Search(len(c.sums), func(k int) bool { return c.sums[k] > power })
}
