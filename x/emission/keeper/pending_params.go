// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// scheduleParams lets parameters hold once the delay that stands is over. Others that wait are replaced; by those that
// hold already, they are withdrawn.
func (k *Keeper) scheduleParams(ctx context.Context, authority string, params types.Params) error {
	now, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	if err := k.withdrawPendingParams(ctx); err != nil || params == now {
		return err
	}
	pending := now.After(params, sdk.UnwrapSDKContext(ctx).BlockTime())
	if err := k.PendingParams.Set(ctx, pending); err != nil {
		return err
	}
	return emit(ctx, &types.EventParamsScheduled{Authority: authority, Pending: pending})
}

// withdrawPendingParams says which parameters will never hold, if any wait.
func (k *Keeper) withdrawPendingParams(ctx context.Context) error {
	replaced, err := k.pendingParams(ctx)
	if err != nil || replaced == nil {
		return err
	}
	if err := k.PendingParams.Remove(ctx); err != nil {
		return err
	}
	return emit(ctx, &types.EventParamsReplaced{Replaced: *replaced})
}

// pendingParams are the parameters that wait; nil for none.
func (k *Keeper) pendingParams(ctx context.Context) (*types.PendingParams, error) {
	pending, err := k.PendingParams.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &pending, nil
}

// ParamsToCome are the parameters that wait, with the time from which they hold, or those that hold if none wait.
func (k *Keeper) ParamsToCome(ctx context.Context) (types.PendingParams, error) {
	pending, err := k.PendingParams.Get(ctx)
	if !errors.Is(err, collections.ErrNotFound) {
		return pending, err
	}
	params, err := k.Params.Get(ctx)
	return types.PendingParams{Params: params}, err
}

// beginPendingParams lets the parameters hold that waited for the block's time. Their bounds may have become narrower
// with the software since they were decided about: those beyond them are dropped, and the block goes on.
func (k *Keeper) beginPendingParams(ctx context.Context) error {
	pending, err := k.pendingParams(ctx)
	if err != nil || pending == nil || !pending.Hold(sdk.UnwrapSDKContext(ctx).BlockTime()) {
		return err
	}
	if err := k.PendingParams.Remove(ctx); err != nil {
		return err
	}
	if refusal := pending.Params.Validate(); refusal != nil {
		return emit(ctx, &types.EventParamsDropped{Dropped: *pending, Reason: refusal.Error()})
	}
	if err := k.Params.Set(ctx, pending.Params); err != nil {
		return err
	}
	return emit(ctx, &types.EventParamsUpdated{Params: pending.Params})
}

// pinParams notes the parameters that stand, by which an epoch that begins is paid.
func (k *Keeper) pinParams(ctx context.Context, topicID, epoch uint64) error {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	return k.PinnedParams.Set(ctx, topicID, types.PinnedParams{TopicId: topicID, Epoch: epoch, Params: params})
}

// paramsOf are the parameters by which a topic's last epoch is paid: those that stood when it began, or those that hold
// for one that nobody noted.
func (k *Keeper) paramsOf(ctx context.Context, topicID, epoch uint64) (types.Params, error) {
	pinned, err := k.PinnedParams.Get(ctx, topicID)
	switch {
	case err == nil && pinned.Epoch == epoch:
		return pinned.Params, nil
	case err != nil && !errors.Is(err, collections.ErrNotFound):
		return types.Params{}, err
	}
	return k.Params.Get(ctx)
}
