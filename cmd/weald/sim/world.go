// SPDX-License-Identifier: Apache-2.0

package sim

import "github.com/weal-network/weal/pkg/fixed"

// Shards says on what validators measure.
type Shards string

const (
	// Shared shards are drawn for all from the epoch's seed: noise of 5%, nine tenths of
	// whose variance is the shards' chance and so the same for everybody who measures.
	Shared Shards = "shared"
	// Own shards are each validator's: noise of 20%, independent.
	Own Shards = "own"
)

// Standard deviations of a measurement as parts of the true quality, in 65536ths.
const (
	sharedCommon = 3109  // 0.05 sqrt(0.9)
	sharedAlone  = 1036  // 0.05 sqrt(0.1)
	ownAlone     = 13107 // 0.20
)

// Qualities of new items are uniform over this part of the grid: measurements of 20% noise
// then meet its upper end with a chance of 1 in 2000.
const (
	lowestQuality  = 9830  // 0.15
	highestQuality = 39321 // 0.60
)

// Item is a contribution in a slot.
type Item struct {
	// ID rises with every item that enters; 0 is an empty slot.
	ID uint64
	// Born is the epoch that it entered in.
	Born int
	// Quality is the truth, which only the world knows.
	Quality uint16
	// Kin is the item that it is a copy of, itself for an original: what the shards' chance does to one it does to all of
	// them, but for the part in 10000 that is Apart.
	Kin   uint64
	Apart int64
	// Group is whose it is, by place in the scenario's list; -1 is of no group of validators.
	Group int
}

// World is the truth: the items of the running epoch, and what each validator measures.
type World struct {
	// Slots hold the items; an item stays in its slot while it lives.
	Slots []Item
	// Fresh says which slots got another item, or lost theirs, since the epoch before.
	Fresh []bool
	// Measured is what each validator would measure, row-major: validators x slots.
	Measured []uint16

	epoch    int
	next     uint64
	common   int64
	alone    int64
	turnover int64
	// reserved slots are not for contributors.
	reserved   int
	chance     *Source
	shards     *Source
	validators []*Source
	shift      []int64
	// kin are the slots of the first of copies; looked up and never ranged over.
	kin map[uint64]int
}

// NewWorld fills all slots with items of nobody.
func NewWorld(s *Scenario, seed uint64) *World {
	w := &World{
		Slots: make([]Item, s.slots()), Fresh: make([]bool, s.slots()), turnover: s.TurnoverBp, next: 1, reserved: s.Items,
		chance: NewSource(seed, streamItems), shards: NewSource(seed, streamShards), shift: make([]int64, s.slots()), kin: map[uint64]int{},
	}
	w.common, w.alone = sharedCommon, sharedAlone
	if s.Shards == Own {
		w.common, w.alone = 0, ownAlone
	}
	for i := range s.validators() {
		w.validators = append(w.validators, NewSource(seed, streamMeasure+uint64(i)))
	}
	w.Measured = make([]uint16, len(w.validators)*len(w.Slots))
	for j := range s.Items {
		w.enter(j, w.quality(), -1)
	}
	return w
}

func (w *World) quality() uint16 {
	return lowestQuality + uint16(w.chance.Below(highestQuality-lowestQuality+1))
}

// enter puts a new item into a slot.
func (w *World) enter(slot int, quality uint16, group int) {
	w.Slots[slot] = Item{ID: w.next, Kin: w.next, Born: w.epoch, Quality: quality, Group: group}
	w.Fresh[slot] = true
	w.next++
}

// begin goes on to an epoch: nobody's items are replaced by chance.
func (w *World) begin(epoch int) {
	w.epoch = epoch
	if epoch == 0 {
		return
	}
	clear(w.Fresh)
	for j := range w.Slots {
		// Both are drawn for every slot, so that the stream does not depend on who holds it.
		falls, quality := w.chance.Chance(w.turnover), w.quality()
		if falls && j < w.reserved && w.Slots[j].Group < 0 {
			w.enter(j, quality, -1)
		}
	}
}

// draw draws the shards' chance. It is drawn for every slot, so that the stream does not depend on who holds it; the first
// of some copies has it, and the others have a part of it and of their own.
func (w *World) draw() {
	clear(w.kin)
	for j, item := range w.Slots {
		w.shift[j] = w.common * w.shards.Normal() >> 16
		first, copied := w.kin[item.Kin]
		switch {
		case item.ID == 0:
		case !copied:
			w.kin[item.Kin] = j
		default:
			w.shift[j] = blended(w.shift[first], w.shift[j], item.Apart)
		}
	}
}

// blended is as likely far from 0 as each of two independent numbers: of the second it has a part, in 10000ths of the
// variance.
func blended(a, b, apart int64) int64 {
	root := func(part int64) int64 { return int64(fixed.Sqrt(fixed.FromRatio(uint64(part), basisPoints))) }
	return (a*root(basisPoints-apart) + b*root(apart)) >> fixed.FracBits
}

// measure draws the epoch's noise.
func (w *World) measure() {
	w.draw()
	n := len(w.Slots)
	for i, source := range w.validators {
		row := w.Measured[i*n : (i+1)*n]
		for j := range row {
			row[j] = noisy(w.Slots[j].Quality, w.shift[j]+w.alone*source.Normal()>>16)
		}
	}
}
