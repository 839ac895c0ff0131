// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

type msgServer struct{ *Keeper }

// NewMsgServer returns the handlers of the module's messages.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }

// SetScorer names the validator's hot key, or takes it away.
func (s msgServer) SetScorer(ctx context.Context, msg *types.MsgSetScorer) (*types.MsgSetScorerResponse, error) {
	operator, err := s.operators.StringToBytes(msg.Operator)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrInvalidMessage, "operator: %s", err)
	}
	validator, err := s.isValidator(ctx, operator)
	if err != nil {
		return nil, err
	}
	if !validator {
		return nil, errorsmod.Wrapf(types.ErrNotValidator, "%s operates no validator: create one first", msg.Operator)
	}
	if err := s.changeScorer(ctx, operator, msg.Scorer); err != nil {
		return nil, err
	}
	return &types.MsgSetScorerResponse{}, emit(ctx, &types.EventScorerSet{Operator: msg.Operator, Scorer: msg.Scorer})
}

// changeScorer sets the hot key, or removes it when scorer is empty.
func (s msgServer) changeScorer(ctx context.Context, operator sdk.ValAddress, scorer string) error {
	if scorer == "" {
		return s.removeScorer(ctx, operator)
	}
	account, err := s.accounts.StringToBytes(scorer)
	if err != nil {
		return errorsmod.Wrapf(types.ErrInvalidMessage, "scorer: %s", err)
	}
	return errorsmod.Wrap(s.setScorer(ctx, operator, account), scorer)
}

// CommitScores stores the hash that the validator binds itself to, in place of any before it.
func (s msgServer) CommitScores(ctx context.Context, msg *types.MsgCommitScores) (*types.MsgCommitScoresResponse, error) {
	t, err := s.checkCommit(ctx, msg)
	if err != nil {
		return nil, err
	}
	if err := s.Commits.Set(ctx, t.key(), msg.Hash); err != nil {
		return nil, err
	}
	return &types.MsgCommitScoresResponse{}, emit(ctx, &types.EventScoresCommitted{TopicId: msg.TopicId, Epoch: msg.Epoch, Operator: t.name})
}

// RevealScores stores the row that was committed.
func (s msgServer) RevealScores(ctx context.Context, msg *types.MsgRevealScores) (*types.MsgRevealScoresResponse, error) {
	shown, err := s.checkReveal(ctx, msg)
	if err != nil {
		return nil, err
	}
	if err := s.storeReveal(ctx, shown, msg.Salt); err != nil {
		return nil, err
	}
	if err := s.recordReveal(ctx, shown.turn); err != nil {
		return nil, err
	}
	return &types.MsgRevealScoresResponse{}, emit(ctx, &types.EventScoresRevealed{
		TopicId: msg.TopicId, Epoch: msg.Epoch, Operator: shown.name, Scores: uint32(len(shown.entries)),
	})
}

// UpdateParams schedules parameters. Epochs that are open when they hold keep those that they began with.
func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := msg.Params.Validate(); err != nil {
		return nil, err
	}
	if err := sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.authority, msg.Authority); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.changes().Schedule(ctx, msg.Authority, msg.Params)
}
