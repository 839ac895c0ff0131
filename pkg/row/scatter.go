// SPDX-License-Identifier: Apache-2.0

package row

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Scatter unpacks a row straight into the places of its ids in set, which rises
// strictly and has a place in values for each: what Decode and Project do, without
// memory of its own. Entries outside of set are passed over; it returns how many
// there were. The errors are those of Decode.
func Scatter(values []uint16, data []byte, set []uint64) (outside int, err error) {
	ids := idReader{data: data}
	at := 0
	for len(ids.data) > 0 {
		id, err := ids.next(ids.count + 1)
		if err != nil {
			return outside, err
		}
		if len(ids.data) < scoreBytes {
			return outside, fmt.Errorf("entry %d: %w: id %d has no score behind it", ids.count-1, ErrTruncated, id)
		}
		if ids.count == 1 {
			at, _ = slices.BinarySearch(set, id)
		}
		for at < len(set) && set[at] < id {
			at++
		}
		if at < len(set) && set[at] == id {
			values[at] = binary.BigEndian.Uint16(ids.data)
		} else {
			outside++
		}
		ids.data = ids.data[scoreBytes:]
	}
	return outside, nil
}
