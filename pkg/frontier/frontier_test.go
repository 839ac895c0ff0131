// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/frontier"
)

func TestAStepAboveTheFrontierIsRecordedAndItsCloneIsNot(t *testing.T) {
	k := newTopic(t, 1, 8, 300, 100)
	k.commit(1, "ann", 30_000)
	k.commit(2, "eve", 30_000)
	k.play(9)
	require.Empty(t, k.outcomes, "nothing is decided before the window is full")
	k.play(1)
	require.Equal(t, frontier.Recorded, k.verdict(1))
	require.Equal(t, frontier.Small, k.verdict(2))
	require.Len(t, k.m.Segments, 1)
	require.InDelta(t, 30_000, float64(k.m.Segments[0].Hi), 500)

	k.commit(3, "bob", 32_000)
	k.commit(4, "eve", 32_000)
	k.commit(5, "ann", 30_050)
	k.play(10)
	require.Equal(t, frontier.Recorded, k.verdict(3))
	require.Equal(t, frontier.Small, k.verdict(4))
	require.Equal(t, frontier.Small, k.verdict(5))
	require.InDelta(t, 2_000, float64(k.m.Segments[1].Hi-k.m.Segments[1].Lo), 200)
}

// last is the last outcome of a contribution.
func (k *topic) last(id uint64) frontier.Outcome {
	for at := len(k.outcomes) - 1; at >= 0; at-- {
		if k.outcomes[at].ID == id {
			return k.outcomes[at]
		}
	}
	return frontier.Outcome{}
}

// paid is what each account is paid of an epoch's budget.
func (k *topic) paid() map[string]float64 {
	paid := map[string]float64{}
	for _, share := range k.m.Shares(k.params, k.number*epochSeconds) {
		paid[k.by[share.ID]] += float64(share.Total()) / float64(fixed.One)
	}
	return paid
}

func TestClonesEarnNothingHoweverManyThereAre(t *testing.T) {
	for _, clones := range []int{1, 4} {
		k := newTopic(t, 11, 9, 600, 300)
		id, best := uint64(0), 30_000.0
		commit := func(by string, truth float64) {
			id++
			k.commit(id, by, truth)
		}
		for epoch := range 80 {
			if epoch%12 == 0 {
				best += 1_500
				commit(fmt.Sprint("honest ", epoch), best)
			}
			for n := range clones {
				commit(fmt.Sprint("farm ", n), best)
			}
			if len(k.active) > 60 {
				k.prune()
			}
			k.play(1)
		}
		farm, all := 0.0, 0.0
		for by, part := range k.paid() {
			if by[0] == 'f' {
				farm += part
			}
			all += part
		}
		require.Greater(t, all, 0.5)
		require.LessOrEqual(t, farm/all, 0.01, "%d clones an epoch", clones)
		top := float64(k.m.Top(k.params))
		require.InEpsilon(t, best-1_500-20_000, top-20_000, 0.05, "the frontier is where the truth is, but for the last step")
	}
}

// prune lets the oldest contribution go that has settled and holds nothing.
func (k *topic) prune() {
	for _, id := range k.active {
		if v := k.verdict(id); v != 0 && v.Final() && !k.m.Holds(id) {
			k.leave(id)
			return
		}
	}
}

func TestSplittingAStepGainsNothing(t *testing.T) {
	whole, parts := 0.0, 0.0
	for seed := range uint64(20) {
		for _, steps := range []int{1, 4} {
			k := newTopic(t, seed, 9, 300, 60)
			k.commit(1, "ann", 30_000)
			k.play(10)
			for n := range steps {
				k.commit(uint64(2+n), "eve", 30_000+2_000*float64(n+1)/float64(steps))
				k.play(1)
			}
			k.play(12)
			if steps == 1 {
				whole += k.paid()["eve"]
			} else {
				parts += k.paid()["eve"]
			}
		}
	}
	require.Positive(t, whole)
	require.LessOrEqual(t, parts/whole, 1.02)
}

