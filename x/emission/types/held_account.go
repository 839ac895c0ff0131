// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// NewRewardAccount is what a contribution has, of a total that it was given and what is mature of that by epochs; held is nil
// unless the contribution is quarantined or removed, when nothing matures beyond what was mature before.
func NewRewardAccount(id, total, mature, claimed uint64, held *HeldAccount) RewardAccount {
	account := RewardAccount{ContributionId: id, Claimed: claimed}
	if held != nil {
		mature, account.Frozen, account.TakenBack = held.Mature, !held.Removed, held.TakenBack
	}
	account.Immature, account.Mature = total-mature-account.TakenBack, mature-claimed
	return account
}

// AddHeld adds a held account; after the settled accounts.
func (b *Books) AddHeld(held HeldAccount) {
	h, mature, taken := b.holding(held.ContributionId), toInt(held.Mature), toInt(held.TakenBack)
	waits := h.mature.Sub(mature)
	b.mature, b.immature = b.mature.Sub(waits), b.immature.Add(waits).Sub(taken)
	if waits.IsNegative() || h.claimed.GT(mature) || mature.Add(taken).GT(h.given) || !held.Removed && taken.IsPositive() {
		complain(&b.rewards.rewardErr, errorsmod.Wrapf(ErrAccounting,
			"contribution %d was given %s, of which its epochs made %s mature, and was paid %s; its held account has %s mature and %s taken back",
			held.ContributionId, h.given, h.mature, h.claimed, mature, taken))
	}
}
