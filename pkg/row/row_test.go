// SPDX-License-Identifier: Apache-2.0

package row_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/row"
)

const noLimit = math.MaxInt

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

func TestRowsHaveOneEncoding(t *testing.T) {
	cases := map[string]struct {
		entries []row.Entry
		hex     string
	}{
		"an empty row is no bytes":                  {[]row.Entry{}, ""},
		"the first id is written as it is":          {[]row.Entry{{5, 258}}, "050102"},
		"id 0 can be scored":                        {[]row.Entry{{0, 1}, {1, 2}}, "000001" + "010002"},
		"an explicit score of 0 is kept":            {[]row.Entry{{1, 0}}, "010000"},
		"a distance of 128 takes two bytes":         {[]row.Entry{{1, 65535}, {129, 1}}, "01ffff" + "80010001"},
		"the highest id takes ten bytes":            {[]row.Entry{{math.MaxUint64, 7}}, "ffffffffffffffffff01" + "0007"},
		"the highest id may follow its predecessor": {[]row.Entry{{math.MaxUint64 - 1, 7}, {math.MaxUint64, 8}}, "feffffffffffffffff010007" + "010008"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			data, err := row.Encode(c.entries)
			require.NoError(t, err)
			require.Equal(t, c.hex, hex.EncodeToString(data))
			back, err := row.Decode(data, len(c.entries))
			require.NoError(t, err)
			require.Equal(t, c.entries, back)
		})
	}
}

func TestRowsThatAreNotCanonicalAreRefused(t *testing.T) {
	cases := map[string]struct {
		hex  string
		max  int
		want error
	}{
		"one id twice":                               {"050001" + "000002", noLimit, row.ErrUnsorted},
		"an id cut off":                              {"80", noLimit, row.ErrTruncated},
		"a score missing":                            {"05", noLimit, row.ErrTruncated},
		"half a score":                               {"0500", noLimit, row.ErrTruncated},
		"half a score in the second entry":           {"050001" + "0100", noLimit, row.ErrTruncated},
		"a zero written in two bytes":                {"80000001", noLimit, row.ErrNonMinimal},
		"a five written in two bytes":                {"85000001", noLimit, row.ErrNonMinimal},
		"a five written in two bytes, second entry":  {"010001" + "85000001", noLimit, row.ErrNonMinimal},
		"a distance of eleven bytes":                 {"8080808080808080808001" + "0001", noLimit, row.ErrOverflow},
		"a distance of 2^64":                         {"80808080808080808002" + "0001", noLimit, row.ErrOverflow},
		"ids that pass the end of 64 bits":           {"ffffffffffffffffff010001" + "010001", noLimit, row.ErrOverflow},
		"more entries than allowed":                  {"010001" + "010001", 1, row.ErrTooMany},
		"an entry where none is allowed":             {"010001", 0, row.ErrTooMany},
		"an entry where fewer than none are allowed": {"010001", -1, row.ErrTooMany},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := row.Decode(unhex(t, c.hex), c.max)
			require.ErrorIs(t, err, c.want)
			require.Nil(t, got)
			if c.max == noLimit {
				_, err = row.Scatter(nil, unhex(t, c.hex), nil)
				require.ErrorIs(t, err, c.want)
			}
		})
	}
}

func TestUnsortedEntriesAreNotEncoded(t *testing.T) {
	for name, ids := range map[string][]uint64{"falling": {2, 1}, "equal": {2, 2}, "zero twice": {0, 0}} {
		t.Run(name, func(t *testing.T) {
			_, err := row.Encode([]row.Entry{{ID: ids[0]}, {ID: ids[1]}})
			require.ErrorIs(t, err, row.ErrUnsorted)
			_, err = row.EncodeIDs(ids)
			require.ErrorIs(t, err, row.ErrUnsorted)
		})
	}
}

func TestIDListsThatAreNotCanonicalAreRefused(t *testing.T) {
	cases := map[string]struct {
		hex  string
		max  int
		want error
	}{
		"one id twice":      {"0500", noLimit, row.ErrUnsorted},
		"an id cut off":     {"0580", noLimit, row.ErrTruncated},
		"too many bytes":    {"8500", noLimit, row.ErrNonMinimal},
		"past 64 bits":      {"ffffffffffffffffff0101", noLimit, row.ErrOverflow},
		"more than allowed": {"0101", 1, row.ErrTooMany},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := row.DecodeIDs(unhex(t, c.hex), c.max)
			require.ErrorIs(t, err, c.want)
			require.Nil(t, got)
		})
	}
}

