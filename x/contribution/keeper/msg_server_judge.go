// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// Endorse implements types.MsgServer.
func (s msgServer) Endorse(ctx context.Context, m *types.MsgEndorse) (*types.MsgEndorseResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.authorize(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.Endorse(ctx, m); err != nil {
		return nil, err
	}
	return &types.MsgEndorseResponse{}, emit(ctx, &types.EventContributionEndorsed{
		ContributionId: m.ContributionId, ProposalId: m.ProposalId, ReasonUri: m.ReasonUri, Endorsed: !m.Revoke,
	})
}

// Quarantine implements types.MsgServer.
func (s msgServer) Quarantine(ctx context.Context, m *types.MsgQuarantine) (*types.MsgQuarantineResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.authorize(ctx, m.Authority); err != nil {
		return nil, err
	}
	c, err := s.keeper.Quarantine(ctx, m)
	if err != nil {
		return nil, err
	}
	return &types.MsgQuarantineResponse{}, emit(ctx, &types.EventContributionQuarantined{
		ContributionId: c.Id, TopicId: c.TopicId, ProposalId: m.ProposalId, ReasonUri: m.ReasonUri, Guardian: c.Quarantine.Guardian,
	})
}

// GuardianQuarantine implements types.MsgServer.
func (s msgServer) GuardianQuarantine(ctx context.Context, m *types.MsgGuardianQuarantine) (*types.MsgGuardianQuarantineResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	c, err := s.keeper.GuardianQuarantine(ctx, m)
	if err != nil {
		return nil, err
	}
	return &types.MsgGuardianQuarantineResponse{UntilMs: c.Quarantine.UntilMs}, emit(ctx, &types.EventContributionQuarantined{
		ContributionId: c.Id, TopicId: c.TopicId, ReasonUri: m.ReasonUri, Guardian: m.Guardian, UntilMs: c.Quarantine.UntilMs,
	})
}

// GuardianPauseTopic implements types.MsgServer. x/topic tells of it, as of every pause.
func (s msgServer) GuardianPauseTopic(ctx context.Context, m *types.MsgGuardianPauseTopic) (*types.MsgGuardianPauseTopicResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	until, err := s.keeper.GuardianPauseTopic(ctx, m)
	if err != nil {
		return nil, err
	}
	return &types.MsgGuardianPauseTopicResponse{UntilMs: until}, nil
}

// SetGuardians implements types.MsgServer.
func (s msgServer) SetGuardians(ctx context.Context, m *types.MsgSetGuardians) (*types.MsgSetGuardiansResponse, error) {
	if err := m.Validate(s.keeper.addressCodec); err != nil {
		return nil, err
	}
	if err := s.authorize(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.SetGuardians(ctx, m.Guardians); err != nil {
		return nil, err
	}
	return &types.MsgSetGuardiansResponse{}, emit(ctx, &types.EventGuardiansSet{Guardians: m.Guardians})
}

// Release implements types.MsgServer.
func (s msgServer) Release(ctx context.Context, m *types.MsgRelease) (*types.MsgReleaseResponse, error) {
	if err := s.authorize(ctx, m.Authority); err != nil {
		return nil, err
	}
	return &types.MsgReleaseResponse{}, s.keeper.Release(ctx, m.ContributionId)
}

// Remove implements types.MsgServer.
func (s msgServer) Remove(ctx context.Context, m *types.MsgRemove) (*types.MsgRemoveResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.authorize(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.Remove(ctx, m); err != nil {
		return nil, err
	}
	return &types.MsgRemoveResponse{}, nil
}

func (s msgServer) authorize(ctx context.Context, signer string) error {
	return sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.keeper.authority, signer)
}
