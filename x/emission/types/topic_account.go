// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// NewTopicAccount begins at the index with nothing accrued.
func NewTopicAccount(topicID uint64, index math.Int, paused bool) TopicAccount {
	return TopicAccount{TopicId: topicID, IndexSeen: index, Paused: paused}
}

// AccruingBp is the share at which it accrues now: none while its topic is paused.
func (a TopicAccount) AccruingBp() uint64 {
	if a.Paused {
		return 0
	}
	return uint64(a.ShareBp)
}

// PendingBp is what it is owed beyond accrued when the index stands at index, in basis
// points of a unit.
func (a TopicAccount) PendingBp(index math.Int) math.Int {
	grown := orZero(index).Sub(orZero(a.IndexSeen)).MulRaw(int64(a.AccruingBp()))
	return grown.Add(math.NewIntFromUint64(a.AccruedCarryBp))
}

// Settle moves the whole units that it is owed into accrued and keeps the fraction. It must
// be called before the share or the pause changes, because what has grown so far grew by
// the old ones.
func (a *TopicAccount) Settle(index math.Int) error {
	pending := a.PendingBp(index)
	units := pending.QuoRaw(BasisPoints)
	if pending.IsNegative() || !units.IsUint64() || a.Accrued+units.Uint64() < a.Accrued {
		return errorsmod.Wrapf(ErrAccounting, "topic %d is owed %s basis points of a unit at index %s", a.TopicId, pending, index)
	}
	a.Accrued += units.Uint64()
	a.AccruedCarryBp = pending.ModRaw(BasisPoints).Uint64()
	a.IndexSeen = index
	return nil
}

// ShareTotals are the shares of all topics together, in basis points. They are kept beside
// the accounts, because a block must not walk over the topics.
type ShareTotals struct {
	// Allocated counts every topic, so that a paused one finds its share when it resumes.
	Allocated uint64
	// Accruing counts those that are not paused.
	Accruing uint64
}

// Room is the largest share that an account could have, in basis points, while all others keep theirs.
func (t ShareTotals) Room(account TopicAccount) uint32 {
	others := t.Allocated - uint64(account.ShareBp)
	return uint32(BasisPoints - min(others, BasisPoints)) //nolint:gosec // at most the whole
}

// Replace counts account now where it counted before as before.
func (t *ShareTotals) Replace(before, account TopicAccount) {
	t.Allocated = t.Allocated - uint64(before.ShareBp) + uint64(account.ShareBp)
	t.Accruing = t.Accruing - before.AccruingBp() + account.AccruingBp()
}
