// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

type msgServer struct {
	keeper *Keeper
}

var _ types.MsgServer = msgServer{}

// NewMsgServer returns the server of the module's messages.
func NewMsgServer(keeper *Keeper) types.MsgServer {
	return msgServer{keeper: keeper}
}

// CreateTopic implements types.MsgServer.
func (s msgServer) CreateTopic(ctx context.Context, m *types.MsgCreateTopic) (*types.MsgCreateTopicResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.Spec.Validate(params, s.keeper.addressCodec); err != nil {
		return nil, err
	}
	if err := s.permit(ctx, m.Authority); err != nil {
		return nil, err
	}
	topic, err := s.keeper.createTopic(ctx, params, m.Spec)
	if err != nil {
		return nil, err
	}
	return &types.MsgCreateTopicResponse{TopicId: topic.Id}, emit(ctx, &types.EventTopicCreated{
		TopicId: topic.Id, Slug: topic.Slug, Steward: topic.Steward,
	})
}

// UpdateTopic implements types.MsgServer.
func (s msgServer) UpdateTopic(ctx context.Context, m *types.MsgUpdateTopic) (*types.MsgUpdateTopicResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.Spec.Validate(params, s.keeper.addressCodec); err != nil {
		return nil, err
	}
	if err := s.permit(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.updateTopic(ctx, m.TopicId, m.Spec); err != nil {
		return nil, err
	}
	return &types.MsgUpdateTopicResponse{}, emit(ctx, &types.EventTopicUpdated{TopicId: m.TopicId})
}

// PauseTopic implements types.MsgServer.
func (s msgServer) PauseTopic(ctx context.Context, m *types.MsgPauseTopic) (*types.MsgPauseTopicResponse, error) {
	if err := s.permit(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.pauseTopic(ctx, m.TopicId); err != nil {
		return nil, err
	}
	return &types.MsgPauseTopicResponse{}, emit(ctx, &types.EventTopicPaused{TopicId: m.TopicId})
}

// ResumeTopic implements types.MsgServer.
func (s msgServer) ResumeTopic(ctx context.Context, m *types.MsgResumeTopic) (*types.MsgResumeTopicResponse, error) {
	if err := s.permit(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.resumeTopic(ctx, m.TopicId); err != nil {
		return nil, err
	}
	return &types.MsgResumeTopicResponse{}, emit(ctx, &types.EventTopicResumed{TopicId: m.TopicId})
}

// UpdateParams implements types.MsgServer.
func (s msgServer) UpdateParams(ctx context.Context, m *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := m.Params.Validate(); err != nil {
		return nil, err
	}
	if err := s.permit(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.params.Set(ctx, m.Params); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, emit(ctx, &types.EventParamsUpdated{Authority: m.Authority})
}

// permit checks the signer here, and not in the ante handler, so that authz, governance
// and interchain accounts cannot pass by.
func (s msgServer) permit(ctx context.Context, authority string) error {
	return sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.keeper.authority, authority)
}
