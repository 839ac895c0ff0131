// SPDX-License-Identifier: Apache-2.0

package yuma

// A weight is a score over the sum of its row: floor(2^32 score / sum), of [0, 1], in 32
// bits. Only a row's single score weighs 1, which is 33 bits long; 2^32 - 1 stands for it. No
// other weight is that: a score below its sum is at most sum - 1, so its weight is at most
// 2^32 - 2^32/sum, and sum < 2^32 for MaxContributions scores, which leaves 2^32 - 2.

// maxRowSum is the largest sum of a row.
const maxRowSum = MaxContributions * 65535

// weight is a 32-bit weight as a number of [0, 1].
func weight(w uint32) uint64 {
	x := uint64(w)
	return x + (x+1)>>fracBits
}

// short writes a weight in 32 bits.
func short(w uint64) uint32 { return uint32(w - w>>fracBits) }

// row is the values of validator i.
func (m Matrix) row(i, columns int) []uint16 {
	if m.compressed() {
		return m.Values[m.Starts[i]:m.Starts[i+1]]
	}
	return m.Values[i*columns : (i+1)*columns]
}

// divideRows makes the divisors of rows when their sums have changed.
func (e *Engine) divideRows() {
	if e.unready {
		e.rows = divisors(e.rows, e.sums)
		e.unready = false
	}
}
