// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/weal-network/weal/pkg/fixed"
)

// ErrEncoding says that bytes are not those of a State.
var ErrEncoding = errors.New("bad frontier state")

// encodingVersion is the first byte. A State has one encoding:
//
//	version | segments | windows | epochs | noise
//
// Numbers are uvarints of the fewest bytes; each list is led by its length. What rises is written as its
// distance to the one before, signed numbers fold (0, -1, 1, -2 become 0, 1, 2, 3).
const encodingVersion = 1

// Encode packs a State.
func (s *State) Encode(buf []byte) []byte {
	buf = append(buf, encodingVersion)
	put := func(values ...uint64) {
		for _, v := range values {
			buf = binary.AppendUvarint(buf, v)
		}
	}
	put(uint64(len(s.Segments)))
	height := uint32(0)
	for _, g := range s.Segments {
		put(uint64(g.Lo-height), uint64(g.Hi-g.Lo), g.ID, g.Epoch, g.Time, flag(g.Ended))
		height = g.Hi
	}
	put(uint64(len(s.Windows)))
	id := uint64(0)
	for _, w := range s.Windows {
		put(w.ID-id, w.Opened, uint64(w.Length))
		id = w.ID
	}
	put(uint64(len(s.Epochs)))
	epoch := uint64(0)
	for _, e := range s.Epochs {
		put(e - epoch)
		epoch = e
	}
	n := &s.Noise
	put(flag(n.Known), uint64(n.Level), n.Reference)
	for _, gaps := range [][]Gap{n.Gaps, n.Fresh} {
		put(uint64(len(gaps)))
		id = 0
		for _, g := range gaps {
			put(g.ID-id, fold(g.Value))
			id = g.ID
		}
	}
	put(uint64(len(n.Changes)))
	for _, c := range n.Changes {
		put(uint64(c))
	}
	return buf
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func fold(v int32) uint64 { return uint64(uint32(v<<1) ^ uint32(v>>31)) }

func unfold(v uint64) int32 { return int32(uint32(v)>>1) ^ -int32(v&1) }

// Decode unpacks what Encode wrote, and nothing else; the error is ErrEncoding and says what is wrong.
func Decode(data []byte) (State, error) {
	r := reader{data: data}
	if r.take("version", encodingVersion) != encodingVersion {
		r.fail("version", "is not %d", encodingVersion)
	}
	var s State
	s.Segments = list(&r, "segments", MaxSegments, r.segment)
	s.Windows = list(&r, "windows", MaxWindows, func(before *Window) Window {
		return Window{ID: r.rise("window", id(before)), Opened: r.take("opened", math.MaxUint64), Length: int(r.take("length", 2*MaxSettle))}
	})
	s.Epochs = list(&r, "epochs", 2*MaxSettle, func(before *uint64) uint64 { return r.rise("epoch", before) })
	n := &s.Noise
	n.Known = r.take("known", 1) == 1
	n.Level = fixed.Q32(r.take("level", uint64(maxHeight*fixed.One)))
	n.Reference = r.take("reference", math.MaxUint64)
	n.Gaps = list(&r, "gaps", MaxContributions, r.gap)
	n.Fresh = list(&r, "fresh gaps", MaxContributions, r.gap)
	n.Changes = list(&r, "changes", MaxContributions, func(*uint32) uint32 { return uint32(r.take("change", 2*maxHeight)) })
	if len(r.data) > 0 {
		r.fail("end", "has %d bytes behind it", len(r.data))
	}
	if r.err != nil {
		return State{}, r.err
	}
	return s, nil
}

func id(w *Window) *uint64 {
	if w == nil {
		return nil
	}
	return &w.ID
}

// reader reads numbers until the first that is wrong; from then on it reads zeros.
type reader struct {
	data []byte
	err  error
}

func (r *reader) fail(what, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s %s", ErrEncoding, what, fmt.Sprintf(format, args...))
	}
}

// take reads a number of at most that size.
func (r *reader) take(what string, most uint64) uint64 {
	v, n := binary.Uvarint(r.data)
	switch {
	case r.err != nil:
		return 0
	case n <= 0:
		r.fail(what, "is cut off or too long")
		return 0
	case n > 1 && r.data[n-1] == 0:
		r.fail(what, "is not in its shortest form")
		return 0
	case v > most:
		r.fail(what, "is %d, expected at most %d", v, most)
		return 0
	}
	r.data = r.data[n:]
	return v
}

// rise reads a number above the one before, if there is one.
func (r *reader) rise(what string, before *uint64) uint64 {
	if before == nil {
		return r.take(what, math.MaxUint64)
	}
	step := r.take(what, math.MaxUint64-*before)
	if step == 0 {
		r.fail(what, "does not rise")
	}
	return *before + step
}

func (r *reader) segment(before *Segment) (g Segment) {
	floor := uint32(0)
	if before != nil {
		floor = before.Hi
	}
	g.Lo = floor + uint32(r.take("lower end", uint64(maxHeight-floor)))
	g.Hi = g.Lo + uint32(r.take("length", uint64(maxHeight-g.Lo)))
	if g.Hi == g.Lo {
		r.fail("segment", "is empty")
	}
	g.ID, g.Epoch, g.Time = r.take("holder", math.MaxUint64), r.take("epoch", math.MaxUint64), r.take("time", math.MaxUint64)
	g.Ended = r.take("ended", 1) == 1
	return g
}

func (r *reader) gap(before *Gap) (g Gap) {
	if before == nil {
		g.ID = r.rise("gap", nil)
	} else {
		g.ID = r.rise("gap", &before.ID)
	}
	g.Value = unfold(r.take("gap", 2*maxHeight+1))
	return g
}

// list reads a list of at most that many elements, each from the one before it.
func list[T any](r *reader, what string, most uint64, element func(before *T) T) []T {
	n := r.take(what, min(most, uint64(len(r.data))))
	if r.err != nil || n == 0 {
		return nil
	}
	out := make([]T, 0, n)
	var before *T
	for range n {
		out = append(out, element(before))
		if r.err != nil {
			return nil
		}
		before = &out[len(out)-1]
	}
	return out
}
