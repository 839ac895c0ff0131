// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"github.com/cosmos/gogoproto/proto"

	"github.com/weal-network/weal/x/scoring/types"
)

// changes are the parameters that hold and those that wait.
func (k *Keeper) changes() types.ParamChanges[types.Params, types.PendingParams, *types.PendingParams] {
	return types.ParamChanges[types.Params, types.PendingParams, *types.PendingParams]{
		Now: k.Params, Coming: k.PendingParams,
		Events: types.ParamChangeEvents[types.Params, types.PendingParams]{
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
