// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

const (
	// BasisPoints is the whole, in basis points.
	BasisPoints = 10_000
	// MinKappaBp is a half: with less than half behind it, two contradicting scores could both stand.
	MinKappaBp = 5_000
	// MaxKappaBp leaves a tenth of the power free to be absent.
	MaxKappaBp = 9_000
)

// Validate checks every field. It returns ErrInvalidScoring.
func (s Scoring) Validate() error {
	if s.Rule != RULE_YUMA2 && s.Rule != RULE_YUMA3 {
		return errorsmod.Wrapf(ErrInvalidScoring, "rule is %s: choose %s or %s", s.Rule, RULE_YUMA2, RULE_YUMA3)
	}
	if s.ScoreRule != SCORE_RULE_CLIPPED_SUM && s.ScoreRule != SCORE_RULE_MEDIAN {
		return errorsmod.Wrapf(ErrInvalidScoring, "score_rule is %s: choose %s or %s", s.ScoreRule, SCORE_RULE_CLIPPED_SUM, SCORE_RULE_MEDIAN)
	}
	bounds := []struct {
		name            string
		value, min, max uint32
	}{
		{"kappa_bp", s.KappaBp, MinKappaBp, MaxKappaBp},
		{"bond_penalty_bp", s.BondPenaltyBp, 0, BasisPoints},
		{"bonds_moving_average_bp", s.BondsMovingAverageBp, 0, BasisPoints},
	}
	for _, b := range bounds {
		if b.value < b.min || b.value > b.max {
			return errorsmod.Wrapf(ErrInvalidScoring, "%s is %d: choose %d to %d basis points", b.name, b.value, b.min, b.max)
		}
	}
	if s.RewardRule != REWARD_RULE_PROPORTIONAL {
		return errorsmod.Wrapf(ErrInvalidScoring, "reward_rule is %s: choose %s", s.RewardRule, REWARD_RULE_PROPORTIONAL)
	}
	if s.DividendRule != DIVIDEND_RULE_BONDS && s.DividendRule != DIVIDEND_RULE_INNOVATION {
		return errorsmod.Wrapf(ErrInvalidScoring, "dividend_rule is %s: choose %s or %s", s.DividendRule, DIVIDEND_RULE_INNOVATION, DIVIDEND_RULE_BONDS)
	}
	return nil
}
