// SPDX-License-Identifier: Apache-2.0

package types

import (
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

// RegisterLegacyAminoCodec registers the messages under the names that hardware
// wallets show.
func RegisterLegacyAminoCodec(cdc *codec.LegacyAmino) {
	legacy.RegisterAminoMsg(cdc, &MsgAdmit{}, "weal/x/admission/MsgAdmit")
	legacy.RegisterAminoMsg(cdc, &MsgRevoke{}, "weal/x/admission/MsgRevoke")
	legacy.RegisterAminoMsg(cdc, &MsgApply{}, "weal/x/admission/MsgApply")
	legacy.RegisterAminoMsg(cdc, &MsgWithdrawApplication{}, "weal/x/admission/MsgWithdrawApplication")
	legacy.RegisterAminoMsg(cdc, &MsgReject{}, "weal/x/admission/MsgReject")
	legacy.RegisterAminoMsg(cdc, &MsgResign{}, "weal/x/admission/MsgResign")
	legacy.RegisterAminoMsg(cdc, &MsgSetRegistrar{}, "weal/x/admission/MsgSetRegistrar")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "weal/x/admission/MsgUpdateParams")
	cdc.RegisterConcrete(Params{}, "weal/x/admission/Params", nil)
}

// RegisterInterfaces registers the messages and their service.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgAdmit{},
		&MsgRevoke{},
		&MsgApply{},
		&MsgWithdrawApplication{},
		&MsgReject{},
		&MsgResign{},
		&MsgSetRegistrar{},
		&MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}
