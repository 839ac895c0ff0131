// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

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
	spec := m.Spec.WithDefaults()
	if err := spec.Validate(params, s.keeper.addressCodec); err != nil {
		return nil, err
	}
	deposit, err := s.keeper.permitCreation(ctx, params, m.Creator, spec)
	if err != nil {
		return nil, err
	}
	topic, err := s.keeper.createTopic(ctx, params, m.Creator, deposit, spec)
	if err != nil {
		return nil, err
	}
	return &types.MsgCreateTopicResponse{TopicId: topic.Id}, emit(ctx, &types.EventTopicCreated{
		TopicId: topic.Id, Slug: topic.Slug, Steward: topic.Steward, Creator: topic.Creator, Sandbox: topic.Sandbox, Deposit: topic.Deposit,
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
	topic, by, err := s.keeper.permitChange(ctx, m.TopicId, m.Sender)
	if err != nil {
		return nil, err
	}
	changed, err := s.keeper.scheduleUpdate(ctx, topic, m.Spec, by)
	if err != nil {
		return nil, err
	}
	return &types.MsgUpdateTopicResponse{}, emit(ctx, &types.EventTopicUpdateScheduled{TopicId: m.TopicId, Sender: m.Sender, Fields: changed})
}

// PauseTopic implements types.MsgServer.
func (s msgServer) PauseTopic(ctx context.Context, m *types.MsgPauseTopic) (*types.MsgPauseTopicResponse, error) {
	if err := s.keeper.permitAuthority(ctx, m.Authority); err != nil {
		return nil, err
	}
	topic, err := s.keeper.pauseTopic(ctx, m.TopicId)
	if err != nil {
		return nil, err
	}
	return &types.MsgPauseTopicResponse{}, emit(ctx, pausedEvent(topic))
}

// ResumeTopic implements types.MsgServer.
func (s msgServer) ResumeTopic(ctx context.Context, m *types.MsgResumeTopic) (*types.MsgResumeTopicResponse, error) {
	if err := s.keeper.permitAuthority(ctx, m.Authority); err != nil {
		return nil, err
	}
	return &types.MsgResumeTopicResponse{}, s.keeper.resumeTopic(ctx, m.TopicId)
}

// RetireTopic implements types.MsgServer.
func (s msgServer) RetireTopic(ctx context.Context, m *types.MsgRetireTopic) (*types.MsgRetireTopicResponse, error) {
	topic, by, err := s.keeper.permitChange(ctx, m.TopicId, m.Sender)
	if err != nil {
		return nil, err
	}
	if err := s.keeper.retireTopic(ctx, topic, by); err != nil {
		return nil, err
	}
	return &types.MsgRetireTopicResponse{Deposit: topic.Deposit}, emit(ctx, &types.EventTopicRetired{
		TopicId: topic.Id, Sender: m.Sender, Creator: topic.Creator, Deposit: topic.Deposit,
	})
}

// OfferStewardship implements types.MsgServer.
func (s msgServer) OfferStewardship(ctx context.Context, m *types.MsgOfferStewardship) (*types.MsgOfferStewardshipResponse, error) {
	if err := types.ValidateSteward("to", m.To, s.keeper.addressCodec); err != nil {
		return nil, err
	}
	topic, err := s.keeper.ownTopic(ctx, m.TopicId, m.Steward)
	if err != nil {
		return nil, err
	}
	if err := s.keeper.offerStewardship(ctx, topic, m.To); err != nil {
		return nil, err
	}
	return &types.MsgOfferStewardshipResponse{}, emit(ctx, &types.EventStewardshipOffered{TopicId: m.TopicId, Steward: m.Steward, To: m.To})
}

// WithdrawOffer implements types.MsgServer.
func (s msgServer) WithdrawOffer(ctx context.Context, m *types.MsgWithdrawOffer) (*types.MsgWithdrawOfferResponse, error) {
	topic, err := s.keeper.ownTopic(ctx, m.TopicId, m.Steward)
	if err != nil {
		return nil, err
	}
	if err := s.keeper.withdrawOffer(ctx, topic); err != nil {
		return nil, err
	}
	return &types.MsgWithdrawOfferResponse{}, emit(ctx, &types.EventStewardshipOfferWithdrawn{TopicId: m.TopicId})
}

// AcceptStewardship implements types.MsgServer.
func (s msgServer) AcceptStewardship(ctx context.Context, m *types.MsgAcceptStewardship) (*types.MsgAcceptStewardshipResponse, error) {
	before, err := s.keeper.acceptStewardship(ctx, m.TopicId, m.Account)
	if err != nil {
		return nil, err
	}
	return &types.MsgAcceptStewardshipResponse{}, emit(ctx, &types.EventStewardshipAccepted{TopicId: m.TopicId, Steward: m.Account, Before: before})
}

// UpdateParams implements types.MsgServer.
func (s msgServer) UpdateParams(ctx context.Context, m *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := m.Params.Validate(); err != nil {
		return nil, err
	}
	if err := s.keeper.permitAuthority(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.params.Set(ctx, m.Params); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, emit(ctx, &types.EventParamsUpdated{Authority: m.Authority})
}
