// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	"github.com/weal-network/weal/pkg/frontier"
)

// Where contributions are shared out, two of them have few validators in common, and a frontier compares what the same
// validator said of both in the same epoch. So what it compares is scored by all: the holder of the top, the contributions whose
// window is open or opens now, and the best of the last epoch, among which its rivals are. They are bounded, so that
// what a validator has to score is.
const (
	// MaxCommon is how many contributions all validators score.
	MaxCommon = 256
	// bestCommon is how many of them are the best of the last epoch.
	bestCommon = 15
	// maxOpenWindows is how many windows are open at a time where contributions are shared out; one place is the holder's.
	maxOpenWindows = MaxCommon - bestCommon - 1
)

// Best are the contributions of highest quality among some. Its zero value has none.
type Best struct {
	// IDs are at most bestCommon, the best first; of equals the older.
	IDs       []uint64
	qualities []uint16
}

// Add adds a contribution, which is younger than those before.
func (b *Best) Add(id uint64, quality uint16) {
	at := len(b.IDs)
	for at > 0 && b.qualities[at-1] < quality {
		at--
	}
	if at >= bestCommon {
		return
	}
	b.IDs, b.qualities = slices.Insert(b.IDs, at, id), slices.Insert(b.qualities, at, quality)
	b.IDs, b.qualities = b.IDs[:min(len(b.IDs), bestCommon)], b.qualities[:min(len(b.IDs), bestCommon)]
}

// Common are the contributions of ids that all of an epoch's validators score, rising. last is the frontier that it starts
// from, before the contributions of its epoch, if the epoch remembers it, and best those of the last scored one.
func Common(epoch Epoch, ids []uint64, last FrontierEpoch, before []uint64, best Best) ([]uint64, error) {
	f := FrontierEpoch{TopicId: epoch.TopicId, Epoch: epoch.Number, Measure: epoch.Measure()}
	state, err := f.start(last)
	if err != nil {
		return nil, err
	}
	pinned := func(id uint64) bool {
		_, found := slices.BinarySearch(ids, id)
		return found
	}
	var common []uint64
	for _, segment := range slices.Backward(state.Segments) {
		if pinned(segment.ID) {
			common = append(common, segment.ID)
			break
		}
	}
	for _, id := range best.IDs {
		if pinned(id) {
			common = append(common, id)
		}
	}
	common = append(common, measured(&state, pinned, f.Input(ids, before, Tally{}).Entered)...)
	slices.Sort(common)
	return slices.Compact(common), nil
}

// measured are the contributions whose window is open, and after them those that enter, as many as there is room for.
func measured(state *frontier.State, pinned func(uint64) bool, entered []uint64) []uint64 {
	var open []uint64
	for _, w := range state.Windows {
		if pinned(w.ID) {
			open = append(open, w.ID)
		}
	}
	open = append(open, entered...)
	return open[:min(len(open), maxOpenWindows)]
}
