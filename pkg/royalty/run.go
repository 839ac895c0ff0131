// SPDX-License-Identifier: Apache-2.0

package royalty

import (
	"cmp"
	"slices"
)

// Run settles royalties one contribution at a time, by falling id. It can be
// interrupted between any two of them: what waits is all that it needs to go on.
type Run struct {
	// resumed are those that waited when the run was resumed, by falling id; taken
	// is how many of them are settled.
	resumed []Reward
	taken   int
	// near and far are those passed something since: at most windowSize below last, which was settled last, and others.
	near window
	far  queue
	last uint64
}

// Resume goes on with a run of which Waiting is left; nil begins one.
func Resume(waiting []Reward) *Run {
	return &Run{resumed: waiting}
}

// Next is the highest id that was passed something and is not settled; false when
// there is none.
func (r *Run) Next() (uint64, bool) {
	id, found := r.near.below(r.last)
	if r.taken < len(r.resumed) {
		id, found = max(id, r.resumed[r.taken].ID), true
	}
	if len(r.far) > 0 {
		id, found = max(id, r.far[0].ID), true
	}
	return id, found
}

// Settle gives a contribution what it was passed and what it earned itself, and
// passes the floor of each parent's share of that on, in the order of parents. It
// must be called by falling id, and with every id that Next names.
func (r *Run) Settle(id, own uint64, parents func(id uint64) []Parent) Flow {
	f := Flow{ID: id, Own: own, In: r.take(id)}
	r.last = id
	received := f.Own + f.In
	if received == 0 {
		return f
	}
	for _, p := range parents(id) {
		part := min(shareOf(received, p.ShareBP), received-f.Out)
		if part == 0 || p.ID >= id {
			continue
		}
		f.Out += part
		if id-p.ID <= windowSize {
			r.near.add(p.ID, part)
		} else {
			r.far.add(p.ID, part)
		}
	}
	return f
}

// take takes out what waits for id, which nothing above waits before.
func (r *Run) take(id uint64) uint64 {
	amount := uint64(0)
	if r.taken < len(r.resumed) && r.resumed[r.taken].ID == id {
		amount = r.resumed[r.taken].Amount
		r.taken++
	}
	if id < r.last && r.last-id <= windowSize {
		amount += r.near.take(id)
	}
	return amount + r.far.take(id)
}

// Waiting is what was passed to those that are not settled, by falling id.
func (r *Run) Waiting() []Reward {
	fresh := slices.Clone(r.far)
	for below := uint64(1); below <= min(windowSize, r.last); below++ {
		id := r.last - below
		if amount := r.near.amounts[id%windowSize]; amount > 0 {
			fresh = append(fresh, Reward{ID: id, Amount: amount})
		}
	}
	return merged(r.resumed[r.taken:], fresh)
}

// merged adds up rewards of two lists, the first of which falls by id, and returns
// them by falling id, each once.
func merged(falling, others []Reward) []Reward {
	all := slices.Concat(falling, others)
	slices.SortStableFunc(all, func(a, b Reward) int { return cmp.Compare(b.ID, a.ID) })
	out := all[:0]
	for _, reward := range all {
		if last := len(out) - 1; last >= 0 && out[last].ID == reward.ID {
			out[last].Amount += reward.Amount
			continue
		}
		out = append(out, reward)
	}
	return out
}
