// SPDX-License-Identifier: Apache-2.0

package sim

// room is how many slots contributors' items have, more than four an epoch fill; and longest how many epochs an item
// stays at least: twice the window that a gain is measured in, and one.
const (
	room    = 200
	longest = 41
)

// market is where contributors submit.
type market struct {
	makers []maker
	rands  []*Source
	// owners are the contributors of all items that there ever were, by id.
	owners map[uint64]int
	// best is the best that was submitted, in truth, and kin of which original it is; 0 for none.
	best int64
	kin  uint64
	// last is the first epoch in which nobody submits: nothing could be measured in time.
	last int
}

func newMarket(s *Scenario, seed uint64) (*market, error) {
	m := &market{owners: map[uint64]int{}, best: lowestQuality, last: s.Epochs - longest}
	for i, c := range s.Contributors {
		maker, err := newMaker(c.Strategy, c.Params)
		if err != nil {
			return nil, err
		}
		m.makers, m.rands = append(m.makers, maker), append(m.rands, NewSource(seed, streamContributors+uint64(i)))
	}
	return m, nil
}

// open lets everybody submit. What is submitted is public from the next epoch on. holds says of
// an item that it must not be pruned.
func (m *market) open(w *World, holds func(id uint64) bool, published []uint16) {
	if w.epoch >= m.last {
		return
	}
	best, kin := m.best, m.kin
	for c, maker := range m.makers {
		for _, item := range maker.submit(w.epoch, best, m.rands[c]) {
			slot, found := w.free(holds, published)
			if !found {
				continue
			}
			m.owners[w.next] = c
			quality := hold(item.quality)
			w.enter(slot, quality, -1)
			if item.copied && kin != 0 {
				w.Slots[slot].Kin, w.Slots[slot].Apart = kin, item.apart
			}
			if int64(quality) > m.best {
				m.best, m.kin = int64(quality), w.Slots[slot].Kin
			}
		}
	}
}

// progress is how far the best rose in truth.
func (m *market) progress() int64 { return m.best - lowestQuality }

// free is a slot for a new item: an empty one, or that of the item with the lowest published quality
// of those that stayed long enough and are not held, of equals the youngest.
func (w *World) free(holds func(id uint64) bool, published []uint16) (slot int, found bool) {
	for j := w.reserved; j < len(w.Slots); j++ {
		item := w.Slots[j]
		if item.ID == 0 {
			return j, true
		}
		if w.epoch-item.Born < longest || holds(item.ID) {
			continue
		}
		if !found || published[j] < published[slot] || (published[j] == published[slot] && item.ID > w.Slots[slot].ID) {
			slot, found = j, true
		}
	}
	return slot, found
}
