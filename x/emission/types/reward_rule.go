// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ShareRewards divides the contributors' budget of an epoch by its reward rule, of which each is one case and one
// function. A contribution's part is by its weight: its incentive, or its share of the frontier. A rule that this version
// does not know is ErrUnknownRewardRule.
func ShareRewards(epoch scoringtypes.ScoredEpoch, budget uint64, incentive []uint64) (split.Division, error) {
	switch epoch.RewardRule {
	case topictypes.REWARD_RULE_FRONTIER:
		return byFrontier(budget, epoch.Shares), nil
	case topictypes.REWARD_RULE_PROPORTIONAL:
		return proportional(budget, incentive), nil
	default:
		return split.Division{}, errorsmod.Wrapf(ErrUnknownRewardRule, "rule %s: update the topic's scoring parameters to one that this version knows", epoch.RewardRule)
	}
}

// proportional shares the whole budget by incentive; when nobody has any, nobody earns.
func proportional(budget uint64, incentive []uint64) split.Division {
	return split.Divide(budget, incentive)
}

// byFrontier shares as much of the budget as the shares are of 1, rounded down; the rest nobody earns.
func byFrontier(budget uint64, shares []scoringtypes.RewardShare) split.Division {
	weights, sum := make([]uint64, len(shares)), uint64(0)
	for i, share := range shares {
		weights[i] = share.Total()
		sum += weights[i]
	}
	return split.Divide(split.Floor(budget, sum, FractionOne), weights)
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
