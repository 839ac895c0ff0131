// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
)

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
	// MinParamsDelaySeconds keeps a change from taking anybody by surprise, in seconds: a minute.
	MinParamsDelaySeconds = 60
	// MaxParamsDelaySeconds keeps the people able to act, in seconds: 30 days.
	MaxParamsDelaySeconds = 30 * 86_400
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
		// As long as the shortest vote, so that a change can be answered by another before it holds.
		ParamsDelaySeconds: 86_400,
	}
}

// Ranges lists what each parameter is and may be, as the reference publishes it.
func (p Params) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "security_bp", Value: uint64(p.SecurityBp), Least: 0, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "topics_bp", Value: uint64(p.TopicsBp), Least: 0, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "community_bp", Value: uint64(p.CommunityBp), Least: 0, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "contributors_bp", Value: uint64(p.ContributorsBp), Least: MinContributorsBp, Most: MaxContributorsBp, Unit: bounds.BasisPoints},
		{Name: "maturity_epochs", Value: uint64(p.MaturityEpochs), Least: 0, Most: MaxMaturityEpochs, Unit: bounds.Epochs},
		{Name: "max_gap_ms", Value: p.MaxGapMs, Least: MinMaxGapMs, Most: MaxMaxGapMs, Unit: bounds.Millis},
		{Name: "carry_epochs", Value: uint64(p.CarryEpochs), Least: MinCarryEpochs, Most: MaxCarryEpochs, Unit: bounds.Epochs},
		{Name: "keep_epochs", Value: uint64(p.KeepEpochs), Least: MinCarryEpochs + 1, Most: MaxKeepEpochs, Unit: bounds.Epochs},
		{Name: "vote_period_ms", Value: p.VotePeriodMs, Least: MinVotePeriodMs, Most: MaxVotePeriodMs, Unit: bounds.Millis},
		{Name: "vote_quorum_bp", Value: uint64(p.VoteQuorumBp), Least: 0, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "topic_share_cap_bp", Value: uint64(p.TopicShareCapBp), Least: MinTopicShareCapBp, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "tally_cells", Value: uint64(p.TallyCells), Least: MinTallyCells, Most: MaxTallyCells},
		{Name: "stream_fee", Value: p.StreamFee, Least: 0, Most: MaxStreamFee, Unit: bounds.Uweal},
		{Name: "params_delay_seconds", Value: p.ParamsDelaySeconds, Least: MinParamsDelaySeconds, Most: MaxParamsDelaySeconds, Unit: bounds.Seconds},
	}
}

// Validate refuses parameters out of their bounds, shares that do not sum to the whole, and payments that would be
// dropped before they matured or were burnt, with ErrInvalidParams.
func (p Params) Validate() error {
	if err := bounds.Check(p.Ranges()); err != nil {
		return errorsmod.Wrapf(ErrInvalidParams, "%s; give all parameters, as the query params shows them", err)
	}
	if sum := p.SecurityBp + p.TopicsBp + p.CommunityBp; sum != BasisPoints {
		return errorsmod.Wrapf(ErrInvalidParams, "security_bp %d, topics_bp %d and community_bp %d sum to %d, expected %d: give all that is issued to the three and no more",
			p.SecurityBp, p.TopicsBp, p.CommunityBp, sum, BasisPoints)
	}
	if longest := max(p.MaturityEpochs, p.CarryEpochs); p.KeepEpochs <= longest {
		return errorsmod.Wrapf(ErrInvalidParams, "keep_epochs is %d, expected more than %d, the larger of maturity_epochs and carry_epochs", p.KeepEpochs, longest)
	}
	return nil
}

// IssueShares are the parts of what is issued, in the order security, topics, community.
func (p Params) IssueShares() []uint32 {
	return []uint32{p.SecurityBp, p.TopicsBp, p.CommunityBp}
}
