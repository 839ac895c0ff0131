// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/weal-network/weal/pkg/allot"
)

// Candidate is a topic as a tally finds it when all is counted.
type Candidate struct {
	// Account is the topic's, with its share and floor as they stand.
	Account TopicAccount
	// Eligible is whether votes can give it a share.
	Eligible bool
}

// NewTopicTally begins to count with a basis.
func NewTopicTally(basis TallyBasis, nowMs, height int64) TopicTally {
	tally := TopicTally{StartedMs: nowMs, StartedHeight: height}
	for _, standing := range basis.Standings {
		tally.Bonded += standing.Tokens
	}
	return tally
}

// Add counts one validator's ballot. What is bonded is at most the cap, so that no sum of
// stakes times basis points leaves 64 bits.
func (t *TopicTally) Add(ballot Ballot, at Standing) {
	topics, voted := ballot.Count(at)
	t.Voted += voted
	for _, stake := range topics {
		t.topic(stake.TopicId).StakeBp += stake.StakeBp
	}
}

// topic is the entry of a topic, made if there is none.
func (t *TopicTally) topic(id uint64) *TopicStake {
	at, found := slices.BinarySearchFunc(t.Topics, id, byTopicStake)
	if !found {
		t.Topics = slices.Insert(t.Topics, at, TopicStake{TopicId: id})
	}
	return &t.Topics[at]
}

// Include adds a topic that has a share, so that it can lose it.
func (t *TopicTally) Include(id uint64) { t.topic(id) }

// Conclude shares out the whole by the stakes that voted, or leaves all as it is when too
// few did. candidates are by the order of t.Topics.
//
// A topic that is closed, a sandbox or retired has its floor; so has one with less than
// MinVotedShareBp of what was voted, so that the number of topics with a share stays
// bounded. What the cap leaves over is given to nobody.
func (t *TopicTally) Conclude(params Params, candidates []Candidate) {
	t.QuorumReached = reaches(t.Voted, t.Bonded, params.VoteQuorumBp)
	if !t.QuorumReached {
		for i, c := range candidates {
			t.Topics[i].ShareBp = c.Account.ShareBp
		}
		return
	}
	claims := make([]allot.Claim, len(candidates))
	for i, c := range candidates {
		floor := uint64(c.Account.FloorBp)
		claims[i] = allot.Claim{Floor: floor, Ceiling: max(floor, uint64(params.TopicShareCapBp))}
		if stake := t.Topics[i].StakeBp; c.Eligible && !c.Account.Closed && t.counts(stake) {
			claims[i].Weight = stake
		}
	}
	for i, share := range allot.Within(BasisPoints, claims) {
		t.Topics[i].ShareBp = uint32(share) //nolint:gosec // at most the whole
	}
}

// reaches is whether that stake voted at all and is a quorum of what is bonded.
func reaches(voted, bonded uint64, quorumBp uint32) bool {
	gotHi, gotLo := bits.Mul64(voted, BasisPoints)
	needHi, needLo := bits.Mul64(bonded, uint64(quorumBp))
	return voted > 0 && (gotHi > needHi || gotHi == needHi && gotLo >= needLo)
}

// counts is whether a stake, in uweal times basis points, is enough of what voted.
func (t TopicTally) counts(stakeBp uint64) bool {
	hi, lo := bits.Mul64(t.Voted, MinVotedShareBp)
	return stakeBp > 0 && hi == 0 && stakeBp >= lo
}

// Changes are the shares that differ from the candidates', those that fall first, so that all
// together never exceed the whole.
func (t TopicTally) Changes(candidates []Candidate) []ShareChange {
	var falling, rising []ShareChange
	for i, c := range candidates {
		change := ShareChange{TopicId: t.Topics[i].TopicId, ShareBp: t.Topics[i].ShareBp}
		switch {
		case change.ShareBp < c.Account.ShareBp:
			falling = append(falling, change)
		case change.ShareBp > c.Account.ShareBp:
			rising = append(rising, change)
		}
	}
	return append(falling, rising...)
}

// IsDue is whether the next tally is to begin.
func (c VoteClock) IsDue(params Params, nowMs int64) bool {
	return !c.Running && nowMs >= c.NextMs(params)
}

// NextMs is the time from which on a tally is due, in milliseconds since 1970.
func (c VoteClock) NextMs(params Params) int64 {
	return c.StartedMs + int64(params.VotePeriodMs) //nolint:gosec // at most a year
}

func byTopicStake(stake TopicStake, id uint64) int { return cmp.Compare(stake.TopicId, id) }
