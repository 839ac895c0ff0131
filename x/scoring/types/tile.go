// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/pkg/yuma"
)

// TileSize is how many adjacent contributions of a pinned set are stored and counted together. It is a power of
// two, so that the Merkle trees of tiles are subtrees of the epoch's, and large enough that most topics are one
// tile: one value a validator.
const TileSize = 256

// Tiles is how many tiles a set of n contributions has.
func Tiles(n int) int { return (n + TileSize - 1) / TileSize }

// TileIDs is the part of a set that is a tile; empty beyond the last one.
func TileIDs(ids []uint64, tile int) []uint64 {
	from := min(tile*TileSize, len(ids))
	return ids[from:min(from+TileSize, len(ids))]
}

// SplitRow cuts a row over the set ids into the rows of its tiles, packed; a tile without an entry gets none.
func SplitRow(entries []row.Entry, ids []uint64) ([][]byte, error) {
	rows := make([][]byte, Tiles(len(ids)))
	for tile := range rows {
		set := TileIDs(ids, tile)
		n := 0
		for n < len(entries) && entries[n].ID <= set[len(set)-1] {
			n++
		}
		if n == 0 {
			continue
		}
		packed, err := row.Encode(entries[:n])
		if err != nil {
			return nil, err
		}
		rows[tile], entries = packed, entries[n:]
	}
	return rows, nil
}

// Sheet is numbers of 16 bits by validator and contribution: scores, or bonds. It keeps its memory from one use to
// the next.
type Sheet struct {
	validators int
	ids        []uint64
	values     []uint16

	// sparse is the memory of a compressed Matrix.
	sparse yuma.Matrix
}

// Reset makes the sheet one of zeros.
func (s *Sheet) Reset(validators int, ids []uint64) {
	s.validators, s.ids = validators, ids
	cells := validators * len(ids)
	if cap(s.values) < cells {
		s.values = make([]uint16, cells)
		return
	}
	s.values = s.values[:cells]
	clear(s.values)
}

// Put lays a packed row out as the validator's, and returns how many of its entries are of other contributions.
func (s *Sheet) Put(validator int, packed []byte) (outside int, err error) {
	return row.Scatter(s.row(validator), packed, s.ids)
}

// PutScores is Put of a row of the tile, in which the validator's own contributions count as 0 (ErrInconsistent for
// what is no such row).
func (s *Sheet) PutScores(validator int, packed []byte, own []uint64) error {
	outside, err := s.Put(validator, packed)
	if err != nil {
		return errorsmod.Wrapf(ErrInconsistent, "stored row: %s", err)
	}
	if outside > 0 {
		return errorsmod.Wrapf(ErrInconsistent, "stored row has %d scores outside of its tile", outside)
	}
	zero(s.row(validator), s.ids, own)
	return nil
}

// Keep clears the validator's numbers but for those of the contributions that judge is marked for, which is what it is called
// among so many of the marks; see Marks. Without marks all stay.
func (s *Sheet) Keep(validator int, marks []uint64, judge, judges int) {
	if marks == nil {
		return
	}
	values := s.row(validator)
	for j := range values {
		if values[j] != 0 && !coverage.Assigned(marks, judges, judge, j) {
			values[j] = 0
		}
	}
}

// row is the validator's part.
func (s *Sheet) row(validator int) []uint16 {
	return s.values[validator*len(s.ids) : (validator+1)*len(s.ids)]
}

// Value is one number.
func (s *Sheet) Value(validator, column int) uint16 { return s.row(validator)[column] }

// zero clears the values of some ids; both lists rise.
func zero(values []uint16, ids, own []uint64) {
	at := 0
	for _, id := range own {
		for at < len(ids) && ids[at] < id {
			at++
		}
		if at < len(ids) && ids[at] == id {
			values[at] = 0
		}
	}
}

// Sparse reports whether the engine is faster with the sheet compressed.
func (s *Sheet) Sparse() bool {
	filled := 0
	for _, v := range s.values {
		if v != 0 {
			filled++
		}
	}
	return yuma.Sparse(filled, len(s.values))
}

// Matrix returns the numbers as the engine takes them. It holds until the sheet is used again.
func (s *Sheet) Matrix(compressed bool) yuma.Matrix {
	if !compressed {
		return yuma.Matrix{Values: s.values}
	}
	m := yuma.Matrix{Values: s.sparse.Values[:0], Columns: s.sparse.Columns[:0], Starts: append(s.sparse.Starts[:0], 0)}
	for i := range s.validators {
		for j, v := range s.row(i) {
			if v != 0 {
				m.Values = append(m.Values, v)
				m.Columns = append(m.Columns, uint16(j))
			}
		}
		m.Starts = append(m.Starts, len(m.Values))
	}
	s.sparse = m
	return m
}

// Dense are the numbers by validator, then contribution. They hold until the sheet is used again.
func (s *Sheet) Dense() []uint16 { return s.values }

// PackRow packs a validator's numbers of a matrix by ids, from one column on, without those that are 0.
func PackRow(m yuma.Matrix, columns, validator, from int, ids []uint64) ([]byte, error) {
	if m.Starts == nil {
		start := validator*columns + from
		return row.Encode(row.Sparse(ids, m.Values[start:start+len(ids)]))
	}
	var entries []row.Entry
	for e := m.Starts[validator]; e < m.Starts[validator+1]; e++ {
		if j := int(m.Columns[e]) - from; j >= 0 && j < len(ids) && m.Values[e] != 0 {
			entries = append(entries, row.Entry{ID: ids[j], Score: m.Values[e]})
		}
	}
	return row.Encode(entries)
}
