// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/admission/types"
)

type msgServer struct {
	keeper *Keeper
}

var _ types.MsgServer = msgServer{}

// NewMsgServer returns the server of the module's messages.
func NewMsgServer(keeper *Keeper) types.MsgServer {
	return msgServer{keeper: keeper}
}

// Admit implements types.MsgServer.
func (s msgServer) Admit(ctx context.Context, m *types.MsgAdmit) (*types.MsgAdmitResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	roles := make([]types.Role, len(m.Grants))
	for i, grant := range m.Grants {
		roles[i] = grant.Key.Role
	}
	if err := s.keeper.permit(ctx, m.Authority, roles); err != nil {
		return nil, err
	}
	if err := s.keeper.admit(ctx, m.Grants, m.Authority); err != nil {
		return nil, err
	}
	return &types.MsgAdmitResponse{}, nil
}

// Revoke implements types.MsgServer.
func (s msgServer) Revoke(ctx context.Context, m *types.MsgRevoke) (*types.MsgRevokeResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	roles := make([]types.Role, len(m.Keys))
	for i, key := range m.Keys {
		roles[i] = key.Role
	}
	if err := s.keeper.permit(ctx, m.Authority, roles); err != nil {
		return nil, err
	}
	if err := s.keeper.revoke(ctx, m.Keys, m.ReasonUri, m.Authority); err != nil {
		return nil, err
	}
	return &types.MsgRevokeResponse{}, nil
}

// Apply implements types.MsgServer. Its signer applies for itself.
func (s msgServer) Apply(ctx context.Context, m *types.MsgApply) (*types.MsgApplyResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	id, err := s.keeper.apply(ctx, m)
	if err != nil {
		return nil, err
	}
	return &types.MsgApplyResponse{ApplicationId: id}, nil
}

// WithdrawApplication implements types.MsgServer.
func (s msgServer) WithdrawApplication(ctx context.Context, m *types.MsgWithdrawApplication) (*types.MsgWithdrawApplicationResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.keeper.withdraw(ctx, m); err != nil {
		return nil, err
	}
	return &types.MsgWithdrawApplicationResponse{}, nil
}

// Reject implements types.MsgServer.
func (s msgServer) Reject(ctx context.Context, m *types.MsgReject) (*types.MsgRejectResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	// Whoever decides about nothing learns nothing about what is open.
	if err := s.keeper.permit(ctx, m.Authority, nil); err != nil {
		return nil, err
	}
	applications, roles := make([]types.Application, len(m.ApplicationIds)), make([]types.Role, len(m.ApplicationIds))
	for i, id := range m.ApplicationIds {
		application, err := s.keeper.application(ctx, id)
		if err != nil {
			return nil, err
		}
		applications[i], roles[i] = application, application.Key.Role
	}
	if err := s.keeper.permit(ctx, m.Authority, roles); err != nil {
		return nil, err
	}
	if err := s.keeper.reject(ctx, applications, m.ReasonUri); err != nil {
		return nil, err
	}
	return &types.MsgRejectResponse{}, nil
}

// Resign implements types.MsgServer. Its signer gives up what is its own.
func (s msgServer) Resign(ctx context.Context, m *types.MsgResign) (*types.MsgResignResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.keeper.resign(ctx, m.Key()); err != nil {
		return nil, err
	}
	return &types.MsgResignResponse{}, nil
}

// SetRegistrar implements types.MsgServer.
func (s msgServer) SetRegistrar(ctx context.Context, m *types.MsgSetRegistrar) (*types.MsgSetRegistrarResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.permitAuthority(ctx, m.Authority); err != nil {
		return nil, err
	}
	registrar := types.NewRegistrar(m.Registrar, m.Roles)
	if err := s.keeper.setRegistrar(ctx, registrar); err != nil {
		return nil, err
	}
	return &types.MsgSetRegistrarResponse{}, emit(ctx, &types.EventRegistrarSet{Registrar: registrar})
}

// UpdateParams implements types.MsgServer.
func (s msgServer) UpdateParams(ctx context.Context, m *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.permitAuthority(ctx, m.Authority); err != nil {
		return nil, err
	}
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	if m.Params.ValidatorsPermissioned && !params.ValidatorsPermissioned {
		if err := s.keeper.checkAllAdmitted(ctx); err != nil {
			return nil, err
		}
	}
	if err := s.keeper.params.Set(ctx, m.Params); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, emit(ctx, &types.EventParamsUpdated{Authority: m.Authority})
}

// permitAuthority is for what no registrar decides.
func (s msgServer) permitAuthority(ctx context.Context, authority string) error {
	return sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.keeper.authority, authority)
}
