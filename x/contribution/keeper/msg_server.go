// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

type msgServer struct {
	keeper *Keeper
}

var _ types.MsgServer = msgServer{}

// NewMsgServer returns the server of the module's messages.
func NewMsgServer(keeper *Keeper) types.MsgServer {
	return msgServer{keeper: keeper}
}

// CommitContribution implements types.MsgServer.
func (s msgServer) CommitContribution(ctx context.Context, m *types.MsgCommitContribution) (*types.MsgCommitContributionResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	c, err := s.keeper.Commit(ctx, m)
	if err != nil {
		return nil, err
	}
	err = sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventContributionCommitted{
		ContributionId: c.Id, TopicId: c.TopicId, Contributor: c.Contributor, RevealDeadline: c.RevealDeadline, Price: c.Price, BondDue: c.BondDue,
	})
	return &types.MsgCommitContributionResponse{
		ContributionId: c.Id, RevealDeadline: c.RevealDeadline, Price: c.Price, BondDue: c.BondDue,
	}, err
}

// RevealContribution implements types.MsgServer.
func (s msgServer) RevealContribution(ctx context.Context, m *types.MsgRevealContribution) (*types.MsgRevealContributionResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	c, err := s.keeper.Reveal(ctx, m)
	if err != nil {
		return nil, err
	}
	err = sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventContributionRevealed{
		ContributionId: c.Id, TopicId: c.TopicId, Contributor: c.Contributor, Sha256: c.Artifact.Sha256, Bond: c.Bond, VersionOf: c.VersionOf,
	})
	return &types.MsgRevealContributionResponse{}, err
}

// WithdrawContribution implements types.MsgServer.
func (s msgServer) WithdrawContribution(ctx context.Context, m *types.MsgWithdrawContribution) (*types.MsgWithdrawContributionResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	if err := s.keeper.Withdraw(ctx, m.ContributionId, m.Contributor); err != nil {
		return nil, err
	}
	return &types.MsgWithdrawContributionResponse{}, nil
}

// UpdateContribution implements types.MsgServer.
func (s msgServer) UpdateContribution(ctx context.Context, m *types.MsgUpdateContribution) (*types.MsgUpdateContributionResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	c, err := s.keeper.Update(ctx, m)
	if err != nil {
		return nil, err
	}
	return &types.MsgUpdateContributionResponse{}, emit(ctx, &types.EventContributionUpdated{ContributionId: c.Id, Payout: c.Payout})
}

// SetSplit implements types.MsgServer.
func (s msgServer) SetSplit(ctx context.Context, m *types.MsgSetSplit) (*types.MsgSetSplitResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	if err := s.keeper.SetSplit(ctx, m); err != nil {
		return nil, err
	}
	return &types.MsgSetSplitResponse{}, emit(ctx, &types.EventSplitSet{ContributionId: m.ContributionId, Split: m.Split})
}

// UpdateParams implements types.MsgServer.
func (s msgServer) UpdateParams(ctx context.Context, m *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if err := m.Params.Validate(); err != nil {
		return nil, err
	}
	if err := sdk.ValidateAuthority(sdkCtx, s.keeper.authority, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.params.Set(ctx, m.Params); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, sdkCtx.EventManager().EmitTypedEvent(&types.EventParamsUpdated{Authority: m.Authority})
}

func emit(ctx context.Context, event proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
