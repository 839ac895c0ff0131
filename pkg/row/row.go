// SPDX-License-Identifier: Apache-2.0

// Package row packs what hangs on contribution ids: a validator's scores, its
// bonds, and lists of ids. Each list has exactly one encoding, so that its hash
// can be committed to and its bytes compared.
//
// An entry is the id and 16 bits. Ids rise strictly; each is written as its
// distance to the one before (the first as it is) in an unsigned varint of the
// fewest bytes, and followed by the 16 bits big-endian:
//
//	uvarint(id - previous id) | value, 2 bytes big-endian
//
// A missing id and an explicit 0 mean the same everywhere; both are accepted,
// and are different bytes.
package row

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The ways in which a row is refused; test for them with errors.Is.
var (
	// ErrUnsorted: an id is not above the one before it.
	ErrUnsorted = errors.New("ids do not rise strictly")
	// ErrTruncated: the bytes end within an entry.
	ErrTruncated = errors.New("bytes end within an entry")
	// ErrTooMany: there are more entries than the caller allows.
	ErrTooMany = errors.New("too many entries")
	// ErrNonMinimal: a distance takes more bytes than it needs.
	ErrNonMinimal = errors.New("varint is not in its shortest form")
	// ErrOverflow: a distance or an id does not fit into 64 bits.
	ErrOverflow = errors.New("id does not fit into 64 bits")
	// ErrOutside: an id is not in the set of the epoch.
	ErrOutside = errors.New("id is not in the set")
)

// Entry is one contribution's id and its 16 bits: a score (0..65535 on the
// topic's grid), or a bond.
type Entry struct {
	ID    uint64
	Score uint16
}

const scoreBytes = 2

// Encode packs entries into their one encoding. Ids must rise strictly
// (ErrUnsorted).
func Encode(entries []Entry) ([]byte, error) {
	buf := make([]byte, 0, len(entries)*(1+scoreBytes))
	previous := uint64(0)
	for i, e := range entries {
		if i > 0 && e.ID <= previous {
			return nil, fmt.Errorf("entry %d: %w: id %d after id %d", i, ErrUnsorted, e.ID, previous)
		}
		buf = binary.AppendUvarint(buf, e.ID-previous)
		buf = binary.BigEndian.AppendUint16(buf, e.Score)
		previous = e.ID
	}
	return buf, nil
}

// Decode unpacks at most maxEntries entries. It accepts only what Encode writes:
// the errors are ErrTruncated, ErrNonMinimal, ErrOverflow, ErrUnsorted and
// ErrTooMany.
func Decode(data []byte, maxEntries int) ([]Entry, error) {
	// An entry takes at least 3 bytes: what is allocated is bounded by what came.
	entries := make([]Entry, 0, min(max(maxEntries, 0), len(data)/(1+scoreBytes)))
	ids := idReader{data: data}
	for len(ids.data) > 0 {
		id, err := ids.next(maxEntries)
		if err != nil {
			return nil, err
		}
		if len(ids.data) < scoreBytes {
			return nil, fmt.Errorf("entry %d: %w: id %d has no score behind it", ids.count-1, ErrTruncated, id)
		}
		entries = append(entries, Entry{ID: id, Score: binary.BigEndian.Uint16(ids.data)})
		ids.data = ids.data[scoreBytes:]
	}
	return entries, nil
}
