// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"github.com/cosmos/gogoproto/proto"

	scoringtypes "github.com/weal-network/weal/x/scoring/types"

	"github.com/weal-network/weal/x/emission/types"
)

// changes are the parameters that hold and those that wait.
func (k *Keeper) changes() scoringtypes.ParamChanges[types.Params, types.PendingParams, *types.PendingParams] {
	return scoringtypes.ParamChanges[types.Params, types.PendingParams, *types.PendingParams]{
		Now: k.Params, Coming: k.PendingParams,
		Events: scoringtypes.ParamChangeEvents[types.Params, types.PendingParams]{
			Scheduled: func(authority string, change types.PendingParams) proto.Message {
				return &types.EventParamsScheduled{Authority: authority, Pending: change}
			},
			Replaced: func(change types.PendingParams) proto.Message { return &types.EventParamsReplaced{Replaced: change} },
			Dropped: func(change types.PendingParams, reason string) proto.Message {
				return &types.EventParamsDropped{Dropped: change, Reason: reason}
			},
			Updated: func(params types.Params) proto.Message { return &types.EventParamsUpdated{Params: params} },
		},
	}
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
