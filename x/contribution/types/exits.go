// SPDX-License-Identifier: Apache-2.0

package types

// exits is a binary heap of the places that can be given up, the first to go on
// top. A topic that replaces k of n pays for one pass over the set, which it reads
// and writes as a whole in any case, and for k steps down the heap: O(n + k log n),
// with nothing sorted and no index to keep for every incentive that changes. It is
// container/heap written out for one type, which is several times as fast.
type exits struct {
	places []ActiveEntry
	// comparisons counts how often two places were compared.
	comparisons int
}

// exits are the places of contributions beyond their immunity, but for the one that is kept.
func (s ActiveSet) exits(immunity uint32, kept uint64) *exits {
	return s.heap(func(e ActiveEntry) bool { return e.ScoredEpochs >= immunity && e.Id != kept })
}

// immune are the other ones.
func (s ActiveSet) immune(immunity uint32, kept uint64) *exits {
	return s.heap(func(e ActiveEntry) bool { return e.ScoredEpochs < immunity && e.Id != kept })
}

func (s ActiveSet) heap(take func(ActiveEntry) bool) *exits {
	h := &exits{places: make([]ActiveEntry, 0, len(s.Entries))}
	for _, e := range s.Entries {
		if take(e) {
			h.places = append(h.places, e)
		}
	}
	for i := len(h.places)/2 - 1; i >= 0; i-- {
		h.sink(i)
	}
	return h
}

// next takes the first to go; false when nobody is left.
func (h *exits) next() (ActiveEntry, bool) {
	last := len(h.places) - 1
	if last < 0 {
		return ActiveEntry{}, false
	}
	first := h.places[0]
	h.places[0] = h.places[last]
	h.places = h.places[:last]
	h.sink(0)
	return first, true
}

// all takes everybody, in the order in which they go.
func (h *exits) all() []ActiveEntry {
	entries := make([]ActiveEntry, 0, len(h.places))
	for e, ok := h.next(); ok; e, ok = h.next() {
		entries = append(entries, e)
	}
	return entries
}

// sink lets a place down until none below it goes before it.
func (h *exits) sink(at int) {
	for {
		first := 2*at + 1
		if first >= len(h.places) {
			return
		}
		if second := first + 1; second < len(h.places) && h.before(second, first) {
			first = second
		}
		if !h.before(first, at) {
			return
		}
		h.places[at], h.places[first] = h.places[first], h.places[at]
		at = first
	}
}

func (h *exits) before(i, j int) bool {
	h.comparisons++
	return h.places[i].goesBefore(&h.places[j])
}

// goesBefore orders places: the lowest smoothed incentive goes first, then the
// older, then the lower id.
func (e *ActiveEntry) goesBefore(other *ActiveEntry) bool {
	if e.SmoothedIncentive != other.SmoothedIncentive {
		return e.SmoothedIncentive < other.SmoothedIncentive
	}
	if e.ActivatedEpoch != other.ActivatedEpoch {
		return e.ActivatedEpoch < other.ActivatedEpoch
	}
	return e.Id < other.Id
}
