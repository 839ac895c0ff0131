// SPDX-License-Identifier: Apache-2.0

package royalty

import "container/heap"

// queue is the contributions that were passed something, the highest id on top.
// The map is looked up and never ranged over.
type queue struct {
	ids     []uint64
	amounts map[uint64]uint64
}

// add gives an amount to id, and puts it into the queue if it is new.
func (q *queue) add(id, amount uint64) {
	if _, found := q.amounts[id]; !found {
		heap.Push(q, id)
	}
	q.amounts[id] += amount
}

// Len, Less, Swap, Push and Pop are heap.Interface.
func (q *queue) Len() int           { return len(q.ids) }
func (q *queue) Less(i, j int) bool { return q.ids[i] > q.ids[j] }
func (q *queue) Swap(i, j int)      { q.ids[i], q.ids[j] = q.ids[j], q.ids[i] }

// Push adds an id at the end; heap.Push brings it to its place.
func (q *queue) Push(id any) { q.ids = append(q.ids, id.(uint64)) }

// Pop takes the id off the end, where heap.Pop has put the highest.
func (q *queue) Pop() any {
	last := len(q.ids) - 1
	id := q.ids[last]
	q.ids = q.ids[:last]
	return id
}
