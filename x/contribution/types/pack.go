// SPDX-License-Identifier: Apache-2.0

package types

import (
	"encoding/binary"
	"math"

	errorsmod "cosmossdk.io/errors"
)

// packVersion is the first byte of a packed set.
const packVersion = 1

// Pack is the set as it is stored: about ten bytes a place, in one value.
//
//	version | topic | lengths of entries, left, left before
//	ids of entries, rising, each as the difference to the one before
//	activated epochs | scored epochs | smoothed incentives
//	ids of left | ids of left before, as differences
//
// All numbers are uvarints. A column of like numbers packs and scans better than
// records would.
func (s ActiveSet) Pack() []byte {
	b := make([]byte, 0, 64+12*len(s.Entries)+3*(len(s.Left)+len(s.LeftBefore)))
	b = append(b, packVersion)
	b = binary.AppendUvarint(b, s.TopicId)
	for _, n := range []int{len(s.Entries), len(s.Left), len(s.LeftBefore)} {
		b = binary.AppendUvarint(b, uint64(n)) //nolint:gosec // a length
	}
	last := uint64(0)
	for _, e := range s.Entries {
		b = binary.AppendUvarint(b, e.Id-last)
		last = e.Id
	}
	for _, e := range s.Entries {
		b = binary.AppendUvarint(b, e.ActivatedEpoch)
	}
	for _, e := range s.Entries {
		b = binary.AppendUvarint(b, uint64(e.ScoredEpochs))
	}
	for _, e := range s.Entries {
		b = binary.AppendUvarint(b, e.SmoothedIncentive)
	}
	return appendIDs(appendIDs(b, s.Left), s.LeftBefore)
}

// UnpackActiveSet reads what Pack wrote.
func UnpackActiveSet(b []byte) (ActiveSet, error) {
	if len(b) == 0 || b[0] != packVersion {
		return ActiveSet{}, errorsmod.Wrap(ErrAccounting, "a packed set of an unknown version")
	}
	u := unpacker{rest: b[1:]}
	s := ActiveSet{TopicId: u.number()}
	entries, left, leftBefore := u.length(), u.length(), u.length()
	if entries > 0 {
		s.Entries = make([]ActiveEntry, entries)
	}
	last := uint64(0)
	for i := range s.Entries {
		last += u.number()
		s.Entries[i].Id = last
	}
	for i := range s.Entries {
		s.Entries[i].ActivatedEpoch = u.number()
	}
	for i := range s.Entries {
		s.Entries[i].ScoredEpochs = u.number32()
	}
	for i := range s.Entries {
		s.Entries[i].SmoothedIncentive = u.number()
	}
	s.Left, s.LeftBefore = u.ids(left), u.ids(leftBefore)
	if u.broken || len(u.rest) > 0 {
		return ActiveSet{}, errorsmod.Wrapf(ErrAccounting, "a packed set of %d bytes is malformed", len(b))
	}
	return s, nil
}

func appendIDs(b []byte, ids []uint64) []byte {
	last := uint64(0)
	for _, id := range ids {
		b = binary.AppendUvarint(b, id-last)
		last = id
	}
	return b
}

// unpacker reads numbers until one is malformed; from then on all are 0.
type unpacker struct {
	rest   []byte
	broken bool
}

func (u *unpacker) number() uint64 {
	if len(u.rest) > 0 && u.rest[0] < 0x80 {
		v := uint64(u.rest[0])
		u.rest = u.rest[1:]
		return v
	}
	if len(u.rest) > 1 && u.rest[1] < 0x80 {
		v := uint64(u.rest[0]&0x7f) | uint64(u.rest[1])<<7
		u.rest = u.rest[2:]
		return v
	}
	v, n := binary.Uvarint(u.rest)
	if n <= 0 {
		u.broken, u.rest = true, nil
		return 0
	}
	u.rest = u.rest[n:]
	return v
}

func (u *unpacker) number32() uint32 {
	v := u.number()
	if v > math.MaxUint32 {
		u.broken = true
	}
	return uint32(v) //nolint:gosec // checked
}

// length is a number of numbers that follow, so that there are as many bytes at least.
func (u *unpacker) length() int {
	n := u.number()
	if n > uint64(len(u.rest)) {
		u.broken, u.rest = true, nil
		return 0
	}
	return int(n) //nolint:gosec // at most the length of the rest
}

func (u *unpacker) ids(n int) []uint64 {
	if n == 0 || u.broken {
		return nil
	}
	ids, last := make([]uint64, n), uint64(0)
	for i := range ids {
		last += u.number()
		ids[i] = last
	}
	return ids
}
