// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

// ContributionHooks hold what a contribution has that is immature while the people look into it, and take it back when it
// is removed.
type ContributionHooks struct{ k *Keeper }

var _ contributiontypes.ContributionHooks = ContributionHooks{}

// ContributionHooks are called by x/contribution.
func (k *Keeper) ContributionHooks() ContributionHooks { return ContributionHooks{k} }

// AfterContributionQuarantined lets nothing of its rewards mature from now on.
func (h ContributionHooks) AfterContributionQuarantined(ctx context.Context, id uint64) error {
	_, err := h.k.hold(ctx, id)
	return err
}

// AfterContributionReleased makes mature what would be if it had not been quarantined.
func (h ContributionHooks) AfterContributionReleased(ctx context.Context, id uint64) error {
	before, err := newAccounts(h.k).of(ctx, id)
	if err != nil {
		return err
	}
	if err := h.k.HeldAccounts.Remove(ctx, id); err != nil {
		return err
	}
	after, err := newAccounts(h.k).of(ctx, id)
	if err != nil {
		return err
	}
	return emit(ctx, &types.EventRewardsReleased{ContributionId: id, Matured: after.Mature - before.Mature})
}

// AfterContributionWithdrawn does nothing: what it has matures as before.
func (ContributionHooks) AfterContributionWithdrawn(context.Context, uint64) error { return nil }

// AfterContributionRemoved takes back what is immature, and what it may be given yet by an epoch that is being paid.
func (h ContributionHooks) AfterContributionRemoved(ctx context.Context, id uint64) error {
	held, err := h.k.heldAccount(ctx, id)
	if err == nil && held == nil {
		// It was quarantined in the genesis of a chain that began without rewards.
		held, err = h.k.hold(ctx, id)
	}
	if err != nil {
		return err
	}
	held.Removed = true
	if err := h.k.HeldAccounts.Set(ctx, id, *held); err != nil {
		return err
	}
	if err := h.k.noteRemoved(ctx, id); err != nil {
		return err
	}
	return h.k.takeBack(ctx, *held)
}

// noteRemoved tells the payments that run, and may have worked out a contribution's part already, that it was removed.
func (k *Keeper) noteRemoved(ctx context.Context, id uint64) error {
	homes, err := k.homes(ctx, id)
	if err != nil {
		return err
	}
	for _, topicID := range homes {
		work, err := k.PaymentWorks.Get(ctx, topicID)
		if errors.Is(err, collections.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		work.NoteRemoved(id)
		if err := k.PaymentWorks.Set(ctx, topicID, work); err != nil {
			return err
		}
	}
	return nil
}

// takeBackFrom takes back what a payment that counts now gave to removed contributions. They are as many as were removed by
// the people while one epoch was closed.
func (k *Keeper) takeBackFrom(ctx context.Context, removed []uint64) error {
	for _, id := range removed {
		held, err := k.heldAccount(ctx, id)
		if err != nil {
			return err
		}
		if held == nil || !held.Removed {
			continue
		}
		if err := k.takeBack(ctx, *held); err != nil {
			return err
		}
	}
	return nil
}

// hold begins a contribution's held account.
func (k *Keeper) hold(ctx context.Context, id uint64) (*types.HeldAccount, error) {
	account, err := newAccounts(k).of(ctx, id)
	if err != nil {
		return nil, err
	}
	held := types.HeldAccount{ContributionId: id, Mature: account.Mature + account.Claimed}
	if err := k.HeldAccounts.Set(ctx, id, held); err != nil {
		return nil, err
	}
	return &held, emit(ctx, &types.EventRewardsFrozen{ContributionId: id, Immature: account.Immature})
}

// takeBack burns what a removed contribution has that is not mature, so that it can be issued again. What it passed on in
// royalties is its parents'.
func (k *Keeper) takeBack(ctx context.Context, held types.HeldAccount) error {
	account, err := newAccounts(k).of(ctx, held.ContributionId)
	if err != nil || account.Immature == 0 {
		return err
	}
	held.TakenBack += account.Immature
	if err := k.HeldAccounts.Set(ctx, held.ContributionId, held); err != nil {
		return err
	}
	if err := k.bank.BurnCoins(ctx, types.ModuleName, types.Coins(account.Immature)); err != nil {
		return err
	}
	return emit(ctx, &types.EventRewardsTakenBack{ContributionId: held.ContributionId, Amount: account.Immature})
}

// checkHeld holds the held accounts against what x/contribution says.
func (k *Keeper) checkHeld(ctx context.Context) (types.Check, error) {
	check := types.Check{Name: "held accounts = contributions that are quarantined or removed", Ok: true}
	err := each(ctx, k.HeldAccounts, func(held types.HeldAccount) {
		want := contributiontypes.STATUS_QUARANTINED
		if held.Removed {
			want = contributiontypes.STATUS_REMOVED
		}
		contribution, err := k.contribution.GetContribution(ctx, held.ContributionId)
		if check.Ok && (err != nil || contribution.Status != want) {
			check.Ok, check.Detail = false, fmt.Sprintf("contribution %d is %s, expected %s", held.ContributionId, contribution.Status, want)
		}
	})
	return check, err
}

// heldReader looks held accounts up, each once; on a chain that holds none it reads nothing.
type heldReader struct {
	k    *Keeper
	none bool
	// known are by contribution, nil for none; looked up and never ranged over.
	known map[uint64]*types.HeldAccount
}

func (k *Keeper) heldReader(ctx context.Context) (*heldReader, error) {
	all, err := k.HeldAccounts.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer all.Close() //nolint:errcheck // an iterator that only read has nothing to lose
	return &heldReader{k: k, none: !all.Valid(), known: map[uint64]*types.HeldAccount{}}, nil
}

// find is a contribution's held account; nil for none.
func (r *heldReader) find(ctx context.Context, id uint64) (*types.HeldAccount, error) {
	if r.none {
		return nil, nil
	}
	held, known := r.known[id]
	if known {
		return held, nil
	}
	held, err := r.k.heldAccount(ctx, id)
	if err == nil {
		r.known[id] = held
	}
	return held, err
}

// heldAccount is a contribution's held account; nil for none.
func (k *Keeper) heldAccount(ctx context.Context, id uint64) (*types.HeldAccount, error) {
	held, err := k.HeldAccounts.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	return &held, err
}
