// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ShareRewards shares the contributors' budget by the topic's reward rule, of which each is
// one case and one function: the parts are in the order of the result's contributions and at
// most the budget together; what they leave was earned by nobody. A rule that this version
// does not know is ErrUnknownRewardRule.
func ShareRewards(rule topictypes.RewardRule, budget uint64, result scoringtypes.EpochResult) ([]uint64, error) {
	switch rule {
	case topictypes.REWARD_RULE_PROPORTIONAL:
		return proportional(budget, result), nil
	default:
		return nil, errorsmod.Wrapf(ErrUnknownRewardRule, "topic %d has reward rule %s: update its scoring parameters to one that this version knows", result.TopicId, rule)
	}
}

// proportional shares the whole budget by incentive; when nobody has any, nobody earns.
func proportional(budget uint64, result scoringtypes.EpochResult) []uint64 {
	return split.Proportional(budget, result.Incentive)
}
