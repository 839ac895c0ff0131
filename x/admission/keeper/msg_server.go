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
	if err := s.permit(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.admit(ctx, m.Grants); err != nil {
		return nil, err
	}
	return &types.MsgAdmitResponse{}, nil
}

// Revoke implements types.MsgServer.
func (s msgServer) Revoke(ctx context.Context, m *types.MsgRevoke) (*types.MsgRevokeResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := s.permit(ctx, m.Authority); err != nil {
		return nil, err
	}
	if err := s.keeper.revoke(ctx, m.Keys, m.ReasonUri); err != nil {
		return nil, err
	}
	return &types.MsgRevokeResponse{}, nil
}

// UpdateParams implements types.MsgServer.
func (s msgServer) UpdateParams(ctx context.Context, m *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := s.permit(ctx, m.Authority); err != nil {
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

// permit checks the signer here, and not in the ante handler, so that authz, governance
// and interchain accounts cannot pass by.
func (s msgServer) permit(ctx context.Context, authority string) error {
	return sdk.ValidateAuthority(sdk.UnwrapSDKContext(ctx), s.keeper.authority, authority)
}
