// SPDX-License-Identifier: Apache-2.0

package types

import (
	"errors"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/row"
)

// ParseRow reads a canonical row over the set ids, which rises. It refuses a row that is longer than
// the set allows (ErrRowTooLong), not canonical or empty (ErrInvalidRow), or that names what is not
// in the set (ErrRowOutsideSet).
func ParseRow(data []byte, ids []uint64) ([]row.Entry, error) {
	if limit := RowBytes(len(ids)); len(data) > limit {
		return nil, errorsmod.Wrapf(ErrRowTooLong, "row is %d bytes, expected at most %d for the %d contributions of the epoch", len(data), limit, len(ids))
	}
	if len(data) == 0 {
		return nil, errorsmod.Wrap(ErrInvalidRow, "row is empty: give at least one contribution a score, which may be 0")
	}
	entries, err := row.Decode(data, len(ids))
	switch {
	case errors.Is(err, row.ErrTooMany):
		return nil, errorsmod.Wrapf(ErrRowTooLong, "%s: the epoch measures %d contributions", err, len(ids))
	case err != nil:
		return nil, errorsmod.Wrapf(ErrInvalidRow, "%s: write rising ids as distances in shortest varints, each followed by its score in 2 bytes, big-endian", err)
	}
	if _, err := row.Dense(entries, ids); err != nil {
		return nil, errorsmod.Wrapf(ErrRowOutsideSet, "%s: score those that the epoch pinned, which its query lists", err)
	}
	return entries, nil
}
