// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"container/heap"

	"github.com/weal-network/weal/x/contribution/types"
)

// idHeap gives ids in falling order, each once.
type idHeap []uint64

// pushParents adds ids.
func (h *idHeap) pushParents(parents []types.Parent) {
	for _, p := range parents {
		heap.Push(h, p.Id)
	}
}

// pop takes the highest id, however often it was added.
func (h *idHeap) pop() uint64 {
	id := heap.Pop(h).(uint64) //nolint:errcheck // it holds nothing else
	for len(*h) > 0 && (*h)[0] == id {
		heap.Pop(h)
	}
	return id
}

// Len implements heap.Interface.
func (h idHeap) Len() int { return len(h) }

// Less implements heap.Interface: the highest comes first.
func (h idHeap) Less(i, j int) bool { return h[i] > h[j] }

// Swap implements heap.Interface.
func (h idHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *idHeap) Push(id any) { *h = append(*h, id.(uint64)) } //nolint:errcheck // heap.Interface, called with ids only

// Pop implements heap.Interface.
func (h *idHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
