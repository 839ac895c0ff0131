// SPDX-License-Identifier: Apache-2.0

package row

import "fmt"

// Dense lays entries out over set, which rises strictly: one value for each id
// of set, 0 where there is no entry. An entry outside of set is refused
// (ErrOutside).
func Dense(entries []Entry, set []uint64) ([]uint16, error) {
	values := make([]uint16, len(set))
	if outside := scatter(values, entries, set); outside >= 0 {
		return nil, fmt.Errorf("entry %d: %w: id %d", outside, ErrOutside, entries[outside].ID)
	}
	return values, nil
}

// Project is Dense that drops entries outside of set: for bonds, which outlive
// the contributions that they were held in.
func Project(entries []Entry, set []uint64) []uint16 {
	values := make([]uint16, len(set))
	scatter(values, entries, set)
	return values
}

// Sparse is the way back: the entries of all values that are not 0. set rises
// strictly and has an id for each value; values beyond it are dropped.
func Sparse(set []uint64, values []uint16) []Entry {
	entries := make([]Entry, 0, len(values))
	for i, v := range values[:min(len(values), len(set))] {
		if v != 0 {
			entries = append(entries, Entry{ID: set[i], Score: v})
		}
	}
	return entries
}

// scatter writes entries into the places of their ids in one pass over both
// lists, and returns the index of the first entry that has none, or -1.
func scatter(values []uint16, entries []Entry, set []uint64) int {
	outside, at := -1, 0
	for i, e := range entries {
		for at < len(set) && set[at] < e.ID {
			at++
		}
		switch {
		case at < len(set) && set[at] == e.ID:
			values[at] = e.Score
		case outside < 0:
			outside = i
		}
	}
	return outside
}
