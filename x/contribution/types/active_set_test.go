// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func entry(id, activated uint64, scored uint32, smoothed uint64) types.ActiveEntry {
	return types.ActiveEntry{Id: id, ActivatedEpoch: activated, ScoredEpochs: scored, SmoothedIncentive: smoothed}
}

func TestTheLowestIncentiveGoesFirstThenTheOlderThenTheLowerID(t *testing.T) {
	set := types.ActiveSet{Entries: []types.ActiveEntry{
		entry(1, 5, 9, 70), entry(2, 4, 9, 50), entry(3, 3, 9, 50), entry(4, 3, 9, 50), entry(5, 1, 1, 0),
	}}
	require.Equal(t, []uint64{3, 4, 2, 1}, set.Evictable(2), "5 is immune")
	require.Equal(t, []uint64{5, 3, 4, 2, 1}, set.Evictable(1))
	require.Empty(t, set.Evictable(10))
	require.Equal(t, []uint64{3, 4, 2, 1, 5}, set.Surplus(0, 2), "immune ones go last")
	require.Equal(t, []uint64{3, 4}, set.Surplus(3, 2))
	require.Empty(t, set.Surplus(5, 2))
}

func TestTheFirstIncentiveIsTakenAsItIsAndTheNextOnesAreSmoothed(t *testing.T) {
	set := types.ActiveSet{Entries: []types.ActiveEntry{entry(1, 1, 0, 0), entry(4, 1, 0, 0)}}
	first, err := set.Score([]uint64{1, 2, 4}, []uint64{1000, 9, 50}, 2000)
	require.NoError(t, err)
	require.Equal(t, []uint64{1, 4}, first)
	require.Equal(t, []types.ActiveEntry{entry(1, 1, 1, 1000), entry(4, 1, 1, 50)}, set.Entries)
	first, err = set.Score([]uint64{1}, []uint64{1}, 2000)
	require.NoError(t, err)
	require.Empty(t, first)
	require.Equal(t, []types.ActiveEntry{entry(1, 1, 2, 800), entry(4, 1, 1, 50)}, set.Entries, "800.2, rounded down")
}

func TestCountedEpochsDoNotOverflow(t *testing.T) {
	set := types.ActiveSet{Entries: []types.ActiveEntry{entry(1, 1, math.MaxUint32, 7)}}
	_, err := set.Score([]uint64{1}, []uint64{7}, 10_000)
	require.NoError(t, err)
	require.Equal(t, entry(1, 1, math.MaxUint32, 7), set.Entries[0])
}

func TestSmoothingIsExactForEveryNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rapid.Uint64().Draw(t, "before"), rapid.Uint64().Draw(t, "after")
		bp := rapid.Uint32Range(1, types.BasisPoints).Draw(t, "bp")
		set := types.ActiveSet{Entries: []types.ActiveEntry{entry(1, 1, 1, before)}}
		_, err := set.Score([]uint64{1}, []uint64{after}, bp)
		require.NoError(t, err)

		// the slow twin
		b := new(big.Int).Mul(new(big.Int).SetUint64(before), big.NewInt(int64(types.BasisPoints-bp)))
		a := new(big.Int).Mul(new(big.Int).SetUint64(after), big.NewInt(int64(bp)))
		want := new(big.Int).Div(b.Add(b, a), big.NewInt(types.BasisPoints))
		require.Equal(t, want.Uint64(), set.Entries[0].SmoothedIncentive)
	})
}

func TestRoomComesWhenTheFirstImmunityEnds(t *testing.T) {
	for name, tc := range map[string]struct {
		scored   []uint32
		immunity uint32
		want     uint32
	}{
		"all are new in one place":   {[]uint32{0}, 5, 5},
		"one is beyond its immunity": {[]uint32{0, 5}, 5, 0},
		"the oldest decides":         {[]uint32{0, 3, 1}, 5, 2},
		"all are new":                {[]uint32{0, 0}, 5, 5},
		"one is long beyond it":      {[]uint32{0, 50}, 5, 0},
	} {
		set := types.ActiveSet{}
		for i, n := range tc.scored {
			set.Entries = append(set.Entries, entry(uint64(i+1), 1, n, 0))
		}
		state := types.TopicState{}.Began(1, 1, set)
		schedule := topictypes.Schedule{MaxActive: uint32(len(tc.scored)), ImmunityEpochs: tc.immunity}
		require.Equal(t, tc.want, state.EpochsUntilRoom(schedule), name)
		schedule.MaxActive++
		require.Zero(t, state.EpochsUntilRoom(schedule), "a place is free")
	}
}

