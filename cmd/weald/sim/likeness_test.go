// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pool is six of twenty validators with 30% of the power, on shards of their own.
func pool(strategy string) *Scenario {
	s := DefaultScenario()
	s.Shards, s.TurnoverBp, s.Epochs, s.Warmup, s.Seeds = Own, 1_000, 60, 20, 4
	s.Groups = []Group{
		{Name: "honest", Strategy: "honest", Validators: 14, PowerBp: 7_000},
		{Name: "pool", Strategy: strategy, Validators: 6, PowerBp: 3_000},
	}
	return s
}

func alikeness(t *testing.T, strategy string, beside Beside) Likeness {
	t.Helper()
	l, err := Alike(context.Background(), pool(strategy), beside, 10, 2)
	require.NoError(t, err)
	require.Len(t, l.Together, 4*4*15)
	require.Len(t, l.Apart, 4*4*(190-15))
	require.IsNonDecreasing(t, l.Apart)
	return l
}

func TestAPoolThatRevealsOneMeasurementIsToldByItsErrorsOverTenEpochs(t *testing.T) {
	l := alikeness(t, "pooled", BesideMedians)
	require.InDelta(t, 1, l.Together[0], 1e-9)
	require.Less(t, l.Apart[len(l.Apart)-1], 0.5)
	threshold, flagged := l.Threshold(1_000)
	require.Less(t, threshold, 0.5)
	require.Equal(t, 1.0, flagged)
}

func TestErrorsOfTheHonestAreNotAlikeWhateverTheirGroup(t *testing.T) {
	l := alikeness(t, "honest", BesideMedians)
	for _, pairs := range [][]float64{l.Apart, l.Together} {
		require.InDelta(t, 0, pairs[len(pairs)/2], 0.05)
	}
	_, flagged := l.Threshold(100)
	require.Less(t, flagged, 0.05)
}

func TestWhatTheHonestKnowBeyondThePublicIsAlikeForItIsTheNews(t *testing.T) {
	l := alikeness(t, "honest", BesidePublic)
	require.Greater(t, l.Apart[len(l.Apart)/2], 0.2)
}

func TestAlikenessDoesNotDependOnTheWorkers(t *testing.T) {
	one, err := Alike(context.Background(), pool("fabricator"), BesideMedians, 5, 1)
	require.NoError(t, err)
	three, err := Alike(context.Background(), pool("fabricator"), BesideMedians, 5, 3)
	require.NoError(t, err)
	require.Equal(t, one, three)
}

func TestAThresholdLeavesTheFalseAlarmsThatItIsAskedFor(t *testing.T) {
	l := Likeness{Apart: []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}, Together: []float64{0.75, 0.85, 0.95, 1}}
	threshold, flagged := l.Threshold(10)
	require.Equal(t, 0.8, threshold, "one of ten lies above")
	require.Equal(t, 0.75, flagged)
	threshold, flagged = Likeness{}.Threshold(10)
	require.Equal(t, 1.0, threshold)
	require.Zero(t, flagged)
	var b strings.Builder
	require.NoError(t, l.WriteTable(&b))
	require.Contains(t, b.String(), "pairs that are together       4: least 0.750, median 0.950, most 1.000\n")
	require.Contains(t, b.String(), "one false alarm in 100  : threshold 0.900 flags 0.500 of those together\n")
}

func TestCosinesOfVectorsWrittenByHand(t *testing.T) {
	require.InDelta(t, 1, cosine([]float64{1, 2}, []float64{2, 4}), 1e-12)
	require.InDelta(t, -1, cosine([]float64{1, 2}, []float64{-1, -2}), 1e-12)
	require.InDelta(t, 0, cosine([]float64{1, 0}, []float64{0, 1}), 1e-12)
	require.Zero(t, cosine([]float64{0, 0}, []float64{1, 1}))
}

func TestLikenessRefusesWhatItCannotCompare(t *testing.T) {
	_, err := Alike(context.Background(), pool("pooled"), "truth", 10, 1)
	require.ErrorIs(t, err, ErrScenario)
	require.ErrorContains(t, err, `beside is "truth", expected "medians" or "public"`)
	_, err = Alike(context.Background(), pool("pooled"), BesideMedians, 41, 1)
	require.ErrorContains(t, err, "window is 41, expected 1 to 40")
}

func TestARowThatIsTooHighByTheSamePartEverywhereIsNotOff(t *testing.T) {
	g := &game{rows: []uint16{110, 220, 0, 440}, fresh: make([]bool, 4), live: []bool{true, true, true, false}}
	for j, x := range g.offsets(0, []uint16{100, 200, 300, 400}) {
		require.InDelta(t, 0, x, 1e-12, "slot %d", j)
	}
	g.rows = []uint16{110, 180, 0, 440}
	require.InDeltaSlice(t, []float64{0.1, -0.1, 0, 0}, g.offsets(0, []uint16{100, 200, 300, 400}), 1e-12)
}
