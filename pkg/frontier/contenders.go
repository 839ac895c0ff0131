// SPDX-License-Identifier: Apache-2.0

package frontier

import "slices"

// mostContenders is how many are compared with beside the reference.
const mostContenders = 3

// mostLooked is among how many of the best they are looked for: most of them may be the contributor's own.
const mostLooked = 64

// cohort is the qualities of all contributions over one window: windows that opened together share it.
type cohort struct {
	known  bool
	opened uint64
	length int
	// ranking is the contributions that were scored in at least half of the window, the best median
	// quality first, and of equals the older.
	ranking []ranked
}

type ranked struct {
	id      uint64
	quality uint16
}

// contenders are what a contribution must be ahead of: the reference, and the three of others'
// that were committed before it and have the best median quality over its window.
func (m *Machine) contenders(w Window, epochs []uint64, reference uint64, h History) ([]Rival, error) {
	rivals := []Rival{{ID: reference, Fixed: reference == Baseline && !m.scored(Baseline)}}
	if err := m.rank(w, epochs, h); err != nil {
		return nil, err
	}
	own, _, err := h.Contributor(w.ID)
	if err != nil {
		return nil, err
	}
	found, looked := 0, 0
	for _, k := range m.cohort.ranking {
		if k.id >= w.ID {
			continue
		}
		if looked++; looked > mostLooked {
			break
		}
		by, there, err := h.Contributor(k.id)
		if err != nil {
			return nil, err
		}
		if k.id != Baseline && (!there || by == own) {
			continue
		}
		if k.id != reference {
			rivals = append(rivals, Rival{ID: k.id, Quality: k.quality})
		}
		if found++; found == mostContenders {
			break
		}
	}
	return rivals, nil
}

// rank finds the median qualities over a window, unless they are those of the window before.
func (m *Machine) rank(w Window, epochs []uint64, h History) error {
	c := &m.cohort
	if c.known && c.opened == w.Opened && c.length == len(epochs) {
		return nil
	}
	c.known, c.opened, c.length, c.ranking = true, w.Opened, len(epochs), c.ranking[:0]
	ids, qualities := make([][]uint64, len(epochs)), make([][]uint16, len(epochs))
	for k, epoch := range epochs {
		var err error
		if ids[k], qualities[k], err = h.Qualities(epoch); err != nil {
			c.known = false
			return err
		}
	}
	seen := make([]uint16, 0, len(epochs))
	for {
		id, left := earliest(ids)
		if !left {
			break
		}
		seen = seen[:0]
		for k := range ids {
			if len(ids[k]) > 0 && ids[k][0] == id {
				seen = append(seen, qualities[k][0])
				ids[k], qualities[k] = ids[k][1:], qualities[k][1:]
			}
		}
		if 2*len(seen) >= len(epochs) {
			slices.Sort(seen)
			c.ranking = append(c.ranking, ranked{id, seen[(len(seen)-1)/2]})
		}
	}
	slices.SortFunc(c.ranking, func(a, b ranked) int {
		if a.quality != b.quality {
			return int(b.quality) - int(a.quality)
		}
		return compare(a.id, b.id)
	})
	return nil
}

// earliest is the smallest id with which one of the lists goes on.
func earliest(lists [][]uint64) (id uint64, any bool) {
	for _, list := range lists {
		if len(list) > 0 && (!any || list[0] < id) {
			id, any = list[0], true
		}
	}
	return id, any
}
