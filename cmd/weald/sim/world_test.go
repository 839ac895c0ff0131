// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// The first slot's item is an original; the second a copy that answers alike, the third one of which half is its own chance,
// the fourth one that is as good and measured independently, the fifth another original.
func TestTheShardsChanceIsACopysAsFarAsItAnswersAlike(t *testing.T) {
	s := DefaultScenario()
	s.Items, s.TurnoverBp = 5, 0
	w := NewWorld(s, 1)
	for j, apart := range []int64{0, 0, basisPoints / 2, basisPoints} {
		w.Slots[j].Kin, w.Slots[j].Apart = w.Slots[0].ID, apart
	}
	const draws = 4_000
	sums := make([]float64, 5)
	squares := make([]float64, 5)
	for range draws {
		w.draw()
		for j := range sums {
			sums[j] += float64(w.shift[0]) * float64(w.shift[j])
			squares[j] += float64(w.shift[j]) * float64(w.shift[j])
		}
	}
	for j, want := range []float64{1, 1, math.Sqrt(0.5), 0, 0} {
		require.InDelta(t, want, sums[j]/math.Sqrt(squares[0]*squares[j]), 0.05, "slot %d", j)
		require.InEpsilon(t, squares[0], squares[j], 0.08, "as much noise, whosever it is: slot %d", j)
	}
}

func TestACopyIsOfTheBestThatIsPublic(t *testing.T) {
	s := DefaultScenario()
	s.Items, s.Epochs = 0, 100
	s.Contributors = []Contributor{
		{Name: "eve", Strategy: "clones"}, {Name: "ann", Strategy: "steady", Params: Knobs{"first": 2, "every": 3}},
	}
	w := NewWorld(s, 1)
	m, err := newMarket(s, 1)
	require.NoError(t, err)
	for epoch := range 9 {
		w.begin(epoch)
		m.open(w, func(uint64) bool { return false }, make([]uint16, len(w.Slots)))
	}
	originals := map[uint64]uint16{}
	copies := 0
	for _, item := range w.Slots {
		if item.ID != 0 && item.Kin == item.ID {
			originals[item.ID] = item.Quality
		}
	}
	for _, item := range w.Slots {
		if item.ID != 0 && item.Kin != item.ID {
			copies++
			require.Equal(t, originals[item.Kin], item.Quality)
		}
	}
	require.Equal(t, 6, copies, "from the epoch on in which there is something to copy")
}
