// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/x/contribution/types"
)

// drawParents draws what a contribution may have been built on.
func drawParents(t *rapid.T, id uint64) (parents []types.Parent) {
	ids := rapid.SliceOfNDistinct(rapid.Uint64Range(1, id-1), 1, min(types.MaxParents, int(min(id-1, types.MaxParents))), rapid.ID[uint64]).Draw(t, "parents")
	slices.Sort(ids)
	for _, parent := range ids {
		parents = append(parents, types.Parent{Id: parent, ShareBp: rapid.Uint32Range(1, types.MaxParentShareBp/types.MaxParents).Draw(t, "share")})
	}
	return parents
}

func TestATileOfTheLineageSaysWhatWasNotedInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Uint64Range(1, 1<<50).Draw(t, "number")
		tile, want := types.NewLineageTile(number), map[uint64][]types.Parent{}
		first := number * types.LineageTileSize
		for _, at := range rapid.SliceOfDistinct(rapid.Uint64Range(0, types.LineageTileSize-1), rapid.ID[uint64]).Draw(t, "ids") {
			want[first+at] = drawParents(t, first+at)
			tile.Add(first+at, want[first+at])
		}
		packed := tile.Pack()
		again, err := types.UnpackLineageTile(number, packed)
		require.NoError(t, err)
		for id := first; id < first+types.LineageTileSize; id++ {
			require.True(t, tile.Covers(id))
			require.Equal(t, want[id], slices.Clone(tile.Parents(id)))
			require.Equal(t, want[id], slices.Clone(again.Parents(id)))
		}
		require.False(t, tile.Covers(first-1))
		require.False(t, tile.Covers(first+types.LineageTileSize))

		cut := rapid.IntRange(0, len(packed)-1).Draw(t, "cut")
		_, err = types.UnpackLineageTile(number, packed[:cut])
		require.ErrorIs(t, err, types.ErrAccounting, "a part of it")
		_, err = types.UnpackLineageTile(number, append(packed, 0))
		require.ErrorIs(t, err, types.ErrAccounting, "more than it")
	})
}

func FuzzUnpackLineageTile(f *testing.F) {
	tile := types.NewLineageTile(3)
	tile.Add(200, []types.Parent{{Id: 7, ShareBp: 100}, {Id: 199, ShareBp: 4_000}})
	f.Add(uint64(3), tile.Pack())
	f.Add(uint64(0), []byte{1, 1, 0, 1, 1, 1})
	f.Add(uint64(1), []byte{1, 2, 5, 1, 1, 1, 5, 1, 1, 1})
	f.Fuzz(func(t *testing.T, number uint64, b []byte) {
		tile, err := types.UnpackLineageTile(number, b)
		if err != nil {
			require.ErrorIs(t, err, types.ErrAccounting)
			return
		}
		again, err := types.UnpackLineageTile(number, tile.Pack())
		require.NoError(t, err)
		require.Equal(t, tile, again)
	})
}
