// SPDX-License-Identifier: Apache-2.0

//go:build !amd64

package yuma

var (
	kernels16 = kernels[uint16]{boundsTwin[uint16], withinTwin[uint16]}
	kernels32 = kernels[uint32]{boundsTwin[uint32], withinTwin[uint32]}
)

func turn(out []uint16, pitch int, values []uint16, columns, from int, rows []uint16, width int) {
	turnTwin(out, pitch, values, columns, from, rows, 0, len(rows), 0, width)
}

func turnBack(values []uint16, columns, from int, in []uint16, pitch int, rows []uint16, width int) {
	turnBackTwin(values, columns, from, in, pitch, rows, 0, len(rows), 0, width)
}

func weigh(weights []uint32, scores []uint16, reciprocals, shifts []uint64) {
	weighTwin(weights, scores, reciprocals, shifts)
}

// fours are the numbers that kernels of bonds take, of which there are none.
type fours struct{}

func (*fours) set(*mix) {}

func (*fours) move([]uint64, *cells, *mix, uint64) (done int, sum uint64) { return 0, 0 }
