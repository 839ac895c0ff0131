// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/emission/types"
)

type msgServer struct{ k *Keeper }

var _ types.MsgServer = msgServer{}

// NewMsgServer serves the module's messages. Each checks its signer itself, whatever way
// the message came.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }

// Claim pays all mature rewards of the contributor.
func (s msgServer) Claim(ctx context.Context, msg *types.MsgClaim) (*types.MsgClaimResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	contributor, err := s.k.accounts.StringToBytes(msg.Contributor)
	if err != nil {
		return nil, errorsmod.Wrapf(sdkerrors.ErrInvalidAddress, "contributor %q: %s", msg.Contributor, err)
	}
	for _, topicID := range msg.TopicIds {
		if _, err := s.k.getTopic(ctx, topicID); err != nil {
			return nil, err
		}
	}
	claimed, err := s.k.claim(ctx, contributor, msg.TopicIds)
	if err != nil {
		return nil, err
	}
	claimed.Contributor = msg.Contributor
	if err := emit(ctx, claimed); err != nil {
		return nil, err
	}
	return &types.MsgClaimResponse{Payments: claimed.Payments}, nil
}

// VoteTopics replaces or withdraws the voter's vote.
func (s msgServer) VoteTopics(ctx context.Context, msg *types.MsgVoteTopics) (*types.MsgVoteTopicsResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	voter, err := s.k.accounts.StringToBytes(msg.Voter)
	if err != nil {
		return nil, errorsmod.Wrapf(sdkerrors.ErrInvalidAddress, "voter %q: %s", msg.Voter, err)
	}
	if err := s.k.vote(ctx, voter, msg.Voter, msg.Weights); err != nil {
		return nil, err
	}
	if err := emit(ctx, &types.EventTopicsVoted{Voter: msg.Voter, Weights: msg.Weights}); err != nil {
		return nil, err
	}
	return &types.MsgVoteTopicsResponse{}, nil
}

// FundTopic begins a sponsor's streams.
func (s msgServer) FundTopic(ctx context.Context, msg *types.MsgFundTopic) (*types.MsgFundTopicResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	sponsor, err := s.k.accounts.StringToBytes(msg.Sponsor)
	if err != nil {
		return nil, errorsmod.Wrapf(sdkerrors.ErrInvalidAddress, "sponsor %q: %s", msg.Sponsor, err)
	}
	ids, err := s.k.fund(ctx, sponsor, msg)
	if err != nil {
		return nil, err
	}
	return &types.MsgFundTopicResponse{StreamIds: ids}, nil
}

// EndStreams ends streams before their last epoch.
func (s msgServer) EndStreams(ctx context.Context, msg *types.MsgEndStreams) (*types.MsgEndStreamsResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.permit(ctx, msg.Authority); err != nil {
		return nil, err
	}
	if err := s.k.endStreams(ctx, msg.TopicId, msg.StreamIds); err != nil {
		return nil, err
	}
	return &types.MsgEndStreamsResponse{}, nil
}

// SetTopicShares sets the shares of the topics that it names.
func (s msgServer) SetTopicShares(ctx context.Context, msg *types.MsgSetTopicShares) (*types.MsgSetTopicSharesResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.permit(ctx, msg.Authority); err != nil {
		return nil, err
	}
	if err := s.k.setShares(ctx, msg.Shares); err != nil {
		return nil, err
	}
	return &types.MsgSetTopicSharesResponse{}, nil
}

// UpdateParams schedules parameters.
func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := msg.Params.Validate(); err != nil {
		return nil, err
	}
	if err := s.permit(ctx, msg.Authority); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.k.changes().Schedule(ctx, msg.Authority, msg.Params)
}

// permit refuses everybody but the authority.
func (s msgServer) permit(ctx context.Context, signer string) error {
	return sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.k.authority, signer)
}
