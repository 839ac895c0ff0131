// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"fmt"
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
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
	for from := 0; from < len(ids); from += lanes {
		m.turn(scores, len(ids), from, min(from+lanes, len(ids)))
		for j, id := range ids[from:min(from+lanes, len(ids))] {
			if _, open := m.window(id); id == m.Noise.Reference || (open && m.settled) {
				continue
			}
			m.gap(id, m.turned[j*validators:(j+1)*validators], reference)
		}
	}
	return nil
}

// lanes is how many columns are turned at a time: a cache line of scores.
const lanes = 32

// turn lays columns of a tile side by side, a column of validators after the other.
func (m *Machine) turn(scores []uint16, columns, from, to int) {
	n := len(m.epoch.Power)
	m.turned = scratch.Sized(m.turned, lanes*n)
	for i := range n {
		at := i
		for _, s := range scores[i*columns+from : i*columns+to] {
			m.turned[at] = s
			at += n
		}
	}
}

// gap finds how far one contribution is above the reference.
func (m *Machine) gap(id uint64, scores, reference []uint16) {
	m.column.reset()
	for i, power := range m.epoch.Power {
		r := m.params.Baseline
		if reference != nil {
			r = reference[i]
		}
		if s := scores[i]; s != 0 && (r != 0 || reference == nil) && power > 0 {
			m.column.add(int64(s)-int64(r), power)
		}
	}
	if gap, any := m.column.supported(fixed.Half); any {
		m.note(Gap{ID: id, Value: int32(gap)})
	}
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
