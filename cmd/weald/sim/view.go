// SPDX-License-Identifier: Apache-2.0

package sim

// Slot is what everybody knows of an item.
type Slot struct {
	// ID is the item's; 0 is an empty slot.
	ID uint64
	// Age is in epochs; 0 is an item that was never scored.
	Age int
	// Mine says that the item belongs to the group that looks.
	Mine bool
}

// View is what a group of validators may know when it fills its rows. Rows are hidden until
// all are committed, so of the others it sees what the epoch before published.
type View struct {
	// Epoch counts from 0.
	Epoch int
	// Slots are the items.
	Slots []Slot
	// Quality is the last published median of each item's scores, the mean of those for an
	// item that has none yet.
	Quality []uint16
	// Rand is the group's own chance.
	Rand *Source

	members, first int
	deal           deal
	power          []uint64

	measured []uint16
	rows     []uint16
}

// Members is how many validators the group has.
func (v *View) Members() int { return v.members }

// Dealt says whether a member is to score a slot: what it says of others is ignored, and what it does not say of this one
// is a 0.
func (v *View) Dealt(member, slot int) bool { return v.deal.to(v.first+member, slot) }

// Decides says whether the group has at least half of the power of those who were dealt a slot, and so alone says what the
// median of it is, or what it is at least.
func (v *View) Decides(slot int) bool {
	var ours, all uint64
	for i, p := range v.power {
		if v.deal.to(i, slot) {
			all += p
			if i >= v.first && i < v.first+v.members {
				ours += p
			}
		}
	}
	return 2*ours >= all
}

// Measured is what a member measures if it takes the trouble.
func (v *View) Measured(member int) []uint16 {
	n := len(v.Slots)
	return v.measured[member*n : (member+1)*n]
}

// Row is where a member's scores go; it comes zeroed.
func (v *View) Row(member int) []uint16 {
	n := len(v.Slots)
	return v.rows[member*n : (member+1)*n]
}

// each calls f with every slot that holds an item.
func (v *View) each(f func(j int, s Slot)) {
	for j, s := range v.Slots {
		if s.ID != 0 {
			f(j, s)
		}
	}
}

// forAll copies the first member's row to all others.
func (v *View) forAll() {
	for k := 1; k < v.members; k++ {
		copy(v.Row(k), v.Row(0))
	}
}

// ballot is the row of a validator of the epoch.
type ballot struct {
	validator int
	row       []uint16
}

// published is what the chain last said of each item, kept for the View.
type published struct {
	quality []uint16
	known   []bool
}

// update takes an epoch's medians.
func (p *published) update(slots []Item, quality []uint16) {
	for j := range slots {
		p.known[j] = slots[j].ID != 0
		p.quality[j] = quality[j]
	}
}

// complete guesses the items that were never scored: the mean of those that were, or half of
// the grid when there is none.
func (p *published) complete(slots []Item, fresh []bool) {
	var sum, count int64
	for j := range slots {
		if fresh[j] || slots[j].ID == 0 {
			p.known[j] = false
		}
		if p.known[j] {
			sum += int64(p.quality[j])
			count++
		}
	}
	mean := int64(65535 / 2)
	if count > 0 {
		mean = sum / count
	}
	for j := range slots {
		if !p.known[j] {
			p.quality[j] = hold(mean)
		}
	}
}
