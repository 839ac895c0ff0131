// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

// record adds a change to the history, with its id and the time. Only the authority, a
// registrar, and the end of what they granted add to it, so nobody can fill it for money.
func (k *Keeper) record(ctx context.Context, change types.Change) error {
	id, err := k.changeID.Next(ctx)
	if err != nil {
		return err
	}
	change.Id, change.At, change.Height = id, blockTime(ctx), sdk.UnwrapSDKContext(ctx).BlockHeight()
	return k.history.Set(ctx, id, change)
}
