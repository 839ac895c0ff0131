// SPDX-License-Identifier: Apache-2.0

package royalty

// queue is what contributions far below the one at hand were passed, the highest id on top: a binary heap in which an id may
// stand several times. It stands in for container/heap, which allocates for each that it is given.
type queue []Reward

// add gives an amount to id.
func (q *queue) add(id, amount uint64) {
	*q = append(*q, Reward{})
	heap, at := *q, len(*q)-1
	for at > 0 && heap[(at-1)/2].ID < id {
		heap[at] = heap[(at-1)/2]
		at = (at - 1) / 2
	}
	heap[at] = Reward{ID: id, Amount: amount}
}

// take takes out all that the id on top was given.
func (q *queue) take(id uint64) (amount uint64) {
	for len(*q) > 0 && (*q)[0].ID == id {
		amount += (*q)[0].Amount
		q.pop()
	}
	return amount
}

// pop takes the top off.
func (q *queue) pop() {
	heap := *q
	last := len(heap) - 1
	moved, at := heap[last], 0
	heap = heap[:last]
	for child := 1; child < last; child = 2*at + 1 {
		if child+1 < last && heap[child+1].ID > heap[child].ID {
			child++
		}
		if heap[child].ID <= moved.ID {
			break
		}
		heap[at] = heap[child]
		at = child
	}
	if last > 0 {
		heap[at] = moved
	}
	*q = heap
}
