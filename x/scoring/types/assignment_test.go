// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"crypto/sha256"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// shared is an epoch whose scoring is shared out, but for some contributions that all score.
func shared(t require.TestingT, validators int, each uint32, common []uint64) types.Epoch {
	e := newEpoch()
	seed := sha256.Sum256([]byte("a block"))
	e.Seed, e.Validators = seed[:], make([]types.PinnedValidator, validators)
	e.Scoring.ScoreRule, e.Scoring.Coverage = topictypes.SCORE_RULE_MEDIAN, each
	packed, err := row.EncodeIDs(common)
	require.NoError(t, err)
	e.Common = packed
	return e
}

func TestTilesOfAnAssignmentAreThatOfTheWholeSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := idsOf(t, 900)
		validators := rapid.IntRange(1, 80).Draw(t, "validators")
		var common []uint64
		for _, id := range ids {
			if len(common) < types.MaxCommon && rapid.IntRange(0, 20).Draw(t, "common") == 0 {
				common = append(common, id)
			}
		}
		own := make([][]uint64, validators)
		own[rapid.IntRange(0, validators-1).Draw(t, "owner")] = []uint64{rapid.SampledFrom(ids).Draw(t, "own")}
		e := shared(t, validators, rapid.Uint32Range(0, 90).Draw(t, "coverage"), common)
		a, err := e.Assignment()
		require.NoError(t, err)
		require.Equal(t, coverage.All(validators, int(e.Scoring.Coverage)), a.All)

		var all, part types.Marks
		whole, err := all.Tile(a, own, ids, 0)
		require.NoError(t, err)
		var joined []uint64
		for tile := range types.Tiles(len(ids)) {
			words, err := part.Tile(a, own, types.TileIDs(ids, tile), tile*types.TileSize)
			require.NoError(t, err)
			joined = append(joined, words...)
		}
		require.Equal(t, whole, joined)
		for i := range validators {
			some, err := a.Of(i, ids)
			require.NoError(t, err)
			require.LessOrEqual(t, len(some), a.Load(len(ids)))
			require.GreaterOrEqual(t, len(some), a.Load(len(ids))-1)
			if a.All {
				continue
			}
			for j, id := range ids {
				_, mine := slices.BinarySearch(own[i], id)
				_, asked := slices.BinarySearch(some, id)
				require.Equal(t, asked && !mine, coverage.Assigned(whole, validators, i, j))
				if _, c := slices.BinarySearch(common, id); c {
					require.True(t, asked)
				}
			}
		}
	})
}

func TestAnEpochThatDoesNotSayWhoScoresWhatIsInconsistent(t *testing.T) {
	for name, change := range map[string]func(*types.Epoch){
		"no seed":                        func(e *types.Epoch) { e.Seed = nil },
		"common ones that are no ids":    func(e *types.Epoch) { e.Common = []byte{0x80} },
		"common ones that do not rise":   func(e *types.Epoch) { e.Common = []byte{5, 0} },
		"more common ones than there be": func(e *types.Epoch) { e.Common = slices.Repeat([]byte{1}, types.MaxCommon+1) },
	} {
		e := shared(t, 9, 4, nil)
		change(&e)
		_, err := e.Assignment()
		require.ErrorIs(t, err, types.ErrInconsistent, name)
	}
}

func TestTheBestAreThoseOfHighestQualityAndOfEqualsTheOldest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type scored struct {
			id      uint64
			quality uint16
		}
		var best types.Best
		var all []scored
		for id := range uint64(rapid.IntRange(0, 60).Draw(t, "contributions")) {
			s := scored{id + 1, rapid.Uint16Max(20).Draw(t, "quality")}
			all = append(all, s)
			best.Add(s.id, s.quality)
		}
		slices.SortStableFunc(all, func(a, b scored) int { return int(b.quality) - int(a.quality) })
		var want []uint64
		for _, s := range all[:min(len(all), 15)] {
			want = append(want, s.id)
		}
		require.Equal(t, want, best.IDs)
	})
}

func TestWhatAllScoreIsBounded(t *testing.T) {
	e := shared(t, 9, 4, nil)
	e.Scoring.RewardRule = topictypes.REWARD_RULE_FRONTIER
	ids := make([]uint64, 1_000)
	var best types.Best
	for j := range ids {
		ids[j] = uint64(j + 1)
		best.Add(ids[j], uint16(j))
	}
	common, err := types.Common(e, ids, types.FrontierEpoch{}, nil, best)
	require.NoError(t, err)
	require.Len(t, common, types.MaxCommon-1, "240 that enter and the 15 best; nobody holds the top")
	require.Equal(t, ids[:240], common[:240])
	require.Equal(t, ids[985:], common[240:])
}
