// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"slices"

	errorsmod "cosmossdk.io/errors"
)

// Plus adds what another account of the same contribution holds.
func (a RewardAccount) Plus(b RewardAccount) RewardAccount {
	a.Immature += b.Immature
	a.Mature += b.Mature
	a.Claimed += b.Claimed
	return a
}

// TakeMature empties mature into claimed and returns it.
func (a *RewardAccount) TakeMature() uint64 {
	amount := a.Mature
	a.Claimed += amount
	a.Mature = 0
	return amount
}

// Find returns the account of a contribution, or nil. It points into the row.
func (r *RewardAccounts) Find(id uint64) *RewardAccount {
	at, found := slices.BinarySearchFunc(r.Accounts, id, byContribution)
	if !found {
		return nil
	}
	return &r.Accounts[at]
}

// Insert adds accounts, by rising id, of contributions that are not in the row.
func (r *RewardAccounts) Insert(entering []RewardAccount) {
	if len(entering) == 0 {
		return
	}
	merged := make([]RewardAccount, 0, len(r.Accounts)+len(entering))
	rest := r.Accounts
	for _, account := range entering {
		at, _ := slices.BinarySearchFunc(rest, account.ContributionId, byContribution)
		merged = append(merged, rest[:at]...)
		merged = append(merged, account)
		rest = rest[at:]
	}
	merged = append(merged, rest...)
	r.Accounts = merged
}

// Credit adds the rewards of one epoch as immature.
func (r *RewardAccounts) Credit(rewards []Reward) error {
	for _, reward := range rewards {
		account := r.Find(reward.ContributionId)
		if account == nil {
			return errorsmod.Wrapf(ErrAccounting, "contribution %d has no account in topic %d to be credited", reward.ContributionId, r.TopicId)
		}
		account.Immature += reward.Amount
	}
	return nil
}

// Mature moves the rewards of one epoch from immature to mature.
func (r *RewardAccounts) Mature(rewards []Reward) error {
	for _, reward := range rewards {
		account := r.Find(reward.ContributionId)
		if account == nil || account.Immature < reward.Amount {
			return errorsmod.Wrapf(ErrAccounting, "contribution %d of topic %d holds less immature than the %d uweal that mature", reward.ContributionId, r.TopicId, reward.Amount)
		}
		account.Immature -= reward.Amount
		account.Mature += reward.Amount
	}
	return nil
}

// Spill takes out the accounts for which nothing can happen in the row any more: nothing is
// immature, and the contribution is not among stay, which rises. It keeps the row as short
// as the topic's active set with what waits to mature.
func (r *RewardAccounts) Spill(stay []uint64) []RewardAccount {
	var left []RewardAccount
	kept := make([]RewardAccount, 0, len(r.Accounts))
	for _, account := range r.Accounts {
		_, stays := slices.BinarySearch(stay, account.ContributionId)
		if stays || account.Immature > 0 {
			kept = append(kept, account)
			continue
		}
		left = append(left, account)
	}
	r.Accounts = kept
	return left
}

func byContribution(account RewardAccount, id uint64) int {
	return cmp.Compare(account.ContributionId, id)
}
