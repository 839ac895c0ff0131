// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"time"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// retryAfter is when something is tried again that could not be ended.
const retryAfter = 24 * time.Hour

// expireAdmissions ends up to MaxExpiries admissions whose time is over. One that cannot
// be taken yet leaves the head of the queue, so that it holds up none behind it.
func (k *Keeper) expireAdmissions(ctx context.Context) error {
	due, err := k.dueAdmissions(ctx)
	if err != nil {
		return err
	}
	for _, key := range due {
		branch, write := sdk.UnwrapSDKContext(ctx).CacheContext()
		cause := k.expire(branch, key)
		if cause == nil {
			write()
			continue
		}
		if err := k.deferExpiry(ctx, key, cause); err != nil {
			return err
		}
	}
	return nil
}

// dueAdmissions lists what is over, longest first.
func (k *Keeper) dueAdmissions(ctx context.Context) ([]admissionKey, error) {
	over := collections.NewPrefixUntilPairRange[time.Time, admissionKey](blockTime(ctx))
	var due []admissionKey
	err := k.admissions.Indexes.due.Walk(ctx, over, func(_ time.Time, key admissionKey) (bool, error) {
		due = append(due, key)
		return len(due) == types.MaxExpiries, nil
	})
	return due, err
}

// expire takes one admission, unless the validator set would lose too much by it.
func (k *Keeper) expire(ctx context.Context, stored admissionKey) error {
	admission, err := k.admissions.Get(ctx, stored)
	if err != nil {
		return err
	}
	key := admission.Key()
	if err := k.countExpiry(ctx, key); err != nil {
		return err
	}
	jailed, err := k.take(ctx, types.Change{Key: key, Act: types.ACT_EXPIRED})
	if err != nil {
		return err
	}
	return emit(ctx, &types.EventExpired{Key: key, Jailed: jailed})
}

// deferExpiry has an admission looked at again: tomorrow, if it is today's bound that
// stands against its end.
func (k *Keeper) deferExpiry(ctx context.Context, stored admissionKey, cause error) error {
	admission, err := k.admissions.Get(ctx, stored)
	if err != nil {
		return err
	}
	until := blockTime(ctx).Add(retryAfter)
	if errors.Is(cause, types.ErrRevokedPower) {
		until = types.RevokedPower{Day: types.DayOf(blockTime(ctx))}.Until()
	}
	admission.DeferredUntil = &until
	if err := k.admissions.Set(ctx, stored, admission); err != nil {
		return err
	}
	return emit(ctx, &types.EventExpiryDeferred{Key: admission.Key(), Until: until, Why: cause.Error()})
}
