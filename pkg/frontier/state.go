// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
)

// State is all that a topic remembers between two epochs, or between two steps of one.
type State struct {
	// Segments are the ledger, disjoint and rising.
	Segments []Segment
	// Windows are the contributions under measurement, by rising id, that is by order of commit.
	Windows []Window
	// Epochs are the last epochs that were not void, rising, at most twice Params.Settle.
	Epochs []uint64
	// Noise is how much measurements of what does not change do change.
	Noise Noise
}

// Segment is a step of the frontier: who raised it from Lo to Hi, once and for ever.
type Segment struct {
	Lo, Hi uint32
	// ID is the contribution's.
	ID uint64
	// Epoch and Time, in seconds, are when it was recorded.
	Epoch, Time uint64
	// Ended says that its contributor withdrew it: it is not paid, and is measured still.
	Ended bool
}

// Window is a contribution under measurement.
type Window struct {
	ID uint64
	// Opened is the first epoch of the window, Length of how many epochs it is.
	Opened uint64
	Length int
}

// Noise is the moving average of how much the distance to the reference changes by itself.
type Noise struct {
	// Level is in units of the grid; it is meaningless until Known.
	Level fixed.Q32
	Known bool
	// Reference is the contribution that Gaps are distances to.
	Reference uint64
	// Gaps are the distances of the last epoch, by rising id.
	Gaps []Gap
	// Fresh are those of the epoch at hand so far, Changes the sizes of their differences from Gaps.
	Fresh   []Gap
	Changes []uint32
}

// Gap is how far a contribution is above the reference, by the median of the power.
type Gap struct {
	ID    uint64
	Value int32
}

// Top is the height of the frontier.
func (s *State) Top(p Params) uint32 {
	top := uint32(p.Baseline)
	if n := len(s.Segments); n > 0 {
		top = max(top, s.Segments[n-1].Hi)
	}
	return top
}

// Remove takes a contribution out that should not have been there: its segments go, and the top falls to
// the next one. Heights in between that were its own are not used again.
func (s *State) Remove(id uint64) {
	s.Segments = slices.DeleteFunc(s.Segments, func(g Segment) bool { return g.ID == id })
	s.closeWindow(id)
}

// Withdraw ends a contribution's pay. It stays the reference as long as it is measured.
func (s *State) Withdraw(id uint64) {
	for k := range s.Segments {
		if s.Segments[k].ID == id {
			s.Segments[k].Ended = true
		}
	}
	s.closeWindow(id)
}

// Holds says whether a contribution has a segment: the holder of the highest is not to be pruned.
func (s *State) Holds(id uint64) bool {
	return slices.ContainsFunc(s.Segments, func(g Segment) bool { return g.ID == id })
}

func (s *State) closeWindow(id uint64) {
	if at, found := s.window(id); found {
		s.Windows = slices.Delete(s.Windows, at, at+1)
	}
}

// window is where a contribution's window is, or would be.
func (s *State) window(id uint64) (int, bool) {
	return slices.BinarySearchFunc(s.Windows, id, func(w Window, id uint64) int { return compare(w.ID, id) })
}

// epochs are those of a window so far, at most its length.
func (s *State) epochs(w Window) []uint64 {
	from, _ := slices.BinarySearch(s.Epochs, w.Opened)
	return s.Epochs[from:min(from+w.Length, len(s.Epochs))]
}

// Age is how many epochs passed since a window opened.
func (s *State) Age(w Window) int {
	from, _ := slices.BinarySearch(s.Epochs, w.Opened)
	return len(s.Epochs) - from
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}
