// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/x/scoring/types"
)

// turn is a validator's place in a running epoch: who may act, and in what.
type turn struct {
	epoch    types.Epoch
	operator sdk.ValAddress
	// name is the operator's address, bech32.
	name string
}

// key is where the validator's commit and reveal of the epoch are stored.
func (t turn) key() voterKey {
	return collections.Join3(t.epoch.TopicId, t.epoch.Number, []byte(t.operator))
}

// takeTurn finds the epoch and the validator that the signer scores for, and refuses whoever may not
// score in it: ErrNotValidator, ErrNotPinned, ErrNotAdmitted, and the errors of lastEpoch.
func (k *Keeper) takeTurn(ctx context.Context, signer string, topicID, number uint64) (turn, error) {
	epoch, err := k.lastEpoch(ctx, topicID, number)
	if err != nil {
		return turn{}, err
	}
	account, err := k.accounts.StringToBytes(signer)
	if err != nil {
		return turn{}, errorsmod.Wrapf(types.ErrInvalidMessage, "signer: %s", err)
	}
	operator, err := k.operatorOf(ctx, account)
	if err != nil {
		return turn{}, errorsmod.Wrap(err, signer)
	}
	name, err := k.operators.BytesToString(operator)
	if err != nil {
		return turn{}, err
	}
	if !epoch.Scores(name) {
		return turn{}, errorsmod.Wrapf(types.ErrNotPinned, "%s was not among the %d validators of epoch %d of topic %d: it takes those that are bonded, admitted and not suspended when it begins, wait for the next one",
			name, len(epoch.Validators), number, topicID)
	}
	admitted, err := k.admission.ValidatorMayScore(ctx, operator)
	if err != nil {
		return turn{}, err
	}
	if !admitted {
		return turn{}, errorsmod.Wrapf(types.ErrNotAdmitted, "admission of %s was revoked: governance may admit it again", name)
	}
	return turn{epoch: epoch, operator: operator, name: name}, nil
}

// lastEpoch returns the topic's last opened epoch, which must be the one of that number. It refuses an
// unknown topic with x/topic's error, a topic before its first epoch (ErrNoOpenEpoch), and any
// other epoch (ErrWrongEpoch).
func (k *Keeper) lastEpoch(ctx context.Context, topicID, number uint64) (types.Epoch, error) {
	clock, err := k.Clocks.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		if _, err := k.topic.GetTopic(ctx, topicID); err != nil {
			return types.Epoch{}, err
		}
		return types.Epoch{}, errorsmod.Wrapf(types.ErrNoOpenEpoch, "topic %d has no clock yet", topicID)
	}
	if err != nil {
		return types.Epoch{}, err
	}
	if clock.Epoch == 0 {
		return types.Epoch{}, errorsmod.Wrapf(types.ErrNoOpenEpoch, "the first epoch of topic %d begins at height %d: wait", topicID, clock.NextStart)
	}
	if clock.Epoch != number {
		return types.Epoch{}, errorsmod.Wrapf(types.ErrWrongEpoch, "epoch %d was named, topic %d runs epoch %d, and the next one begins at height %d: name the running one",
			number, topicID, clock.Epoch, clock.NextStart)
	}
	return k.Epochs.Get(ctx, collections.Join(topicID, number))
}

// checkCommit refuses a commit that cannot be taken in this block.
func (k *Keeper) checkCommit(ctx context.Context, msg *types.MsgCommitScores) (turn, error) {
	if err := msg.Validate(); err != nil {
		return turn{}, err
	}
	t, err := k.takeTurn(ctx, msg.Signer, msg.TopicId, msg.Epoch)
	if err != nil {
		return turn{}, err
	}
	return t, t.epoch.CheckCommit(executionHeight(ctx))
}

// opened is a row that a validator may show, over the contributions of the epoch.
type opened struct {
	turn
	ids     []uint64
	entries []row.Entry
}

// checkReveal refuses a reveal that cannot be taken in this block. What costs most is checked last:
// the row is read when everything else is right, and hashed when it is a row of the set.
func (k *Keeper) checkReveal(ctx context.Context, msg *types.MsgRevealScores) (opened, error) {
	if err := msg.Validate(); err != nil {
		return opened{}, err
	}
	t, err := k.takeTurn(ctx, msg.Signer, msg.TopicId, msg.Epoch)
	if err != nil {
		return opened{}, err
	}
	if err := t.epoch.CheckReveal(executionHeight(ctx)); err != nil {
		return opened{}, err
	}
	hash, err := k.unrevealed(ctx, t)
	if err != nil {
		return opened{}, err
	}
	ids, err := k.pinnedSet(ctx, msg.TopicId, msg.Epoch)
	if err != nil {
		return opened{}, err
	}
	entries, err := types.ParseRow(msg.Row, ids)
	if err != nil {
		return opened{}, err
	}
	expected := commitment.Scores(sdk.UnwrapSDKContext(ctx).ChainID(), msg.TopicId, msg.Epoch, t.operator, [types.SaltBytes]byte(msg.Salt), msg.Row)
	if !bytes.Equal(hash, expected[:]) {
		return opened{}, errorsmod.Wrapf(types.ErrHashMismatch, "row and salt hash to %x, %s committed %x: reveal the row and salt of the last commit", expected, t.name, hash)
	}
	return opened{turn: t, ids: ids, entries: entries}, nil
}

// unrevealed returns the hash that the validator committed (ErrNoCommit) and has not revealed yet
// (ErrAlreadyRevealed).
func (k *Keeper) unrevealed(ctx context.Context, t turn) ([]byte, error) {
	revealed, err := k.Reveals.Has(ctx, t.key())
	if err != nil {
		return nil, err
	}
	if revealed {
		return nil, errorsmod.Wrapf(types.ErrAlreadyRevealed, "%s revealed in epoch %d of topic %d: nothing is left to do", t.name, t.epoch.Number, t.epoch.TopicId)
	}
	hash, err := k.Commits.Get(ctx, t.key())
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrNoCommit, "%s committed nothing in epoch %d of topic %d, which took commits at heights %d to %d: commit in the next one",
			t.name, t.epoch.Number, t.epoch.TopicId, t.epoch.StartHeight, t.epoch.RevealHeight-1)
	}
	return hash, err
}

// executionHeight is the block that a transaction would be part of: this one, or the next one where
// a node only asks whether it would be taken, since such a state stands at the last block's end.
func executionHeight(ctx context.Context) int64 {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if sdkCtx.IsCheckTx() || sdkCtx.ExecMode() == sdk.ExecModeSimulate {
		return sdkCtx.BlockHeight() + 1
	}
	return sdkCtx.BlockHeight()
}
