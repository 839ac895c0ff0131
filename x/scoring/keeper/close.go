// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// closeDueEpochs closes the epochs whose last block has come, by that block and then by topic, until
// the block's budget of cells is spent. The first always closes, so that none can wait for ever.
func (k *Keeper) closeDueEpochs(ctx context.Context, params types.Params) error {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	budget := params.MaxCellsPerBlock
	for started := false; ; started = true {
		key, found, err := first(ctx, k.Closings)
		if err != nil {
			return err
		}
		if !found || key.K1() > height {
			return nil
		}
		cells := k.cells(ctx, key.K2(), key.K3())
		if started && cells > budget {
			return nil
		}
		budget -= min(cells, budget)
		if err := k.closeOrVoid(ctx, key); err != nil {
			return err
		}
	}
}

// cells is what an epoch's close costs. One whose records cannot be read costs the least: its close
// fails at once.
func (k *Keeper) cells(ctx context.Context, topicID, number uint64) uint64 {
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		return 1
	}
	ids, err := k.pinnedSet(ctx, topicID, number)
	if err != nil {
		return 1
	}
	return epoch.Cells(len(ids))
}

// closeOrVoid takes an epoch off the queue and closes it. Should that fail, the epoch is void, nothing
// that the close wrote stays, and the block and all other topics go on.
func (k *Keeper) closeOrVoid(ctx context.Context, key collections.Triple[int64, uint64, uint64]) error {
	if err := k.Closings.Remove(ctx, key); err != nil {
		return err
	}
	topicID, number := key.K2(), key.K3()
	if err := k.Prunings.Set(ctx, topicID); err != nil {
		return err
	}
	failure := k.apart(ctx, func(ctx context.Context) error { return k.closeEpoch(ctx, topicID, number) })
	if failure == nil {
		return nil
	}
	k.logger(ctx).Error("an epoch could not be closed", "topic", topicID, "epoch", number, "error", failure)
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		k.logger(ctx).Error("nor could it be voided", "topic", topicID, "epoch", number, "error", err)
		return nil
	}
	return k.voidEpoch(ctx, epoch, reasonOf("close failed", failure))
}

// closeEpoch counts an epoch's ballot and acts on the outcome.
func (k *Keeper) closeEpoch(ctx context.Context, topicID, number uint64) error {
	ballot, err := k.ballot(ctx, topicID, number)
	if err != nil {
		return err
	}
	if err := k.recordMisses(ctx, ballot.Epoch, ballot.Voters); err != nil {
		return err
	}
	outcome, err := ballot.Count()
	if err != nil {
		return err
	}
	if outcome.VoidReason != "" {
		return k.voidEpoch(ctx, ballot.Epoch, outcome.VoidReason)
	}
	if err := k.storeBonds(ctx, ballot, outcome.Bonds); err != nil {
		return err
	}
	return k.scoreEpoch(ctx, ballot.Epoch, outcome.Result)
}

// scoreEpoch stores the result and tells those who wait for it.
func (k *Keeper) scoreEpoch(ctx context.Context, epoch types.Epoch, result types.EpochResult) error {
	result.ClosedHeight = sdk.UnwrapSDKContext(ctx).BlockHeight()
	epoch.Status = types.EPOCH_STATUS_SCORED
	key := collections.Join(epoch.TopicId, epoch.Number)
	if err := k.Epochs.Set(ctx, key, epoch); err != nil {
		return err
	}
	if err := k.Results.Set(ctx, key, result); err != nil {
		return err
	}
	if err := k.contribution.EndEpoch(ctx, epoch.TopicId, epoch.Number, result.ContributionIds, result.Incentive); err != nil {
		return err
	}
	if err := k.hooks.AfterEpochScored(ctx, result); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochScored{
		TopicId: epoch.TopicId, Epoch: epoch.Number, RevealedPower: result.RevealedPower, TotalPower: result.TotalPower,
	})
}

// voidEpoch closes an epoch without a result: nothing is paid, and bonds stay as they are.
func (k *Keeper) voidEpoch(ctx context.Context, epoch types.Epoch, reason string) error {
	epoch.Status = types.EPOCH_STATUS_VOID
	epoch.VoidReason = reason
	if err := k.Epochs.Set(ctx, collections.Join(epoch.TopicId, epoch.Number), epoch); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochVoided{TopicId: epoch.TopicId, Epoch: epoch.Number, Reason: reason})
}
