// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
)

func percent(n int64) fixed.Q32 { return fixed.Q32(n) * fixed.One / 100 }

func TestMeritRisesFromAQuarterToEightyFiveHundredthsOfTheMedian(t *testing.T) {
	p := innovation.DefaultParams()
	for name, c := range map[string]struct {
		average, median fixed.Q32
		want            float64
	}{
		"the median has all":                          {percent(80), percent(80), 1},
		"85% of the median has all":                   {percent(68), percent(80), 1},
		"more than the median has no more":            {percent(100), percent(50), 1},
		"a quarter of the median has nothing":         {percent(20), percent(80), 0},
		"between them it is a straight line":          {percent(44), percent(80), 0.5},
		"who goes against the others has nothing":     {-percent(50), percent(80), 0},
		"a tiny median does not make noise news":      {percent(1), percent(1), 0},
		"nor does one below 0":                        {percent(1), -percent(10), 0},
		"5% beside a median that counts as 5% has it": {percent(5), percent(1), 1},
	} {
		t.Run(name, func(t *testing.T) {
			require.InDelta(t, c.want, number(p.Merit(c.average, c.median)), 1e-8)
		})
	}
}

func TestHalfOfADividendIsBondsAndHalfIsPowerByMerit(t *testing.T) {
	p := innovation.DefaultParams()
	eighth := fixed.One / 8
	require.Equal(t, eighth, p.Dividend(eighth, eighth, fixed.One))
	require.Equal(t, eighth/2, p.Dividend(eighth, eighth, 0))
	require.Equal(t, eighth/2, p.Dividend(0, eighth, fixed.One))
	rapid.Check(t, func(t *rapid.T) {
		part := func(name string) fixed.Q32 { return fixed.Q32(rapid.Int64Range(0, int64(fixed.One)).Draw(t, name)) }
		p.Lambda = part("lambda")
		bonds, power, merit := part("bonds"), part("power"), part("merit")
		d := p.Dividend(bonds, power, merit)
		require.GreaterOrEqual(t, d, fixed.Q32(0))
		require.LessOrEqual(t, d, max(bonds, power))
	})
}

func TestAnAverageMovesByATwentieth(t *testing.T) {
	p := innovation.DefaultParams()
	require.InDelta(t, 0.05, number(p.Move(0, fixed.One)), 1e-9)
	require.InDelta(t, 0.90, number(p.Move(percent(95), -percent(5))), 1e-8)
	average := fixed.Q32(0)
	for range 200 {
		average = p.Move(average, percent(90))
	}
	require.InDelta(t, 0.9*(1-math.Pow(0.95, 200)), number(average), 1e-7)
	require.Equal(t, percent(40), innovation.Newcomer(percent(80)))
	require.Equal(t, fixed.Q32(0), innovation.Newcomer(-percent(80)))
}

func TestTheMedianOfAveragesIsByPowerOfTheActive(t *testing.T) {
	in := population(3, 4, 30, 1)
	in.Power = []uint64{10, 20, 30, 100}
	in.Active = []bool{true, true, true, false}
	p := innovation.DefaultParams()
	p.Rate = 0
	var e innovation.Engine
	_, err := e.Run(p, in)
	require.NoError(t, err)
	standing := innovation.Standing{Averages: []fixed.Q32{percent(90), percent(50), percent(10), percent(99)}}
	require.NoError(t, e.Settle(&standing))
	require.Equal(t, percent(50), standing.Median, "10 and 20 of 60 stand behind 50%, which is half")
	require.ErrorIs(t, e.Settle(&innovation.Standing{}), innovation.ErrShape)

	in.Power = []uint64{0, 0, 0, 1}
	_, err = e.Run(p, in)
	require.NoError(t, err)
	require.NoError(t, e.Settle(&standing))
	require.Equal(t, fixed.Q32(0), standing.Median, "nobody votes")
}

func TestWhatIsPublishedMovesThePublic(t *testing.T) {
	p := innovation.DefaultParams()
	share := innovation.NewShare(4)
	require.Equal(t, percent(25), share)
	public := innovation.Public{
		Last: []fixed.Q32{share, share}, Fast: []fixed.Q32{share, share}, Slow: []fixed.Q32{share, share},
	}
	p.Publish(public, []uint32{50, 50}, []fixed.Q32{0, 0}, 0)
	require.Equal(t, []fixed.Q32{share, share}, public.Last, "nobody agreed on anything: the public knows what it knew")
	p.Publish(public, []uint32{50, 50}, []fixed.Q32{percent(30), percent(90)}, percent(120))
	for j, want := range []float64{0.25, 0.75} {
		require.InDelta(t, want, number(public.Last[j]), 1e-9)
		require.InDelta(t, 0.25+0.2*(want-0.25), number(public.Fast[j]), 1e-9)
		require.InDelta(t, 0.25+0.05*(want-0.25), number(public.Slow[j]), 1e-9)
	}
}

// Honest validators see a shock of the epoch, each with some noise of its own; one copies the last
// consensus, one follows the moving average back, and one says nothing.
func TestWhoMeasuresInnovatesAndWhoCopiesDoesNot(t *testing.T) {
	in := population(5, 10, 60, 1)
	p := innovation.DefaultParams()
	for j := range in.Columns {
		last, slow := number(in.Public.Last[j]), number(in.Public.Slow[j])
		in.Scores.Values[7*60+j] = uint16(last * 1e6)
		in.Scores.Values[8*60+j] = uint16(math.Sqrt(last*slow) * 1e6)
		in.Scores.Values[9*60+j] = 0
	}
	var e innovation.Engine
	x, err := e.Run(p, in)
	require.NoError(t, err)
	for i := range 7 {
		require.Greater(t, number(x[i]), 0.8, "validator %d measured", i)
	}
	require.Zero(t, x[7], "the copier knew nothing")
	require.Zero(t, x[8], "nor did who reverts to the mean")
	require.Zero(t, x[9], "nor did who said nothing")
}
