// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"math/bits"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ShareRewards divides the contributors' budget among the scored contributions by the topic's
// reward rule, of which each is one case and one function. Parts are by weight, which for a
// contribution is its incentive; a frontier divides nothing, as each share says what it is of the budget.
// A rule that this version does not know is ErrUnknownRewardRule.
func ShareRewards(rule topictypes.RewardRule, budget uint64, incentive []uint64) (split.Division, error) {
	switch rule {
	case topictypes.REWARD_RULE_FRONTIER:
		return split.Divide(budget, nil), nil
	case topictypes.REWARD_RULE_PROPORTIONAL:
		return proportional(budget, incentive), nil
	default:
		return split.Division{}, errorsmod.Wrapf(ErrUnknownRewardRule, "rule %s: update the topic's scoring parameters to one that this version knows", rule)
	}
}

// proportional shares the whole budget by incentive; when nobody has any, nobody earns.
func proportional(budget uint64, incentive []uint64) split.Division {
	return split.Divide(budget, incentive)
}

// SharePart is what a share of the frontier is of the contributors' budget, rounded down: what shares and rounding leave is
// earned by nobody.
func SharePart(budget uint64, share scoringtypes.RewardShare) uint64 {
	hi, lo := bits.Mul64(budget, min(share.Total(), FractionOne))
	return hi<<32 | lo>>32
}

// SharedTotal is all that contributors earn of their budget.
func SharedTotal(epoch scoringtypes.ScoredEpoch, budget uint64, division split.Division) uint64 {
	total := division.Total()
	for _, share := range epoch.Shares {
		total += SharePart(budget, share)
	}
	return total
}

// Weights are who is given a part of what sponsors give for the epoch, by rising id, and how much beside the others: incentives
// or, at a frontier, shares.
func Weights(epoch scoringtypes.ScoredEpoch, incentives []uint64) (ids, weights []uint64) {
	if epoch.RewardRule != topictypes.REWARD_RULE_FRONTIER {
		return epoch.IDs, incentives
	}
	for _, share := range epoch.Shares {
		ids, weights = append(ids, share.ContributionId), append(weights, share.Total())
	}
	return ids, weights
}

// CheckShares refuses with ErrMalformedResult shares that do not rise by contribution, that are more than all together, or
// that another rule than the frontier's pays.
func CheckShares(epoch scoringtypes.ScoredEpoch) error {
	if len(epoch.Shares) > 0 && epoch.RewardRule != topictypes.REWARD_RULE_FRONTIER {
		return errorsmod.Wrapf(ErrMalformedResult, "%d shares under %s", len(epoch.Shares), epoch.RewardRule)
	}
	last, left := uint64(0), FractionOne
	for _, share := range epoch.Shares {
		if share.ContributionId <= last || share.ContributionId == Top {
			return errorsmod.Wrapf(ErrMalformedResult, "share of contribution %d after %d, expected rising ids from 1", share.ContributionId, last)
		}
		if share.Stock > left || share.Depth > left-share.Stock {
			return errorsmod.Wrapf(ErrMalformedResult, "shares up to that of contribution %d are above 1", share.ContributionId)
		}
		last, left = share.ContributionId, left-share.Total()
	}
	return nil
}

// FindShare is the place of the highest share below a contribution; -1 for none.
func FindShare(shares []scoringtypes.RewardShare, below uint64) int {
	at, _ := slices.BinarySearchFunc(shares, below, func(s scoringtypes.RewardShare, id uint64) int { return cmp.Compare(s.ContributionId, id) })
	return at - 1
}
