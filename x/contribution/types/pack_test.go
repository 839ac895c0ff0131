// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/x/contribution/types"
)

func risingIDs(t *rapid.T, name string) []uint64 {
	list := rapid.SliceOfDistinct(rapid.Uint64Range(1, math.MaxUint64), rapid.ID[uint64]).Draw(t, name)
	slices.Sort(list)
	if len(list) == 0 {
		return nil
	}
	return list
}

func TestASetIsUnpackedAsItWasPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := types.ActiveSet{TopicId: rapid.Uint64().Draw(t, "topic"), Left: risingIDs(t, "left"), LeftBefore: risingIDs(t, "left before")}
		for _, id := range risingIDs(t, "ids") {
			set.Entries = append(set.Entries, entry(id, rapid.Uint64().Draw(t, "epoch"), rapid.Uint32().Draw(t, "scored"), rapid.Uint64().Draw(t, "incentive")))
		}
		packed := set.Pack()
		again, err := types.UnpackActiveSet(packed)
		require.NoError(t, err)
		require.Equal(t, set, again)

		cut := rapid.IntRange(0, len(packed)-1).Draw(t, "cut")
		_, err = types.UnpackActiveSet(packed[:cut])
		require.ErrorIs(t, err, types.ErrAccounting, "a part of it")
		_, err = types.UnpackActiveSet(append(packed, 0))
		require.ErrorIs(t, err, types.ErrAccounting, "more than it")
	})
}

func TestAPackedPlaceTakesAboutTenBytes(t *testing.T) {
	set := types.ActiveSet{TopicId: 1}
	for i := range uint64(65_536) {
		set.Entries = append(set.Entries, entry(1_000_000+3*i, 5_000, 900, 1<<32/65_536+i))
	}
	require.Less(t, len(set.Pack()), 10*65_536)
}

func FuzzUnpackActiveSet(f *testing.F) {
	f.Add(types.ActiveSet{TopicId: 1, Entries: []types.ActiveEntry{entry(1, 2, 3, 4)}, Left: []uint64{5}}.Pack())
	f.Add([]byte{1, 1, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		set, err := types.UnpackActiveSet(b)
		if err != nil {
			require.ErrorIs(t, err, types.ErrAccounting)
			return
		}
		again, err := types.UnpackActiveSet(set.Pack())
		require.NoError(t, err)
		require.Equal(t, set, again)
	})
}
