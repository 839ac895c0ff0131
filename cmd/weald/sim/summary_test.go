// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
)

// told is what two groups with three quarters and a quarter of the power came to, written by hand.
func told(dividends, pay fixed.Q32) Result {
	return Result{Seed: 5, Epochs: 2, Void: 1, Groups: []Tally{
		{Dividends: fixed.One, Power: fixed.One + fixed.Half, Members: []fixed.Q32{fixed.Half, fixed.Half}, Series: []fixed.Q32{fixed.Half, fixed.Half}},
		{Dividends: dividends, Power: fixed.Half, Members: []fixed.Q32{dividends}, Pay: pay, Series: []fixed.Q32{dividends, 0}},
	}}
}

func TestComparisonsOfFiguresWrittenByHand(t *testing.T) {
	r, honest := told(fixed.Half, fixed.Half), told(fixed.One/4, fixed.One/4)
	require.InDelta(t, 1.5, PerPower(r, 1, 0), 1e-9, "half as much with a third of the power")
	require.Zero(t, PerPower(told(0, 0), 0, 1), "beside a group that earned nothing")
	require.InDelta(t, 2, PayBeside(r, honest, 1), 1e-9)
	require.Zero(t, PayBeside(r, honest, 0), "of a group without items")
	// 0.4 of a half and 0.6 of a half, beside 0.4 and 0.6 of a quarter.
	require.InDelta(t, 2, RevenueBeside(r, honest, 1), 1e-9)
	require.InDelta(t, 1.2, RevenueBeside(told(0, fixed.One), told(fixed.Half, fixed.Half), 1), 1e-9, "0.6 of 1 beside a half")
	require.Zero(t, Spread(r, 0), "two that earned the same")
	c := Result{Contributors: []fixed.Q32{fixed.Half, fixed.One + fixed.Half}, Credited: 3, Progress: 4}
	require.InDelta(t, 0.25, ContributorShare(c, 0), 1e-9)
	require.InDelta(t, 3, ContributorBeside(c, Result{Contributors: []fixed.Q32{fixed.Half, fixed.Half}}, 1), 1e-9)
	require.InDelta(t, 0.75, Credit(c), 1e-9)
}

func TestVariationIsTheDeviationInPartsOfTheMean(t *testing.T) {
	require.InDelta(t, 0.5, variation([]float64{1, 3}), 1e-12)
	require.Zero(t, variation([]float64{7, 7, 7}))
	require.Zero(t, ratio(int64(0), int64(0)))
}

func TestAFigureOfEqualNumbersIsThatNumberWithinItself(t *testing.T) {
	require.Equal(t, Figure{2, 2, 2}, NewFigure([]float64{2, 2, 2}))
	require.Equal(t, "2.000 (2.000 to 2.000)", NewFigure([]float64{2, 2, 2}).String())
}

func TestASummaryPutsEachSeedBesideItsHonestTwin(t *testing.T) {
	s := panels()
	s.Seeds, s.Groups[1].Owns = 2, 2
	var steps []int
	summary, err := Summarize(context.Background(), s, 2, func(done, all int) {
		require.Equal(t, 4, all)
		steps = append(steps, done)
	})
	require.NoError(t, err)
	require.Equal(t, []int{1, 2, 3, 4}, steps)
	require.Equal(t, summary.Honest, summary.Results, "all are honest as it is")
	require.Nil(t, summary.Lines[0].Pay, "it has no items")
	require.Equal(t, Figure{1, 1, 1}, *summary.Lines[1].Pay)
	require.Equal(t, Figure{1, 1, 1}, summary.Lines[1].Revenue)
	require.Zero(t, summary.Void)
}

// twoSeeds is a summary of results written by hand.
func twoSeeds() *Summary {
	s := DefaultScenario()
	s.Epochs, s.Warmup, s.Coverage, s.Sharpness = 2, 0, 8, 3
	s.Groups[0].PowerBp, s.Groups[1].PowerBp = 7_500, 2_500
	r, honest := told(fixed.Half, fixed.Half), told(fixed.One/4, fixed.One/4)
	return &Summary{Scenario: s, Results: []Result{r, r}, Honest: []Result{honest, honest}, Void: 0.5}
}

func TestACSVHasALineForEachSeedAndGroup(t *testing.T) {
	var b strings.Builder
	require.NoError(t, twoSeeds().WriteCSV(&b))
	lines, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, 5)
	require.Equal(t, []string{
		"5", "copier", "copier", "2", "2500", "2", "1", "0.5", "1.500000", "0.5", "2.000000", "2.000000",
	}, lines[2])
	require.Len(t, lines[0], len(lines[2]))
}

func TestATableSaysWhatATopicChoseAndHowManyEpochsWereVoid(t *testing.T) {
	var b strings.Builder
	require.NoError(t, twoSeeds().WriteTable(&b))
	require.Contains(t, b.String(), ", coverage 8, sharpness 3, 50.0% of the epochs void\n")
}

func TestAPlotDrawsTheMeanOfTenEpochsBesideAFairShare(t *testing.T) {
	s := twoSeeds()
	// The second group has a quarter of the power. It had half of the budget in the first epoch, which is more than the plot
	// is high, and none in the second: one fair share in the mean.
	top, fair := "50.0", "153.3"
	require.Equal(t, "60.0,"+top+" 680.0,"+fair, s.points(1))
	// Of what is longer ago than ten epochs nothing is left.
	s.Scenario.Epochs = 11
	for k := range s.Results {
		s.Results[k].Groups[1].Series = append([]fixed.Q32{fixed.One}, slices.Repeat([]fixed.Q32{fixed.One / 4}, 10)...)
	}
	require.True(t, strings.HasSuffix(s.points(1), " 680.0,"+fair), s.points(1))
}
