// SPDX-License-Identifier: Apache-2.0

package split

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// DivisionSize is the length of a packed Division, in bytes.
const DivisionSize = 8 + 16 + 16 + 8

// ErrSize refuses bytes that are no packed Division.
var ErrSize = errors.New("a division is packed in 48 bytes")

// Division is all that a part depends on besides its own index and weight. Whoever
// keeps it can work the parts out one by one, in any order and at any time.
//
// The units left over go to those at or before a cut in the order of falling
// remainder, then of rising index.
type Division struct {
	total uint64
	// whole is the sum of the weights.
	whole uint128
	// rest and last are the remainder and the index of the last part that gets a
	// unit more than its floor; whole, which no remainder reaches, when none does.
	rest uint128
	last uint64
}

// Divide divides total in proportion to weights, as Proportional does. Its work
// grows as the number of weights.
func Divide(total uint64, weights []uint64) Division {
	d := Division{total: total, whole: sum(weights)}
	d.rest = d.whole
	if d.whole == (uint128{}) {
		return d
	}
	rests, left := make([]uint128, len(weights)), total
	for i, weight := range weights {
		var floor uint64
		floor, rests[i] = d.share(weight)
		left -= floor
	}
	if left > 0 {
		d.cut(rests, left)
	}
	return d
}

// Part is what the weight at index i gets.
func (d Division) Part(i int, weight uint64) uint64 {
	if d.whole == (uint128{}) || weight == 0 {
		return 0
	}
	floor, rest := d.share(weight)
	if c := rest.compare(d.rest); c > 0 || (c == 0 && uint64(i) <= d.last) {
		return floor + 1
	}
	return floor
}

// Total is what the parts add up to: all that was to be divided, or 0 when there
// was no weight.
func (d Division) Total() uint64 {
	if d.whole == (uint128{}) {
		return 0
	}
	return d.total
}

// Weights is the sum of the weights, or the largest number there is if it does not fit.
func (d Division) Weights() uint64 {
	if d.whole.hi > 0 {
		return math.MaxUint64
	}
	return d.whole.lo
}

// share is the floor of a weight's exact share, and what remains of it.
func (d Division) share(weight uint64) (uint64, uint128) {
	hi, lo := bits.Mul64(d.total, weight)
	return uint128{hi, lo}.divide(d.whole)
}

// cut finds the last of the left parts that get a unit more. left is below the
// number of remainders above 0: they add up to left times whole. It looks at the
// remainders digit by digit, from the highest, and goes on with those that share
// the digits of the one that is sought: its cost is about the same whatever the
// remainders are.
func (d *Division) cut(rests []uint128, left uint64) {
	among := make([]int, len(rests))
	for i := range among {
		among[i] = i
	}
	for digit := d.whole.digits() - 1; digit >= 0; digit-- {
		var counts [digits]uint64
		for _, i := range among {
			counts[rests[i].digit(digit)]++
		}
		sought := digits - 1
		for ; counts[sought] < left; sought-- {
			left -= counts[sought]
		}
		same := among[:0]
		for _, i := range among {
			if rests[i].digit(digit) == sought {
				same = append(same, i)
			}
		}
		among = same
	}
	d.last = uint64(among[left-1])
	d.rest = rests[d.last]
}

// Bytes packs the division into DivisionSize bytes.
func (d Division) Bytes() []byte {
	out := make([]byte, 0, DivisionSize)
	for _, n := range []uint64{d.total, d.whole.hi, d.whole.lo, d.rest.hi, d.rest.lo, d.last} {
		out = binary.BigEndian.AppendUint64(out, n)
	}
	return out
}

// DivisionFromBytes unpacks what Bytes packed (ErrSize for another length).
func DivisionFromBytes(packed []byte) (Division, error) {
	if len(packed) != DivisionSize {
		return Division{}, ErrSize
	}
	at := func(i int) uint64 { return binary.BigEndian.Uint64(packed[8*i:]) }
	return Division{total: at(0), whole: uint128{at(1), at(2)}, rest: uint128{at(3), at(4)}, last: at(5)}, nil
}