func anyIDs() *rapid.Generator[[]uint64] {
	id := rapid.OneOf(rapid.Uint64Max(300), rapid.Uint64())
	return rapid.Map(rapid.SliceOfDistinct(id, func(v uint64) uint64 { return v }), func(ids []uint64) []uint64 {
		slices.Sort(ids)
		return ids
	})
}

func TestWhatIsEncodedIsDecoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := anyIDs().Draw(t, "ids")
		entries := make([]row.Entry, len(ids))
		for i, id := range ids {
			entries[i] = row.Entry{ID: id, Score: rapid.Uint16().Draw(t, "score")}
		}
		data, err := row.Encode(entries)
		require.NoError(t, err)
		back, err := row.Decode(data, len(entries))
		require.NoError(t, err)
		require.Equal(t, entries, back)

		data, err = row.EncodeIDs(ids)
		require.NoError(t, err)
		backIDs, err := row.DecodeIDs(data, len(ids))
		require.NoError(t, err)
		require.Equal(t, ids, backIDs)
	})
}

func FuzzDecodeAcceptsOnlyWhatEncodeWrites(f *testing.F) {
	f.Add([]byte{5, 0, 1, 1, 0, 2})
	f.Add([]byte{0x80, 0, 0, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		if entries, err := row.Decode(data, 1_000); err == nil {
			again, err := row.Encode(entries)
			require.NoError(t, err)
			require.True(t, bytes.Equal(data, again))
		}
		if ids, err := row.DecodeIDs(data, 1_000); err == nil {
			again, err := row.EncodeIDs(ids)
			require.NoError(t, err)
			require.True(t, bytes.Equal(data, again))
		}
	})
}

func TestEntriesAreLaidOutOverASet(t *testing.T) {
	set := []uint64{2, 5, 9}
	values, err := row.Dense([]row.Entry{{2, 20}, {9, 90}}, set)
	require.NoError(t, err)
	require.Equal(t, []uint16{20, 0, 90}, values)
	require.Equal(t, []row.Entry{{2, 20}, {9, 90}}, row.Sparse(set, values))

	for name, id := range map[string]uint64{"below the set": 1, "between": 6, "above": 10} {
		_, err := row.Dense([]row.Entry{{id, 1}}, set)
		require.ErrorIs(t, err, row.ErrOutside, name)
		require.Equal(t, []uint16{0, 0, 0}, row.Project([]row.Entry{{id, 1}}, set), name)
	}
	require.Equal(t, []uint16{0, 50, 0}, row.Project([]row.Entry{{1, 1}, {5, 50}, {6, 1}, {10, 1}}, set))
	require.Equal(t, []row.Entry{{2, 1}}, row.Sparse(set[:1], []uint16{1, 2}), "values beyond the set are dropped")
}

func TestDenseEqualsALookup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, ids := anyIDs().Draw(t, "set"), anyIDs().Draw(t, "ids")
		byID, outside := map[uint64]uint16{}, false
		entries := make([]row.Entry, len(ids))
		for i, id := range ids {
			entries[i] = row.Entry{ID: id, Score: rapid.Uint16().Draw(t, "score")}
			byID[id] = entries[i].Score
			outside = outside || !slices.Contains(set, id)
		}
		want := make([]uint16, len(set))
		for i, id := range set {
			want[i] = byID[id]
		}
		require.Equal(t, want, row.Project(entries, set))
		data, err := row.Encode(entries)
		require.NoError(t, err)
		scattered := make([]uint16, len(set))
		missed, err := row.Scatter(scattered, data, set)
		require.NoError(t, err)
		require.Equal(t, want, scattered)
		require.Equal(t, outside, missed > 0)
		if got, err := row.Dense(entries, set); outside {
			require.ErrorIs(t, err, row.ErrOutside)
		} else {
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	})
}

// The worked example of README.md.
func Example() {
	data, _ := row.Encode([]row.Entry{{ID: 3, Score: 40_000}, {ID: 200, Score: 65_535}})
	fmt.Printf("%x\n", data)
	entries, _ := row.Decode(data, 256)
	fmt.Println(entries)
	_, err := row.Decode([]byte{3, 0, 1, 0, 0, 1}, 256)
	fmt.Println(err)
	// Output:
	// 039c40c501ffff
	// [{3 40000} {200 65535}]
	// entry 1: ids do not rise strictly: id 3 twice
}

func BenchmarkDecode(b *testing.B) {
	entries := make([]row.Entry, 4096)
	for i := range entries {
		entries[i] = row.Entry{ID: uint64(3 * i), Score: uint16(i)}
	}
	data, err := row.Encode(entries)
	require.NoError(b, err)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		_, _ = row.Decode(data, len(entries))
	}
}
