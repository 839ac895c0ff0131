// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// Bounds of the parameters.
const (
	// MinContributorsBp keeps a part of a budget for those who build, in basis points.
	MinContributorsBp = 1_000
	// MaxContributorsBp keeps a part of a budget for those who score, in basis points.
	MaxContributorsBp = 9_000
	// MaxMaturityEpochs is the longest that a reward can be made to wait, in epochs.
	MaxMaturityEpochs = 1_000
	// MinMaxGapMs lets an ordinary block always issue for all of its time, in milliseconds.
	MinMaxGapMs = 1_000
	// MaxMaxGapMs is the longest outage that can be issued for, in milliseconds.
	MaxMaxGapMs = 600_000
	// MaxKeepEpochs bounds the payments that a topic keeps.
	MaxKeepEpochs = 10_000
	// MinCarryEpochs gives what nobody earned one more epoch.
	MinCarryEpochs = 1
	// MaxCarryEpochs is the longest that it can be carried, in epochs.
	MaxCarryEpochs = 1_000
	// MinVotePeriodMs leaves a tally time to end before the next, in milliseconds: a minute.
	MinVotePeriodMs = 60_000
	// MaxVotePeriodMs keeps votes from being put off for ever, in milliseconds: a year.
	MaxVotePeriodMs = 36_525 * 24 * 36_000
	// MinTopicShareCapBp lets ten topics share the whole, in basis points.
	MinTopicShareCapBp = 1_000
	// MinTallyCells lets one block count one ballot, as it always does at least.
	MinTallyCells = 1
	// MaxTallyCells is about a hundredth of a second of counting.
	MaxTallyCells = 65_536
	// MaxStreamFee keeps sponsoring open, in uweal: 1 WEAL.
	MaxStreamFee = 1_000_000
)

// DefaultParams are the parameters of a new chain.
func DefaultParams() Params {
	return Params{
		SecurityBp:     1_500,
		TopicsBp:       8_000,
		CommunityBp:    500,
		ContributorsBp: 6_000,
		MaturityEpochs: 10,
		MaxGapMs:       60_000,
		KeepEpochs:     90,
		CarryEpochs:    10,
		// A week, by the clock and not in blocks, as for all that x/gov decides: people vote by their calendar.
		VotePeriodMs: 7 * 24 * 3_600_000,
		// That of x/gov.
		VoteQuorumBp:    3_340,
		TopicShareCapBp: 4_000,
		TallyCells:      4_096,
		StreamFee:       1_000,
	}
}

// Validate refuses parameters out of their bounds with ErrInvalidParams.
func (p Params) Validate() error {
	// Each is held below the whole first, so that a sum that wraps around cannot pass.
	whole := uint32(BasisPoints)
	sum := uint64(p.SecurityBp) + uint64(p.TopicsBp) + uint64(p.CommunityBp)
	switch {
	case p.SecurityBp > whole || p.TopicsBp > whole || p.CommunityBp > whole || sum != uint64(whole):
		return errorsmod.Wrapf(ErrInvalidParams, "security_bp %d, topics_bp %d and community_bp %d sum to %d, expected %d: give all that is issued to the three and no more",
			p.SecurityBp, p.TopicsBp, p.CommunityBp, sum, whole)
	case p.ContributorsBp < MinContributorsBp || p.ContributorsBp > MaxContributorsBp:
		return outOfBounds("contributors_bp", uint64(p.ContributorsBp), MinContributorsBp, MaxContributorsBp)
	case p.MaturityEpochs > MaxMaturityEpochs:
		return outOfBounds("maturity_epochs", uint64(p.MaturityEpochs), 0, MaxMaturityEpochs)
	case p.MaxGapMs < MinMaxGapMs || p.MaxGapMs > MaxMaxGapMs:
		return outOfBounds("max_gap_ms", p.MaxGapMs, MinMaxGapMs, MaxMaxGapMs)
	case p.CarryEpochs < MinCarryEpochs || p.CarryEpochs > MaxCarryEpochs:
		return outOfBounds("carry_epochs", uint64(p.CarryEpochs), MinCarryEpochs, MaxCarryEpochs)
	case p.KeepEpochs <= max(p.MaturityEpochs, p.CarryEpochs) || p.KeepEpochs > MaxKeepEpochs:
		return outOfBounds("keep_epochs", uint64(p.KeepEpochs), uint64(max(p.MaturityEpochs, p.CarryEpochs))+1, MaxKeepEpochs)
	}
	return p.validateVotes()
}

func (p Params) validateVotes() error {
	switch {
	case p.VotePeriodMs < MinVotePeriodMs || p.VotePeriodMs > MaxVotePeriodMs:
		return outOfBounds("vote_period_ms", p.VotePeriodMs, MinVotePeriodMs, MaxVotePeriodMs)
	case p.VoteQuorumBp > BasisPoints:
		return outOfBounds("vote_quorum_bp", uint64(p.VoteQuorumBp), 0, BasisPoints)
	case p.TopicShareCapBp < MinTopicShareCapBp || p.TopicShareCapBp > BasisPoints:
		return outOfBounds("topic_share_cap_bp", uint64(p.TopicShareCapBp), MinTopicShareCapBp, BasisPoints)
	case p.TallyCells < MinTallyCells || p.TallyCells > MaxTallyCells:
		return outOfBounds("tally_cells", uint64(p.TallyCells), MinTallyCells, MaxTallyCells)
	case p.StreamFee > MaxStreamFee:
		return outOfBounds("stream_fee", p.StreamFee, 0, MaxStreamFee)
	}
	return nil
}

// IssueShares are the parts of what is issued, in the order security, topics, community.
func (p Params) IssueShares() []uint32 {
	return []uint32{p.SecurityBp, p.TopicsBp, p.CommunityBp}
}

// BudgetShares are the parts of an epoch's budget, in the order contributors, scorers.
func (p Params) BudgetShares() []uint32 {
	return []uint32{p.ContributorsBp, BasisPoints - p.ContributorsBp}
}

func outOfBounds(name string, got, lo, hi uint64) error {
	return errorsmod.Wrapf(ErrInvalidParams, "%s is %d, expected %d to %d", name, got, lo, hi)
}
