// SPDX-License-Identifier: Apache-2.0

package types

import (
	"encoding/binary"
	"slices"

	errorsmod "cosmossdk.io/errors"
)

// LineageTileSize is how many ids in a row a tile is of.
const LineageTileSize = 64

// lineageVersion is the first byte of a packed tile.
const lineageVersion = 1

// LineageTile is what contributions with ids in a row were built on: one value, so that whoever goes over a lineage reads a key for many
// contributions. What was revealed never changes.
type LineageTile struct {
	number uint64
	// ids are of those that were built on something, rising; the parents of the i-th end at ends[i].
	ids     []uint64
	ends    []int
	parents []Parent
}

// LineageTileOf is the number of the tile that an id is in.
func LineageTileOf(id uint64) uint64 { return id / LineageTileSize }

// NewLineageTile is a tile in which nothing was built on anything.
func NewLineageTile(number uint64) LineageTile { return LineageTile{number: number} }

// Covers reports whether an id is in the tile.
func (t *LineageTile) Covers(id uint64) bool { return LineageTileOf(id) == t.number }

// Parents are those of a contribution in the tile, by rising id; none for one that was built on nothing. They are the tile's.
func (t *LineageTile) Parents(id uint64) []Parent {
	at, found := slices.BinarySearch(t.ids, id)
	if !found {
		return nil
	}
	return t.parents[t.begin(at):t.ends[at]]
}

func (t *LineageTile) begin(at int) int {
	if at == 0 {
		return 0
	}
	return t.ends[at-1]
}

// Add notes the parents of a contribution in the tile that has none yet.
func (t *LineageTile) Add(id uint64, parents []Parent) {
	at, _ := slices.BinarySearch(t.ids, id)
	begin := t.begin(at)
	t.ids = slices.Insert(t.ids, at, id)
	t.parents = slices.Insert(t.parents, begin, parents...)
	t.ends = slices.Insert(t.ends, at, begin)
	for i := at; i < len(t.ends); i++ {
		t.ends[i] += len(parents)
	}
}

// Pack is the tile as it is stored:
//
//	version | number of contributions | of each: id above the tile's first | number of parents | of each: how far below | share
//
// All numbers are uvarints.
func (t *LineageTile) Pack() []byte {
	b := make([]byte, 0, 2+2*len(t.ids)+6*len(t.parents))
	b = append(b, lineageVersion)
	b = binary.AppendUvarint(b, uint64(len(t.ids)))
	for at, id := range t.ids {
		parents := t.parents[t.begin(at):t.ends[at]]
		b = binary.AppendUvarint(b, id%LineageTileSize)
		b = binary.AppendUvarint(b, uint64(len(parents)))
		for _, p := range parents {
			b = binary.AppendUvarint(b, id-p.Id)
			b = binary.AppendUvarint(b, uint64(p.ShareBp))
		}
	}
	return b
}

// UnpackLineageTile reads what Pack wrote. The error is ErrAccounting.
func UnpackLineageTile(number uint64, b []byte) (LineageTile, error) {
	t := NewLineageTile(number)
	if len(b) == 0 || b[0] != lineageVersion {
		return t, errorsmod.Wrapf(ErrAccounting, "tile %d of the lineage is of an unknown version", number)
	}
	u := unpacker{rest: b[1:]}
	count := u.length()
	t.ids, t.ends, t.parents = make([]uint64, 0, count), make([]int, 0, count), make([]Parent, 0, len(b)/2)
	for range count {
		id, begin := number*LineageTileSize+u.number(), len(t.parents)
		for range u.length() {
			t.parents = append(t.parents, Parent{Id: id - u.number(), ShareBp: u.number32()})
		}
		if last := len(t.ids) - 1; last >= 0 && id <= t.ids[last] || !t.Covers(id) || len(t.parents) == begin {
			u.broken = true
		}
		t.ids, t.ends = append(t.ids, id), append(t.ends, len(t.parents))
		if u.broken || ValidateParents(id, t.parents[begin:]) != nil {
			return NewLineageTile(number), errorsmod.Wrapf(ErrAccounting, "tile %d of the lineage, of %d bytes, is malformed", number, len(b))
		}
	}
	if u.broken || len(u.rest) > 0 {
		return NewLineageTile(number), errorsmod.Wrapf(ErrAccounting, "tile %d of the lineage, of %d bytes, is malformed", number, len(b))
	}
	return t, nil
}
