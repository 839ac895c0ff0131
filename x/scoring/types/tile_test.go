// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/merkle"
	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// idsOf draws a set that rises.
func idsOf(t *rapid.T, most int) []uint64 {
	ids := make([]uint64, rapid.IntRange(1, most).Draw(t, "contributions"))
	id := uint64(0)
	for i := range ids {
		id += rapid.Uint64Range(1, 3).Draw(t, "distance")
		ids[i] = id
	}
	return ids
}

func TestTilesArePartsOfTheSet(t *testing.T) {
	for n, tiles := range map[int]int{0: 0, 1: 1, 256: 1, 257: 2, 65_536: 256} {
		require.Equal(t, tiles, types.Tiles(n), "%d contributions", n)
	}
	rapid.Check(t, func(t *rapid.T) {
		ids := idsOf(t, 900)
		var joined []uint64
		for tile := range types.Tiles(len(ids)) {
			joined = append(joined, types.TileIDs(ids, tile)...)
		}
		require.Equal(t, ids, joined)
		require.Empty(t, types.TileIDs(ids, types.Tiles(len(ids))))
	})
}

func TestARowIsItsTilesTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := idsOf(t, 900)
		var entries []row.Entry
		for _, id := range ids {
			if rapid.IntRange(0, 3).Draw(t, "scored") > 0 {
				entries = append(entries, row.Entry{ID: id, Score: rapid.Uint16().Draw(t, "score")})
			}
		}
		rows, err := types.SplitRow(entries, ids)
		require.NoError(t, err)
		require.Len(t, rows, types.Tiles(len(ids)))
		var joined []row.Entry
		for tile, packed := range rows {
			part, err := row.Decode(packed, types.TileSize)
			require.NoError(t, err)
			_, err = row.Dense(part, types.TileIDs(ids, tile))
			require.NoError(t, err)
			joined = append(joined, part...)
		}
		require.True(t, slices.Equal(entries, joined))
	})
}

// Whatever left and came, the old tiles that a new one looks at hold all the bonds there are in its contributions.
func TestBondsAreFoundAgainHoweverTheSetChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := idsOf(t, 1_200)
		generation := types.Generation{FirstIds: types.FirstIDs(old)}
		kept := slices.DeleteFunc(slices.Clone(old), func(uint64) bool { return rapid.IntRange(0, 2).Draw(t, "leaves") == 0 })
		for i := range uint64(rapid.IntRange(0, 300).Draw(t, "come")) {
			kept = append(kept, old[len(old)-1]+1+i)
		}
		looked := 0
		for tile := range types.Tiles(len(kept)) {
			set := types.TileIDs(kept, tile)
			from, to := generation.Overlap(set)
			looked += to - from
			for place, id := range old {
				if _, found := slices.BinarySearch(set, id); found {
					require.True(t, from <= place/types.TileSize && place/types.TileSize < to)
				}
			}
		}
		require.LessOrEqual(t, looked, types.Tiles(len(old))+types.Tiles(len(kept)), "no old tile is looked at more often than it must be")
	})
}

func TestAGenerationWithoutTilesHasNothing(t *testing.T) {
	from, to := types.Generation{}.Overlap([]uint64{1, 2})
	require.GreaterOrEqual(t, from, to)
	from, to = types.Generation{FirstIds: []uint64{7}}.Overlap([]uint64{1, 2})
	require.GreaterOrEqual(t, from, to)
	from, to = types.Generation{FirstIds: []uint64{7}}.Overlap(nil)
	require.GreaterOrEqual(t, from, to)
}

// A sheet gives the engine the same numbers in either layout.
func TestASheetIsTheSameInBothLayouts(t *testing.T) {
	ids := []uint64{1, 5, 9}
	var sheet types.Sheet
	for range 2 { // once in new memory, once in used
		sheet.Reset(2, ids)
		require.NoError(t, sheet.PutScores(1, pack(t, row.Entry{ID: 1, Score: 7}, row.Entry{ID: 9, Score: 8}), []uint64{1}))
		dense, compressed := sheet.Matrix(false), sheet.Matrix(true)
		require.Equal(t, []uint16{0, 0, 0, 0, 0, 8}, dense.Values)
		require.Equal(t, []uint16{8}, compressed.Values)
		require.Equal(t, []uint16{2}, compressed.Columns)
		require.Equal(t, []int{0, 0, 1}, compressed.Starts)
		for _, m := range []struct{ from, to int }{{0, 3}, {1, 3}, {2, 3}} {
			one, err := types.PackRow(dense, 3, 1, m.from, ids[m.from:m.to])
			require.NoError(t, err)
			other, err := types.PackRow(compressed, 3, 1, m.from, ids[m.from:m.to])
			require.NoError(t, err)
			require.Equal(t, pack(t, row.Entry{ID: 9, Score: 8}), one)
			require.Equal(t, one, other)
		}
	}
}

func TestResultsArePackedAndUnpacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := idsOf(t, 600)
		result := types.EpochResult{TopicId: 3, Epoch: 4, ContributionIds: ids}
		for range ids {
			result.Quality = append(result.Quality, uint32(rapid.Uint16().Draw(t, "quality")))
			result.Consensus = append(result.Consensus, rapid.Uint64().Draw(t, "consensus"))
			result.Incentive = append(result.Incentive, rapid.Uint64().Draw(t, "incentive"))
			result.Reward = append(result.Reward, rapid.Uint64().Draw(t, "reward"))
		}
		again := types.EpochResult{TopicId: 3, Epoch: 4, ContributionIds: ids}
		var tops []merkle.Hash
		for tile := range types.Tiles(len(ids)) {
			packed := result.Tile(tile)
			require.NoError(t, again.AppendResults(packed, len(types.TileIDs(ids, tile))))
			require.ErrorIs(t, again.AppendResults(packed[1:], len(types.TileIDs(ids, tile))), types.ErrInconsistent)
			part := types.EpochResult{TopicId: 3, Epoch: 4, ContributionIds: types.TileIDs(ids, tile)}
			require.NoError(t, part.AppendResults(packed, len(part.ContributionIds)))
			tops = append(tops, merkle.Top(types.HashLeaves(part.Leaves())))
		}
		require.Equal(t, result, again)
		require.Equal(t, result.Root(), merkle.Root(uint64(len(ids)), merkle.Top(tops)), "the tops of tiles make the root")
	})
}
