// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/gogoproto/proto"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/scoring/types"
)

// EndBlock lets parameters hold that waited for this block's time, notes who counts in the epochs that end with this block, opens those for which the last block had nothing
// left, goes on closing those that have ended, opens those that begin with the next block, and deletes old ones. All of
// it is out of one budget; what is left over is done in the next block. It closes before it opens, so that a topic's
// next epoch begins with what the last one came to; but what had to wait goes first, so that a queue of closes does not
// keep those from beginning that are closed.
func (k *Keeper) EndBlock(ctx context.Context) error {
	if err := k.changes().Begin(ctx); err != nil {
		return err
	}
	params, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	height, budget := sdk.UnwrapSDKContext(ctx).BlockHeight(), &budget{left: params.MaxCellsPerBlock}
	if err := k.noteVoters(ctx, budget); err != nil {
		return err
	}
	if err := k.openDueEpochs(ctx, height, params, budget); err != nil {
		return err
	}
	if err := k.closeDueEpochs(ctx, budget); err != nil {
		return err
	}
	if err := k.openDueEpochs(ctx, height+1, params, budget); err != nil {
		return err
	}
	return k.pruneOldEpochs(ctx, params, budget)
}

// budget is what a block may still work, in cells.
type budget struct {
	left    uint64
	started bool
	// openings are how many epochs it opened.
	openings uint32
	// candidates are who may score at the end of the block, once known.
	candidates []candidate
	known      bool
}

// take takes the cost of a step out of the budget, if it is there. The first step of a block is always taken, so that
// none can wait for ever.
func (b *budget) take(cost uint64) bool {
	if b.started && cost > b.left {
		return false
	}
	b.spend(cost)
	return true
}

// spend takes the cost of what was done.
func (b *budget) spend(cost uint64) {
	b.started = true
	b.left -= min(cost, b.left)
}

// apart runs fn in a cache context and keeps what it wrote and emitted if it succeeds, and nothing of
// it if it fails or panics (ErrPanicked).
func (k *Keeper) apart(ctx context.Context, fn func(context.Context) error) (err error) {
	cache, write := sdk.UnwrapSDKContext(ctx).CacheContext()
	defer func() {
		if r := recover(); r != nil {
			k.logger(ctx).Error("an epoch panicked", "panic", r)
			err = types.ErrPanicked
		}
	}()
	if err := fn(cache); err != nil {
		return err
	}
	write()
	return nil
}

// reasonOf is a failure as it is kept in state: what failed, and the error's code. Its text may hold what differs
// from node to node, such as the paths of a build, and stands in the log alone.
func reasonOf(what string, err error) string {
	codespace, code, _ := errorsmod.ABCIInfo(err, false)
	return fmt.Sprintf("%s: error %d of %s", what, code, codespace)
}

// emit emits a typed event.
func emit(ctx context.Context, event proto.Message) error {
	return errorsmod.Wrap(sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event), "event")
}
