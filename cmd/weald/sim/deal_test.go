// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
)

// panels is a scenario of a moment in which 5 of 15 validators score each of 30 items.
func panels() *Scenario {
	s := DefaultScenario()
	s.Coverage, s.Epochs, s.Warmup, s.Items = 5, 60, 20, 30
	s.Groups = []Group{
		{Name: "honest", Strategy: "honest", Validators: 12, PowerBp: 8_000},
		{Name: "others", Strategy: "honest", Validators: 3, PowerBp: 2_000},
	}
	return s
}

// playing is a seed in which the second group plays a strategy that scenarios have no name for.
func playing(t *testing.T, s *Scenario, others Strategy) Result {
	t.Helper()
	require.NoError(t, s.Validate())
	g, err := newGame(s, 1)
	require.NoError(t, err)
	g.seats[1].strategy = others
	r, err := g.run(1)
	require.NoError(t, err)
	return r
}

// scorer is a strategy that says of a measured item what it is.
type scorer func(saw uint16, slot int, dealt bool) uint16

func (f scorer) Score(v *View) {
	for k := range v.Members() {
		for j, saw := range v.Measured(k) {
			v.Row(k)[j] = f(saw, j, v.Dealt(k, j))
		}
	}
}

func TestWhatAValidatorSaysOfItemsThatItWasNotDealtIsIgnored(t *testing.T) {
	honest := playing(t, panels(), scorer(func(saw uint16, _ int, _ bool) uint16 { return saw }))
	loud := playing(t, panels(), scorer(func(saw uint16, slot int, dealt bool) uint16 {
		if dealt {
			return saw
		}
		return uint16(slot) * 2_000
	}))
	require.Equal(t, honest, loud)
}

func TestHonestValidatorsWhoScoreWhatTheyWereDealtEarnAllOfTheDividends(t *testing.T) {
	r, err := Run(panels(), 1)
	require.NoError(t, err)
	require.InDelta(t, 1, ratio(r.Groups[0].Dividends+r.Groups[1].Dividends, fixed.One)/float64(r.Epochs), 0.02)
	require.Zero(t, r.Void)
}

func TestSkippingItemsThatItWasDealtCostsAValidatorDividends(t *testing.T) {
	skipping := playing(t, panels(), scorer(func(saw uint16, slot int, _ bool) uint16 {
		if slot%2 == 0 {
			return 0
		}
		return saw
	}))
	require.Less(t, PerPower(skipping, 1, 0), 0.8)
}

func TestEachItemIsDealtToAsManyBondedValidatorsAsTheTopicSays(t *testing.T) {
	d := dealer{scoring: panels().scoring(), seeds: NewSource(1, streamDeal)}
	power := []uint64{3, 0, 5, 5, 5, 0, 5, 5, 5, 5}
	ids := []uint64{7, 0, 3, 9, 0, 1}
	seen := map[uint64]bool{}
	for range 50 {
		dealt, err := d.deal(power, ids, newRules(panels()))
		require.NoError(t, err)
		for j, id := range ids {
			bonded := 0
			for i, p := range power {
				if p > 0 && dealt.to(i, j) {
					bonded++
				}
			}
			if id == 0 {
				require.Zero(t, bonded, "an empty slot")
				continue
			}
			require.Equal(t, 5, bonded)
		}
		seen[dealt.words[0]] = true
	}
	require.Greater(t, len(seen), 20, "of 56 panels, by chance")
}

func TestItemsAreDealtInTheOrderOfIdsWhateverTheirSlots(t *testing.T) {
	power := []uint64{1, 1, 1, 1, 1, 1, 1, 1}
	by := func(ids []uint64) map[uint64]uint64 {
		d := dealer{scoring: panels().scoring(), seeds: NewSource(1, streamDeal)}
		dealt, err := d.deal(power, ids, newRules(panels()))
		require.NoError(t, err)
		words := map[uint64]uint64{}
		for j, id := range ids {
			words[id] = dealt.words[j]
		}
		return words
	}
	require.Equal(t, by([]uint64{2, 3, 5, 8}), by([]uint64{8, 2, 5, 3}))
}

