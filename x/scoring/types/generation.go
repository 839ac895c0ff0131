// SPDX-License-Identifier: Apache-2.0

package types

import "slices"

// FirstIDs are the first contribution of each tile of a set.
func FirstIDs(ids []uint64) []uint64 {
	first := make([]uint64, Tiles(len(ids)))
	for tile := range first {
		first[tile] = ids[tile*TileSize]
	}
	return first
}

// Overlap returns the tiles [from, to) of a generation that may hold bonds in contributions of set, which rises.
// Ids of a topic only leave or come behind the others, so these are few.
func (g Generation) Overlap(set []uint64) (from, to int) {
	if len(set) == 0 {
		return 0, 0
	}
	return max(g.tileOf(set[0]), 0), g.tileOf(set[len(set)-1]) + 1
}

// tileOf is the last tile that begins at id or before; -1 when all begin behind it.
func (g Generation) tileOf(id uint64) int {
	at, found := slices.BinarySearch(g.FirstIds, id)
	if found {
		return at
	}
	return at - 1
}
