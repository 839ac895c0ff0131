// SPDX-License-Identifier: Apache-2.0

package row

import (
	"encoding/binary"
	"fmt"
)

// EncodeIDs packs strictly rising ids (ErrUnsorted) as the varints of their
// distances, the first as it is.
func EncodeIDs(ids []uint64) ([]byte, error) {
	buf := make([]byte, 0, len(ids))
	previous := uint64(0)
	for i, id := range ids {
		if i > 0 && id <= previous {
			return nil, fmt.Errorf("entry %d: %w: id %d after id %d", i, ErrUnsorted, id, previous)
		}
		buf = binary.AppendUvarint(buf, id-previous)
		previous = id
	}
	return buf, nil
}

// DecodeIDs unpacks at most maxIDs ids. It accepts only what EncodeIDs writes;
// the errors are those of Decode.
func DecodeIDs(data []byte, maxIDs int) ([]uint64, error) {
	out := make([]uint64, 0, min(max(maxIDs, 0), len(data)))
	ids := idReader{data: data}
	for len(ids.data) > 0 {
		id, err := ids.next(maxIDs)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

// idReader takes one id after the other off the front of data.
type idReader struct {
	data  []byte
	last  uint64
	count int
}

// next reads an id and counts it; limit is how many there may be.
func (r *idReader) next(limit int) (uint64, error) {
	if r.count >= limit {
		return 0, fmt.Errorf("%w: more than %d", ErrTooMany, limit)
	}
	delta, size := binary.Uvarint(r.data)
	switch {
	case size == 0:
		return 0, fmt.Errorf("entry %d: %w: in its id", r.count, ErrTruncated)
	case size < 0:
		return 0, fmt.Errorf("entry %d: %w: in its distance", r.count, ErrOverflow)
	case size > 1 && r.data[size-1] == 0:
		return 0, fmt.Errorf("entry %d: %w: distance %d in %d bytes", r.count, ErrNonMinimal, delta, size)
	case r.count > 0 && delta == 0:
		return 0, fmt.Errorf("entry %d: %w: id %d twice", r.count, ErrUnsorted, r.last)
	case r.last+delta < r.last:
		return 0, fmt.Errorf("entry %d: %w: %d after id %d", r.count, ErrOverflow, delta, r.last)
	}
	r.data = r.data[size:]
	r.last += delta
	r.count++
	return r.last, nil
}