// Bob's is better than the frontier by less than the threshold, Eve's by more, but not by so much better
// than Bob's.
func TestWhoIsNotAheadOfWhatWasThereBeforeHasNothing(t *testing.T) {
	k := newTopic(t, 3, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	k.commit(2, "bob", 30_100)
	k.commit(3, "eve", 30_200)
	k.commit(4, "bob", 30_200)
	k.play(10)
	require.Equal(t, frontier.Small, k.verdict(2))
	require.Equal(t, frontier.NotAhead, k.verdict(3))
	require.Equal(t, frontier.NotAhead, k.verdict(4), "it is ahead of Bob's own, and not of Eve's")
	o := k.last(3)
	require.Equal(t, int64(200), o.Gain)
	require.Equal(t, uint32(131), o.Eps)
	require.Equal(t, uint64(1), o.Rivals[0].ID)
	require.Equal(t, int64(2_000), o.Rivals[0].Ahead)
	require.Equal(t, frontier.Rival{ID: 2, Quality: 30_100, Ahead: 1_000, Power: 900}, o.Rivals[1])
}

func TestAnOwnOlderVersionIsNoRival(t *testing.T) {
	k := newTopic(t, 3, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	k.commit(2, "bob", 30_100)
	k.commit(3, "bob", 30_200)
	k.play(10)
	require.Equal(t, frontier.Small, k.verdict(2))
	require.Equal(t, frontier.Recorded, k.verdict(3))
}

func TestAWindowGrowsUntilEnoughPowerMeasuredBothSides(t *testing.T) {
	k := newTopic(t, 4, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	heard := 5
	k.silent = func(validator int, id uint64) bool { return id == 2 && validator >= heard }
	k.commit(2, "bob", 31_000)
	k.play(10)
	require.Equal(t, frontier.Thin, k.verdict(2), "5 of 9 are fewer than two thirds")
	require.Equal(t, 11, k.last(2).Until)
	heard = 6
	k.play(4)
	require.Equal(t, frontier.Thin, k.verdict(2), "the sixth has measured less than half of the window")
	k.play(1)
	require.Equal(t, frontier.Recorded, k.verdict(2), "and now five epochs")
	require.Equal(t, 15, k.last(2).Epochs)
}

func TestWhatTooFewMeasuredForTwiceTheWindowNeverGains(t *testing.T) {
	k := newTopic(t, 4, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	k.silent = func(validator int, id uint64) bool { return id == 2 && validator >= 5 }
	k.commit(2, "bob", 31_000)
	k.play(19)
	require.Equal(t, frontier.Thin, k.verdict(2))
	k.play(1)
	require.Equal(t, frontier.Unmeasured, k.verdict(2))
	require.Empty(t, k.m.Windows)
}

func TestNoiseBeyondTheLargestThresholdDoublesTheWindow(t *testing.T) {
	k := newTopic(t, 6, 9, 0, 12_000)
	for id := uint64(1); id <= 6; id++ {
		k.commit(id, fmt.Sprint(id), 30_000)
	}
	k.play(10)
	require.Equal(t, frontier.Noisy, k.verdict(1))
	require.Equal(t, 20, k.last(1).Until)
	k.play(9)
	require.Equal(t, frontier.Noisy, k.verdict(1))
	k.play(1)
	require.True(t, k.verdict(1).Final())
	require.Equal(t, 20, k.last(1).Epochs)
}

// Half of the validators can run the second contribution, and say that it is as good as anything.
func TestWhatFewCanMeasureStandsInNobodysWay(t *testing.T) {
	k := newTopic(t, 7, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	k.silent = func(validator int, id uint64) bool { return id == 2 && validator >= 5 }
	k.commit(2, "eve", 60_000)
	k.play(20)
	require.Equal(t, frontier.Unmeasured, k.verdict(2))
	k.commit(3, "bob", 31_000)
	k.play(10)
	require.Equal(t, frontier.Recorded, k.verdict(3))
	o := k.last(3)
	require.Equal(t, uint64(2), o.Rivals[1].ID)
	require.Equal(t, uint64(500), o.Rivals[1].Power, "which is told")
}

func TestALaterCommitWaitsForTheOneBefore(t *testing.T) {
	k := newTopic(t, 7, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	k.silent = func(validator int, id uint64) bool { return id == 2 && validator >= 5 }
	k.commit(2, "bob", 31_000)
	k.commit(3, "eve", 31_000)
	k.play(19)
	require.Zero(t, k.verdict(3), "it could have been measured after 10")
	k.play(1)
	require.Equal(t, frontier.Unmeasured, k.verdict(2))
	require.Equal(t, frontier.Recorded, k.verdict(3))
	require.Equal(t, 10, k.last(3).Epochs, "and is, over its own window")
}

func TestNobodyWaitsLongerThanItsEpochsAreRemembered(t *testing.T) {
	k := newTopic(t, 7, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	k.commit(3, "eve", 31_000)
	k.play(5)
	k.silent = func(validator int, id uint64) bool { return id == 2 && validator >= 5 }
	k.active = []uint64{1, 2, 3}
	k.truth[2], k.by[2], k.entered = 31_500, "bob", []uint64{2}
	k.play(14)
	require.Zero(t, k.verdict(3))
	k.play(1)
	require.Equal(t, frontier.Recorded, k.verdict(3), "20 epochs after it entered, 5 before the one that was committed first")
}

func TestAHolderThatWithdrewIsMeasuredAgainstAndNotPaid(t *testing.T) {
	k := newTopic(t, 8, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(10)
	k.commit(2, "bob", 32_000)
	k.play(10)
	before := k.paid()
	k.m.Withdraw(2)
	require.Zero(t, k.paid()["bob"])
	require.Equal(t, before["ann"], k.paid()["ann"], "what Bob leaves is nobody's")
	r, height := k.m.Reference()
	require.Equal(t, uint64(2), r)
	require.Equal(t, uint32(32_000), height)

	k.leave(2)
	k.commit(3, "eve", 31_900)
	k.commit(4, "cid", 33_000)
	k.play(10)
	require.Equal(t, frontier.Small, k.verdict(3), "the top stays where it was")
	require.Equal(t, frontier.Recorded, k.verdict(4))
	o := k.last(4)
	require.Equal(t, uint64(1), o.Reference)
	require.Equal(t, uint32(32_000), o.Top)
	require.Equal(t, int64(1_000), o.Gain)
}

func TestTheHeightsOfWhatWasRemovedAreNotUsedAgain(t *testing.T) {
	k := newTopic(t, 9, 9, 0, 0)
	for n, truth := range []float64{30_000, 32_000, 34_000} {
		k.commit(uint64(n+1), fmt.Sprint(n), truth)
		k.play(10)
	}
	require.Len(t, k.m.Segments, 3)
	k.m.Remove(2)
	require.Len(t, k.m.Segments, 2)
	require.Equal(t, uint32(34_000), k.m.Top(k.params), "the gap stays")
	k.m.Remove(3)
	require.Equal(t, uint32(30_000), k.m.Top(k.params), "the top falls to the next")
	k.m.Remove(1)
	require.Equal(t, uint32(20_000), k.m.Top(k.params), "or to the baseline")
}

func TestWhoLeavesEarlyHasNothingAndWhoFindsNoRoomIsTold(t *testing.T) {
	k := newTopic(t, 10, 3, 0, 0)
	for id := uint64(1); id <= frontier.MaxWindows+1; id++ {
		k.commit(id, "ann", 30_000)
	}
	k.number = 1
	k.begin()
	require.Equal(t, frontier.Crowded, k.verdict(frontier.MaxWindows+1))
	require.Len(t, k.m.Windows, frontier.MaxWindows)
	k.number, k.entered = 2, nil
	k.leave(7)
	k.begin()
	require.Equal(t, frontier.Left, k.verdict(7))
	require.Len(t, k.m.Windows, frontier.MaxWindows-1)
}

func TestABaselineArtifactIsTheReferenceBeforeAnybodyIs(t *testing.T) {
	k := newTopic(t, 12, 9, 500, 50)
	k.active, k.truth[frontier.Baseline] = []uint64{frontier.Baseline}, 24_000
	k.commit(1, "ann", 26_000)
	k.play(10)
	require.Equal(t, frontier.Recorded, k.verdict(1))
	o := k.last(1)
	require.Equal(t, uint64(frontier.Baseline), o.Reference)
	require.False(t, o.Rivals[0].Fixed)
	require.InDelta(t, 2_000, float64(o.Gain), 100, "what all measurements have in common drops out")
	require.Equal(t, uint32(20_000), k.m.Segments[0].Lo)
}

func TestAWindowThatOpenedTooLongAgoBeginsAnew(t *testing.T) {
	k := newTopic(t, 13, 9, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(6)
	k.number, k.oldest = 80, 70 // in between nothing was scored
	k.play(9)
	require.Zero(t, k.verdict(1))
	require.Equal(t, []uint64{81, 82, 83, 84, 85, 86, 87, 88, 89}, k.m.Epochs)
	k.play(1)
	require.Equal(t, frontier.Recorded, k.verdict(1))
	require.Equal(t, 10, k.last(1).Epochs)
}

// Ann's own 64 are the best that were there before; behind them stands Bob's.
func TestRivalsAreLookedForAmongTheBestSixtyFour(t *testing.T) {
	for own, rivals := range map[uint64]int{63: 2, 64: 1} {
		k := newTopic(t, 14, 3, 0, 0)
		k.commit(1, "bob", 25_000)
		k.play(10)
		k.commit(2, "bob", 24_000)
		for id := uint64(3); id < 3+own-1; id++ {
			k.commit(id, "ann", 25_100)
		}
		k.commit(200, "ann", 26_000)
		k.play(10)
		require.Len(t, k.last(200).Rivals, rivals, "%d before Bob's second, with his first", own)
	}
}

func TestTheThresholdIsSaidInWholeUnits(t *testing.T) {
	p := frontier.DefaultParams()
	require.Equal(t, p.EpsMin, p.Threshold(0, p.Settle))
	require.Equal(t, uint32(1_329), p.Threshold(1_000*fixed.One, 10))
	require.Equal(t, p.EpsMax, p.Threshold(60_000*fixed.One, 10))
}
