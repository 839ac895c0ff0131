// SPDX-License-Identifier: Apache-2.0

package types

import (
	"github.com/weal-network/weal/pkg/pricing"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// msPerSecond converts the topic's half-life to the unit of block time.
const msPerSecond = 1_000

// Curve is how the price of a topic moves, in milliseconds. That of a sandbox is
// zero: nothing is ever paid.
func Curve(p topictypes.Pricing) pricing.Curve {
	return pricing.Curve{
		Base: p.BasePrice, Max: p.MaxPrice, HalfLife: p.HalfLifeSeconds * msPerSecond, MultiplierBP: uint64(p.MultiplierBp),
	}
}

// Level is the price's level at a block time, in milliseconds since 1970.
func (s TopicState) Level(p topictypes.Pricing, nowMs int64) pricing.Level {
	return Curve(p).At(pricing.Level(s.PriceLevel), s.sinceCommit(nowMs))
}

// Bought returns the state after a commit at a block time.
func (s TopicState) Bought(p topictypes.Pricing, nowMs int64) TopicState {
	s.PriceLevel = uint64(Curve(p).Raised(s.Level(p, nowMs)))
	s.PriceTimeMs = nowMs
	return s
}

// SecondsUntil is how long until the price is at most the given one, if nobody
// commits meanwhile; false if it never is.
func (s TopicState) SecondsUntil(p topictypes.Pricing, nowMs int64, price uint64) (uint64, bool) {
	elapsed, ok := Curve(p).Until(pricing.Level(s.PriceLevel), price)
	passed := s.sinceCommit(nowMs)
	if !ok || elapsed <= passed {
		return 0, ok
	}
	return (elapsed - passed + msPerSecond - 1) / msPerSecond, true
}

// sinceCommit is the time since the last commit; a clock that went backwards
// stands still.
func (s TopicState) sinceCommit(nowMs int64) uint64 {
	return uint64(max(0, nowMs-s.PriceTimeMs)) //nolint:gosec // not negative
}

// EpochsUntilRoom is in how many scored epochs the first place can come free: 0
// while one is, or when one that is not immune can make room.
func (s TopicState) EpochsUntilRoom(schedule topictypes.Schedule) uint32 {
	if s.Places < schedule.MaxActive {
		return 0
	}
	immunity := Immunity(schedule.ImmunityEpochs)
	return immunity - min(immunity, s.ScoredEpochs)
}

// HeightAfter is the earliest block at whose end the epoch after so many more
// begins, if none is void or late.
func (s TopicState) HeightAfter(schedule topictypes.Schedule, epochs uint32) int64 {
	return s.EpochHeight + int64(epochs)*int64(schedule.EpochBlocks) //nolint:gosec // bounded by the topic's params
}

// Began returns the state as an epoch begins with a set.
func (s TopicState) Began(epoch uint64, height int64, set ActiveSet) TopicState {
	s.Epoch, s.EpochHeight = epoch, height
	s.Places = uint32(len(set.Entries)) //nolint:gosec // at most max_active
	s.ScoredEpochs = set.LongestScored()
	return s
}
