// SPDX-License-Identifier: Apache-2.0

package types

import topictypes "github.com/weal-network/weal/x/topic/types"

// RevealBlocks is how many blocks a commit of a topic may wait for its reveal:
// reveal_period, and never longer than an epoch, so that no commit holds up those
// after it for more than one.
func RevealBlocks(p Params, s topictypes.Schedule) int64 {
	return int64(min(p.RevealPeriod, s.EpochBlocks, MaxRevealPeriod)) // at most MaxRevealPeriod
}
