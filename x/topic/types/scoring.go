// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
	"github.com/weal-network/weal/pkg/sharpness"
)

const (
	// BasisPoints is the whole, in basis points.
	BasisPoints = 10_000
	// MinKappaBp is a half: with less than half behind it, two contradicting scores could both stand.
	MinKappaBp = 5_000
	// MaxKappaBp leaves a tenth of the power free to be absent.
	MaxKappaBp = 9_000
	// MaxBaseline leaves something to be better by.
	MaxBaseline = 65_534
	// MinCoverage is the fewest validators that can stand for all: of four with equal power no single one decides.
	MinCoverage = 4
	// MaxSharpness is the largest power that scores are raised to.
	MaxSharpness = sharpness.Max
	// MaxCoverage is as many as there can be.
	MaxCoverage = 256
)

// DefaultScoring is what a new topic has that says nothing of it: the rules that `weald sim gates` is passed by.
func DefaultScoring() Scoring {
	return Scoring{
		Rule: RULE_YUMA3, KappaBp: MinKappaBp, BondPenaltyBp: BasisPoints, BondsMovingAverageBp: 9_000,
		RewardRule: REWARD_RULE_FRONTIER, ScoreRule: SCORE_RULE_MEDIAN, DividendRule: DIVIDEND_RULE_INNOVATION,
	}
}

// Ranges lists what each setting is and may be, as the reference publishes it.
func (s Scoring) Ranges() []bounds.Range {
	return []bounds.Range{
		{Name: "scoring.kappa_bp", Value: uint64(s.KappaBp), Least: MinKappaBp, Most: MaxKappaBp, Unit: bounds.BasisPoints},
		{Name: "scoring.bond_penalty_bp", Value: uint64(s.BondPenaltyBp), Least: 0, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "scoring.bonds_moving_average_bp", Value: uint64(s.BondsMovingAverageBp), Least: 0, Most: BasisPoints, Unit: bounds.BasisPoints},
		{Name: "scoring.baseline", Value: uint64(s.Baseline), Least: 0, Most: MaxBaseline},
		{Name: "scoring.coverage", Value: uint64(s.Coverage), Least: 0, Most: MaxCoverage},
		{Name: "scoring.sharpness", Value: uint64(s.Sharpness), Least: 0, Most: MaxSharpness},
	}
}

// Validate checks every field. It returns ErrInvalidScoring.
func (s Scoring) Validate() error {
	if s.Rule != RULE_YUMA2 && s.Rule != RULE_YUMA3 {
		return errorsmod.Wrapf(ErrInvalidScoring, "rule is %s: choose %s or %s", s.Rule, RULE_YUMA2, RULE_YUMA3)
	}
	if s.ScoreRule != SCORE_RULE_CLIPPED_SUM && s.ScoreRule != SCORE_RULE_MEDIAN {
		return errorsmod.Wrapf(ErrInvalidScoring, "score_rule is %s: choose %s or %s", s.ScoreRule, SCORE_RULE_CLIPPED_SUM, SCORE_RULE_MEDIAN)
	}
	if err := bounds.Check(s.Ranges()); err != nil {
		return errorsmod.Wrap(ErrInvalidScoring, err.Error())
	}
	if err := s.validateReward(); err != nil {
		return err
	}
	if err := s.validateCoverage(); err != nil {
		return err
	}
	if s.DividendRule != DIVIDEND_RULE_BONDS && s.DividendRule != DIVIDEND_RULE_INNOVATION {
		return errorsmod.Wrapf(ErrInvalidScoring, "dividend_rule is %s: choose %s or %s", s.DividendRule, DIVIDEND_RULE_INNOVATION, DIVIDEND_RULE_BONDS)
	}
	return nil
}

// TakesCoverage reports whether contributions can be shared out among validators under the rules: only bonds that are absolute
// can stay while others move, and only a median does not fall with the power that was assigned.
func (s Scoring) TakesCoverage() bool {
	return s.Rule == RULE_YUMA3 && s.ScoreRule == SCORE_RULE_MEDIAN
}

// validateCoverage checks how contributions are shared out.
func (s Scoring) validateCoverage() error {
	switch {
	case s.Coverage == 0:
		return nil
	case s.Coverage < MinCoverage:
		return errorsmod.Wrapf(ErrInvalidScoring, "coverage is %d: choose %d to %d validators for each contribution, or 0 for all of them", s.Coverage, MinCoverage, MaxCoverage)
	case !s.TakesCoverage():
		return errorsmod.Wrapf(ErrInvalidScoring, "coverage is %d under %s and %s: leave it out, or choose %s and %s", s.Coverage, s.Rule, s.ScoreRule, RULE_YUMA3, SCORE_RULE_MEDIAN)
	}
	return nil
}

// validateReward checks how contributors are paid.
func (s Scoring) validateReward() error {
	switch {
	case s.RewardRule != REWARD_RULE_PROPORTIONAL && s.RewardRule != REWARD_RULE_FRONTIER:
		return errorsmod.Wrapf(ErrInvalidScoring, "reward_rule is %s: choose %s or %s", s.RewardRule, REWARD_RULE_FRONTIER, REWARD_RULE_PROPORTIONAL)
	case s.Baseline != 0 && s.RewardRule != REWARD_RULE_FRONTIER:
		return errorsmod.Wrapf(ErrInvalidScoring, "baseline is %d under %s, which has none: leave it out, or choose %s", s.Baseline, s.RewardRule, REWARD_RULE_FRONTIER)
	}
	return nil
}