func TestWhereTheCoverageIsNotBelowTheNumberOfValidatorsAllScoreAll(t *testing.T) {
	for _, contributors := range [][]Contributor{nil, {{Name: "ann", Strategy: "steady"}}} {
		s := panels()
		s.Contributors, s.Coverage = contributors, 0
		all, err := Run(s, 1)
		require.NoError(t, err)
		for _, coverage := range []uint32{15, 16, 256} {
			s.Coverage = coverage
			again, err := Run(s, 1)
			require.NoError(t, err)
			require.Equal(t, all, again, "coverage %d", coverage)
		}
		s.Coverage = 14
		fewer, err := Run(s, 1)
		require.NoError(t, err)
		require.NotEqual(t, all, fewer)
	}
}

func TestWhatTheFrontierComparesIsDealtToAll(t *testing.T) {
	s := panels()
	s.Contributors, s.TurnoverBp, s.Epochs = []Contributor{{Name: "ann", Strategy: "steady", Params: Knobs{"every": 30}}}, 0, 150
	g, err := newGame(s, 1)
	require.NoError(t, err)
	result := g.result(1)
	for epoch := range 100 {
		require.NoError(t, g.play(epoch, &result))
		if epoch < 60 {
			continue
		}
		shared := 0
		for j, item := range g.world.Slots {
			judges := bits.OnesCount64(g.dealt.words[j])
			switch {
			case item.ID == 0:
				require.Zero(t, judges)
			case epoch-item.Born < 20:
				require.Equal(t, 15, judges, "its window is open")
			case judges == 5:
				shared++
			default:
				require.Equal(t, 15, judges, "it is one of the best, or the holder")
			}
		}
		require.Greater(t, shared, 10)
	}
}

// known is a view of one validator that was dealt the first two of three items.
func known(epoch int, quality, measured []uint16) *View {
	return &View{
		Epoch: epoch, Slots: []Slot{{ID: 1, Age: 9}, {ID: 2, Age: 9}, {ID: 3, Age: 9}}, Quality: quality, Rand: NewSource(1, 1),
		members: 1, deal: deal{words: []uint64{1, 1, 0}, validators: 2}, measured: measured, rows: make([]uint16, 3),
	}
}

func TestALazyValidatorCopiesWhatItWasNotDealtWhenItMeasured(t *testing.T) {
	l := &lazy{every: 5}
	l.Score(known(0, []uint16{10, 20, 30}, []uint16{11, 21, 31}))
	v := known(1, []uint16{12, 22, 32}, []uint16{13, 23, 33})
	v.deal.words = []uint64{0, 1, 1}
	l.Score(v)
	require.Equal(t, []uint16{11, 21, 32}, v.Row(0))
}

func TestACabalThatCheatsOnlyWhereItDecidesIsHonestWhereAllScoreAll(t *testing.T) {
	s := panels()
	s.Coverage, s.Groups[1].Owns = 0, 3
	honest, err := Run(s, 1)
	require.NoError(t, err)
	s.Groups[1].Strategy, s.Groups[1].Params = "cabal", Knobs{"others_bp": 0, "panels": 1}
	cabal, err := Run(s, 1)
	require.NoError(t, err)
	require.Equal(t, honest, cabal)
	s.Coverage = 4
	sharing, err := Run(s, 1)
	require.NoError(t, err)
	require.Greater(t, PayBeside(sharing, honest, 1), 1.02)
	require.Greater(t, PerPower(sharing, 1, 0), 0.9)
}

func TestAGroupDecidesWithHalfOfThePowerThatAnItemWasDealtTo(t *testing.T) {
	v := known(0, nil, nil)
	v.power = []uint64{2, 3}
	v.deal.words = []uint64{0b01, 0b11, 0b10}
	require.True(t, v.Decides(0))
	require.False(t, v.Decides(1))
	require.False(t, v.Decides(2))
	v.power = []uint64{3, 3}
	require.True(t, v.Decides(1))
}

func TestASelectiveRevealerLooksAtWhatItAndTheOthersWereDealt(t *testing.T) {
	v := known(0, nil, nil)
	copy(v.rows, []uint16{100, 200, 65535})
	v.deal.words = []uint64{0b11, 0b01, 0b10}
	s := &selective{}
	reveals := []bool{true}
	s.Reveal(v, []ballot{{validator: 1, row: []uint16{90, 9_999, 50}}}, reveals)
	// 10 off in the first item; 200 in the second, which none of the others was dealt; the third is not its own.
	require.Equal(t, int64(210), s.limit[0])
	require.Equal(t, []uint16{90, 0, 50}, s.medians(v, []ballot{{validator: 1, row: []uint16{90, 9_999, 50}}}))
}
