// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"fmt"
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
)

// anySettled says whether something is scored that is neither the reference nor in its window. Only such
// tell the noise, and everything does while there is nothing of the kind.
func (m *Machine) anySettled() bool {
	for _, id := range m.epoch.IDs {
		if _, open := m.window(id); !open && id != m.Noise.Reference {
			return true
		}
	}
	return false
}

// Observe takes a tile's scores, a row of len(ids) by validator, and those of the reference, for the noise:
// artifacts never change, so that every change of a distance to the reference is noise. Tiles come by
// rising id. reference is nil where the reference is Baseline and no artifact: then the distance is to
// its height. The error is ErrInput.
func (m *Machine) Observe(ids []uint64, scores, reference []uint16) error {
	validators := len(m.epoch.Power)
	if len(scores) != validators*len(ids) {
		return fmt.Errorf("%w: %d scores, expected %d", ErrInput, len(scores), validators*len(ids))
	}
	if reference != nil && len(reference) != validators {
		return fmt.Errorf("%w: %d scores of the reference, expected %d", ErrInput, len(reference), validators)
	}
	if n := len(m.Noise.Fresh); n > 0 && len(ids) > 0 && ids[0] <= m.Noise.Fresh[n-1].ID {
		return fmt.Errorf("%w: a tile begins with contribution %d after %d, expected a later one", ErrInput, ids[0], m.Noise.Fresh[n-1].ID)
	}
	for j, id := range ids {
		if _, open := m.window(id); id == m.Noise.Reference || (open && m.settled) {
			continue
		}
		m.column.reset()
		for i, power := range m.epoch.Power {
			r := m.params.Baseline
			if reference != nil {
				r = reference[i]
			}
			if s := scores[i*len(ids)+j]; s != 0 && (r != 0 || reference == nil) && power > 0 {
				m.column.add(int64(s)-int64(r), power)
			}
		}
		if gap, any := m.column.supported(fixed.Half); any {
			m.note(Gap{ID: id, Value: int32(gap)})
		}
	}
	return nil
}

// note keeps a gap and how much it differs from the last one.
func (m *Machine) note(gap Gap) {
	noise := &m.Noise
	noise.Fresh = append(noise.Fresh, gap)
	at, found := slices.BinarySearchFunc(noise.Gaps, gap.ID, func(g Gap, id uint64) int { return compare(g.ID, id) })
	if found {
		change := gap.Value - noise.Gaps[at].Value
		noise.Changes = append(noise.Changes, uint32(max(change, -change)))
	}
}

// Listen ends the observations of an epoch: the median of the changes moves the noise. Called again
// for the same epoch it does nothing.
func (m *Machine) Listen() {
	noise := &m.Noise
	if n := len(noise.Changes); n > 0 {
		slices.Sort(noise.Changes)
		median := fixed.Q32(noise.Changes[(n-1)/2]) * fixed.One
		if noise.Known {
			median = noise.Level.Add(m.params.NoiseRate.Mul(median.Sub(noise.Level)))
		}
		noise.Level, noise.Known = median, true
	}
	if len(noise.Fresh) > 0 {
		noise.Gaps, noise.Fresh = noise.Fresh, noise.Gaps
	}
	noise.Fresh, noise.Changes = noise.Fresh[:0], noise.Changes[:0]
}

// column is the memory for a median over the power.
type column struct {
	values []ballot
	total  uint64
}

// ballot is a value and the power behind it.
type ballot struct {
	value int64
	power uint64
}

func (c *column) reset() { c.values, c.total = c.values[:0], 0 }

func (c *column) add(value int64, power uint64) {
	c.values = append(c.values, ballot{value, power})
	c.total += power
}

// supported is the largest value that at least kappa of the column's power supports; false without
// power.
func (c *column) supported(kappa fixed.Q32) (int64, bool) {
	slices.SortFunc(c.values, func(a, b ballot) int {
		switch {
		case a.value > b.value:
			return -1
		case a.value < b.value:
			return 1
		default:
			return 0
		}
	})
	support, needed := uint64(0), portion(c.total, kappa)
	for _, b := range c.values {
		if support += b.power; support >= needed {
			return b.value, true
		}
	}
	return 0, false
}
