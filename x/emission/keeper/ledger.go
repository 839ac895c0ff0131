// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// ledger reads the accounts of many contributions, loading each row once, and stores what
// was taken when everything is known. Rows are stored in the order in which they were
// changed; the maps are looked up and never ranged over.
type ledger struct {
	k       *Keeper
	rows    map[uint64]*types.RewardAccounts
	dirty   map[uint64]bool
	changed []uint64
	settled []types.RewardAccount
}

func newLedger(k *Keeper) *ledger {
	return &ledger{k: k, rows: map[uint64]*types.RewardAccounts{}, dirty: map[uint64]bool{}}
}

// total is all that a contribution was given, wherever its accounts are.
func (l *ledger) total(ctx context.Context, id uint64) (types.RewardAccount, error) {
	total, err := l.settledAccount(ctx, id)
	if err != nil {
		return total, err
	}
	homes, err := l.k.homes(ctx, id)
	if err != nil {
		return total, err
	}
	for _, topicID := range homes {
		row, err := l.row(ctx, topicID)
		if err != nil {
			return total, err
		}
		if account := row.Find(id); account != nil {
			total = total.Plus(*account)
		}
	}
	return total, nil
}

// takeMature empties mature into claimed in all accounts of a contribution.
func (l *ledger) takeMature(ctx context.Context, id uint64) error {
	settled, err := l.settledAccount(ctx, id)
	if err != nil {
		return err
	}
	if settled.TakeMature() > 0 {
		l.settled = append(l.settled, settled)
	}
	homes, err := l.k.homes(ctx, id)
	if err != nil {
		return err
	}
	for _, topicID := range homes {
		row, err := l.row(ctx, topicID)
		if err != nil {
			return err
		}
		if account := row.Find(id); account != nil && account.TakeMature() > 0 {
			l.touch(topicID)
		}
	}
	return nil
}

// store writes every row and account that changed.
func (l *ledger) store(ctx context.Context) error {
	for _, account := range l.settled {
		if err := l.k.SettledAccounts.Set(ctx, account.ContributionId, account); err != nil {
			return err
		}
	}
	for _, topicID := range l.changed {
		if err := l.k.RewardRows.Set(ctx, topicID, *l.rows[topicID]); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) touch(topicID uint64) {
	if !l.dirty[topicID] {
		l.dirty[topicID] = true
		l.changed = append(l.changed, topicID)
	}
}

func (l *ledger) row(ctx context.Context, topicID uint64) (*types.RewardAccounts, error) {
	if row, loaded := l.rows[topicID]; loaded {
		return row, nil
	}
	row, err := l.k.row(ctx, topicID)
	if err != nil {
		return nil, err
	}
	l.rows[topicID] = &row
	return &row, nil
}

func (l *ledger) settledAccount(ctx context.Context, id uint64) (types.RewardAccount, error) {
	account, err := l.k.SettledAccounts.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.RewardAccount{ContributionId: id}, nil
	}
	return account, err
}
