// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/halving"
	"github.com/weal-network/weal/x/merit/types"
)

// ledger changes holdings, and writes each once, with its rank and the totals, however often it was changed.
type ledger struct {
	k  *Keeper
	at halving.Moment
	// place is where an account stands in entries; looked up and never ranged over.
	place   map[string]int
	entries []entry
	totals  []totalChange
}

// entry is a holding before and after.
type entry struct {
	account       []byte
	stored        bool
	before, after types.Holding
}

// totalChange is what is added to the total of a half-life.
type totalChange struct {
	period uint64
	delta  math.Int
}

func (k *Keeper) openLedger(ctx context.Context) (*ledger, error) {
	at, err := k.now(ctx)
	return &ledger{k: k, at: at, place: map[string]int{}}, err
}

// entry is an account's.
func (l *ledger) entry(ctx context.Context, account []byte) (*entry, error) {
	if at, known := l.place[string(account)]; known {
		return &l.entries[at], nil
	}
	holding, err := l.k.Holdings.Get(ctx, account)
	stored := err == nil
	if errors.Is(err, collections.ErrNotFound) {
		address, err := l.k.accounts.BytesToString(account)
		if err != nil {
			return nil, err
		}
		holding = types.NewHolding(address)
	} else if err != nil {
		return nil, err
	}
	l.place[string(account)] = len(l.entries)
	l.entries = append(l.entries, entry{account: account, stored: stored, before: holding, after: holding})
	return &l.entries[len(l.entries)-1], nil
}

// earn adds what a contribution gave an account, in uweal.
func (l *ledger) earn(ctx context.Context, contributionID uint64, address string, amount uint64) error {
	account, err := l.k.accounts.StringToBytes(address)
	if err != nil {
		return errorsmod.Wrapf(types.ErrAccounting, "payee %q of contribution %d: %s", address, contributionID, err)
	}
	e, err := l.entry(ctx, account)
	if err != nil {
		return err
	}
	key := collections.Join(contributionID, account)
	source, err := l.k.Sources.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		source = types.NewSource(contributionID, e.after.Address)
		e.after.Sources++
	} else if err != nil {
		return err
	}
	mantissa := l.at.Weigh(amount)
	source.Set(source.Merit().Plus(mantissa, l.at.Period))
	e.after.Set(e.after.Merit().Plus(mantissa, l.at.Period))
	if !e.after.Merit().Fits() {
		return errorsmod.Wrapf(types.ErrAccounting, "%s would have a weight of %s, above 2^%d - 1", e.after.Address, e.after.Weight, halving.MaxBits)
	}
	return l.k.Sources.Set(ctx, key, source)
}

// lose takes away what an account has from a contribution. What carrying over has lost of the account's sum is not more than
// what it has lost of its parts, so it is enough; with the last part goes what is left.
func (l *ledger) lose(ctx context.Context, contributionID uint64, account []byte, source types.Source) error {
	e, err := l.entry(ctx, account)
	if err != nil {
		return err
	}
	mantissa := source.Merit().At(e.after.Period)
	if e.after.Sources == 0 || e.after.Weight.LT(mantissa) {
		return errorsmod.Wrapf(types.ErrAccounting, "%s has %s from %d sources, less than the %s of contribution %d", e.after.Address, e.after.Weight, e.after.Sources, mantissa, contributionID)
	}
	e.after.Weight = e.after.Weight.Sub(mantissa)
	e.after.Sources--
	if e.after.Sources == 0 {
		e.after.Weight = math.ZeroInt()
	}
	return l.k.Sources.Remove(ctx, collections.Join(contributionID, account))
}

// close writes what was changed.
func (l *ledger) close(ctx context.Context) error {
	for _, e := range l.entries {
		if err := l.write(ctx, e); err != nil {
			return err
		}
	}
	for _, change := range l.totals {
		total, err := l.k.Totals.Get(ctx, change.period)
		if errors.Is(err, collections.ErrNotFound) {
			total, err = math.ZeroInt(), nil
		}
		if err != nil {
			return err
		}
		if total = total.Add(change.delta); total.IsZero() {
			err = l.k.Totals.Remove(ctx, change.period)
		} else {
			err = l.k.Totals.Set(ctx, change.period, total)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) write(ctx context.Context, e entry) error {
	if e.stored {
		if err := l.k.Ranks.Remove(ctx, rank(e.account, e.before)); err != nil {
			return err
		}
		l.count(e.before.Period, e.before.Weight.Neg())
	}
	if e.after.Sources == 0 {
		return l.k.Holdings.Remove(ctx, e.account)
	}
	l.count(e.after.Period, e.after.Weight)
	if err := l.k.Ranks.Set(ctx, rank(e.account, e.after)); err != nil {
		return err
	}
	return l.k.Holdings.Set(ctx, e.account, e.after)
}

// count adds to the total of a half-life. They are few: those in which accounts at hand were changed last.
func (l *ledger) count(period uint64, delta math.Int) {
	for i := range l.totals {
		if l.totals[i].period == period {
			l.totals[i].delta = l.totals[i].delta.Add(delta)
			return
		}
	}
	l.totals = append(l.totals, totalChange{period: period, delta: delta})
}

// rank is where an account stands among all.
func rank(account []byte, h types.Holding) rankKey {
	return collections.Join(h.Merit().Order(), account)
}
