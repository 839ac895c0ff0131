// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"container/heap"
)

// exits is a binary heap of the places that can be given up, the first to go on
// top. A topic that replaces k of n pays for one pass over the set, which it reads
// and writes as a whole in any case, and for k steps down the heap: O(n + k log n),
// with nothing sorted and no index to keep for every incentive that changes.
type exits []ActiveEntry

// exits are the places of contributions beyond their immunity.
func (s ActiveSet) exits(immunity uint32) *exits {
	return s.heap(func(e ActiveEntry) bool { return e.ScoredEpochs >= immunity })
}

// immune are the other ones.
func (s ActiveSet) immune(immunity uint32) *exits {
	return s.heap(func(e ActiveEntry) bool { return e.ScoredEpochs < immunity })
}

func (s ActiveSet) heap(take func(ActiveEntry) bool) *exits {
	h := make(exits, 0, len(s.Entries))
	for _, e := range s.Entries {
		if take(e) {
			h = append(h, e)
		}
	}
	heap.Init(&h)
	return &h
}

// next takes the first to go; false when nobody is left.
func (h *exits) next() (ActiveEntry, bool) {
	if len(*h) == 0 {
		return ActiveEntry{}, false
	}
	return heap.Pop(h).(ActiveEntry), true //nolint:errcheck // it holds nothing else
}

// all takes everybody, in the order in which they go.
func (h *exits) all() []ActiveEntry {
	entries := make([]ActiveEntry, 0, len(*h))
	for e, ok := h.next(); ok; e, ok = h.next() {
		entries = append(entries, e)
	}
	return entries
}

// goesBefore orders places: the lowest smoothed incentive goes first, then the
// older, then the lower id.
func (e ActiveEntry) goesBefore(other ActiveEntry) bool {
	return cmp.Or(
		cmp.Compare(e.SmoothedIncentive, other.SmoothedIncentive),
		cmp.Compare(e.ActivatedEpoch, other.ActivatedEpoch),
		cmp.Compare(e.Id, other.Id),
	) < 0
}

// Len implements heap.Interface.
func (h exits) Len() int { return len(h) }

// Less implements heap.Interface.
func (h exits) Less(i, j int) bool { return h[i].goesBefore(h[j]) }

// Swap implements heap.Interface.
func (h exits) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *exits) Push(e any) { *h = append(*h, e.(ActiveEntry)) } //nolint:errcheck // heap.Interface, called with entries only

// Pop implements heap.Interface.
func (h *exits) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
