// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// ErrInput says that an epoch cannot be what it is said to be.
var ErrInput = errors.New("bad epoch")

// Baseline is the id of a topic's baseline artifact, which is older than all contributions.
const Baseline = 0

// Epoch is one that closed and was not void.
type Epoch struct {
	// Number counts the topic's epochs; Time is when it closed, in seconds.
	Number, Time uint64
	// Oldest is the first epoch that History still knows: a window that opened before it begins anew.
	Oldest uint64
	// IDs are the contributions that were scored, rising; Baseline is among them where the topic
	// has such an artifact. Ids rise in the order of commits.
	IDs []uint64
	// Entered are those of IDs that were never scored before and are no copies, rising.
	Entered []uint64
	// Power is that of the validators that revealed, in any unit; the sum must fit into 64 bits. All
	// that is asked about scores is asked in this order of validators.
	Power []uint64
}

// History is what earlier epochs, and the one at hand, said.
type History interface {
	// Qualities are the contributions of an epoch, by rising id, and their qualities.
	Qualities(epoch uint64) (ids []uint64, qualities []uint16, err error)
	// Scores writes what each of the validators of the epoch at hand gave a contribution in an
	// epoch: 0 for nothing.
	Scores(epoch, id uint64, into []uint16) error
	// Contributor is who committed a contribution; false when it was removed.
	Contributor(id uint64) (account string, found bool, err error)
}

// Machine steps a State over epochs. An epoch is Begin, Observe for each of its tiles, Listen, and
// Next until nothing is due; the State may be put away and taken up again in between, with Begin. It is
// not safe for use by two at a time.
type Machine struct {
	State
	params  Params
	epoch   Epoch
	total   uint64
	settled bool

	// next is the window that is looked at: those before it are not due.
	next int

	turned []uint16
	column column
	cohort cohort
	scores [2][]uint16
	sums   []paired
}

// Begin takes up an epoch. The first time, it opens the windows of what entered and closes those of
// what left; the outcomes are of contributions that left, or for which there was no room. The errors are
// ErrParams and ErrInput, and leave the State as it was.
func (m *Machine) Begin(p Params, e Epoch) ([]Outcome, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if err := m.validate(e); err != nil {
		return nil, err
	}
	m.params, m.epoch, m.next, m.cohort = p, e, 0, cohort{}
	m.total = 0
	for _, power := range e.Power {
		m.total += power
	}
	var outcomes []Outcome
	if n := len(m.Epochs); n == 0 || m.Epochs[n-1] != e.Number {
		outcomes = m.open()
	}
	m.settled = m.anySettled()
	return outcomes, nil
}

// open begins an epoch that was not begun before.
func (m *Machine) open() (outcomes []Outcome) {
	m.Windows = slices.DeleteFunc(m.Windows, func(w Window) bool {
		left := !m.scored(w.ID)
		if left {
			outcomes = append(outcomes, Outcome{ID: w.ID, Verdict: Left, Epochs: m.Age(w)})
		}
		return left
	})
	known, _ := slices.BinarySearch(m.Epochs, m.epoch.Oldest)
	m.Epochs = slices.Delete(m.Epochs, 0, known)
	if keep := 2 * m.params.Settle; len(m.Epochs) >= keep {
		m.Epochs = slices.Delete(m.Epochs, 0, len(m.Epochs)-keep+1)
	}
	m.Epochs = append(m.Epochs, m.epoch.Number)
	for _, id := range m.epoch.Entered {
		at, open := m.window(id)
		switch {
		case open || id == Baseline:
		case len(m.Windows) >= m.params.Windows:
			outcomes = append(outcomes, Outcome{ID: id, Verdict: Crowded})
		default:
			m.Windows = slices.Insert(m.Windows, at, Window{ID: id, Opened: m.epoch.Number, Length: m.params.Settle})
		}
	}
	if r, _ := m.Reference(); m.Noise.Reference != r {
		m.Noise.Reference, m.Noise.Gaps = r, m.Noise.Gaps[:0]
	}
	m.Noise.Fresh, m.Noise.Changes = m.Noise.Fresh[:0], m.Noise.Changes[:0]
	return outcomes
}

// scored says whether a contribution is scored in the epoch at hand.
func (m *Machine) scored(id uint64) bool {
	_, found := slices.BinarySearch(m.epoch.IDs, id)
	return found
}

// Reference is the highest holder that is still scored, and the height that it holds; Baseline, and
// its height, where there is none.
func (m *Machine) Reference() (id uint64, height uint32) {
	for _, segment := range slices.Backward(m.Segments) {
		if m.scored(segment.ID) {
			return segment.ID, segment.Hi
		}
	}
	return Baseline, uint32(m.params.Baseline)
}

// validate checks an epoch; the error is ErrInput and says what is wrong.
func (m *Machine) validate(e Epoch) error {
	if len(e.IDs) > MaxContributions {
		return fmt.Errorf("%w: %d contributions, expected at most %d", ErrInput, len(e.IDs), MaxContributions)
	}
	for _, list := range []struct {
		name string
		ids  []uint64
	}{{"ids", e.IDs}, {"entered", e.Entered}} {
		for k := 1; k < len(list.ids); k++ {
			if list.ids[k] <= list.ids[k-1] {
				return fmt.Errorf("%w: %s: %d comes after %d, expected them to rise", ErrInput, list.name, list.ids[k], list.ids[k-1])
			}
		}
	}
	if n := len(m.Epochs); n > 0 && e.Number < m.Epochs[n-1] {
		return fmt.Errorf("%w: epoch %d after epoch %d, expected it to be later", ErrInput, e.Number, m.Epochs[n-1])
	}
	for _, id := range e.Entered {
		if _, found := slices.BinarySearch(e.IDs, id); !found {
			return fmt.Errorf("%w: contribution %d entered and is not scored", ErrInput, id)
		}
	}
	var sum, overflow uint64
	for i, power := range e.Power {
		if sum, overflow = bits.Add64(sum, power, 0); overflow != 0 {
			return fmt.Errorf("%w: the sum of power passes 64 bits at validator %d", ErrInput, i)
		}
	}
	return nil
}
