// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// ShareRewards divides the contributors' budget among the scored contributions by the topic's
// reward rule, of which each is one case and one function. Parts are by weight, which for a
// contribution is its incentive. A rule that this version does not know is ErrUnknownRewardRule.
func ShareRewards(rule topictypes.RewardRule, budget uint64, incentive []uint64) (split.Division, error) {
	switch rule {
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