// TestAnEpochsBeginningKeepsItsPromises compares Open with what it says in words.
func TestAnEpochsBeginningKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "entries")
		set := types.ActiveSet{TopicId: 1, LeftBefore: []uint64{1000}, Left: []uint64{1001}}
		for i := range n {
			set.Entries = append(set.Entries, entry(uint64(10+i), rapid.Uint64Range(1, 4).Draw(t, "activated"),
				rapid.Uint32Range(0, 4).Draw(t, "scored"), rapid.Uint64Range(0, 3).Draw(t, "smoothed")))
		}
		var ready []uint64
		for i := range rapid.IntRange(0, 12).Draw(t, "ready") {
			ready = append(ready, uint64(100+i))
		}
		bound := rapid.IntRange(1, 14).Draw(t, "bound")
		immunity := rapid.Uint32Range(1, 4).Draw(t, "immunity")
		before := slices.Clone(set.Entries)

		turn := set.Open(ready, bound, immunity, 9, 0)

		require.LessOrEqual(t, len(set.Entries), bound)
		require.True(t, slices.IsSorted(set.IDs()))
		require.Equal(t, []uint64{1000}, turn.Forgotten)
		require.Equal(t, []uint64{1001}, set.LeftBefore)
		require.Equal(t, ready[:len(turn.Entered)], turn.Entered, "in order, none passed over")
		require.Len(t, set.Left, len(turn.Evicted))

		staying := map[uint64]bool{}
		for _, id := range set.IDs() {
			staying[id] = true
		}
		for _, id := range turn.Entered {
			require.True(t, staying[id], "nothing that came in is evicted at the same time")
		}
		forced := max(0, n-bound)
		for _, e := range before {
			immune := e.ScoredEpochs < immunity
			require.True(t, staying[e.Id] || !immune || forced > 0, "immune ones stay, unless the set has to shrink")
			if immune && staying[e.Id] {
				continue
			}
			for _, other := range before {
				if !staying[e.Id] && staying[other.Id] && !immune && other.ScoredEpochs >= immunity {
					require.LessOrEqual(t, e.SmoothedIncentive, other.SmoothedIncentive, "who goes is not better than who stays")
				}
			}
		}
		if len(turn.Entered) < len(ready) {
			require.Len(t, set.Entries, bound, "nobody waits while there is a place")
			for _, e := range set.Entries {
				require.True(t, e.ScoredEpochs < immunity, "nobody waits while one could make room")
			}
		}
		for _, e := range turn.Evicted[forced:] {
			require.Contains(t, turn.Entered, e.By)
		}
		for _, e := range turn.Evicted[:forced] {
			require.Zero(t, e.By)
		}
	})
}

func TestWhatIsKeptMakesNoRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := types.ActiveSet{TopicId: 1}
		n := rapid.IntRange(1, 12).Draw(t, "entries")
		for i := range n {
			set.Entries = append(set.Entries, entry(uint64(10+i), 1, rapid.Uint32Range(0, 4).Draw(t, "scored"), rapid.Uint64Range(0, 3).Draw(t, "smoothed")))
		}
		kept := uint64(10 + rapid.IntRange(0, n-1).Draw(t, "kept"))
		set.Open([]uint64{100, 101, 102}, rapid.IntRange(1, 14).Draw(t, "bound"), rapid.Uint32Range(1, 4).Draw(t, "immunity"), 9, kept)
		require.Contains(t, set.IDs(), kept)
	})
}
