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
	legacy.RegisterAminoMsg(cdc, &MsgCommitContribution{}, "weal/x/contribution/MsgCommit")
	legacy.RegisterAminoMsg(cdc, &MsgRevealContribution{}, "weal/x/contribution/MsgReveal")
	legacy.RegisterAminoMsg(cdc, &MsgWithdrawContribution{}, "weal/x/contribution/MsgWithdraw")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateContribution{}, "weal/x/contribution/MsgUpdate")
	legacy.RegisterAminoMsg(cdc, &MsgSetSplit{}, "weal/x/contribution/MsgSetSplit")
	legacy.RegisterAminoMsg(cdc, &MsgEndorse{}, "weal/x/contribution/MsgEndorse")
	legacy.RegisterAminoMsg(cdc, &MsgQuarantine{}, "weal/x/contribution/MsgQuarantine")
	legacy.RegisterAminoMsg(cdc, &MsgGuardianQuarantine{}, "weal/x/contribution/MsgGuard")
	legacy.RegisterAminoMsg(cdc, &MsgGuardianPauseTopic{}, "weal/x/contribution/MsgPauseTopic")
	legacy.RegisterAminoMsg(cdc, &MsgSetGuardians{}, "weal/x/contribution/MsgSetGuardians")
	legacy.RegisterAminoMsg(cdc, &MsgRelease{}, "weal/x/contribution/MsgRelease")
	legacy.RegisterAminoMsg(cdc, &MsgRemove{}, "weal/x/contribution/MsgRemove")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "weal/x/contribution/MsgUpdateParams")
	cdc.RegisterConcrete(Params{}, "weal/x/contribution/Params", nil)
}

// RegisterInterfaces registers the messages and their service.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgCommitContribution{},
		&MsgRevealContribution{},
		&MsgWithdrawContribution{},
		&MsgUpdateContribution{},
		&MsgSetSplit{},
		&MsgEndorse{},
		&MsgQuarantine{},
		&MsgGuardianQuarantine{},
		&MsgGuardianPauseTopic{},
		&MsgSetGuardians{},
		&MsgRelease{},
		&MsgRemove{},
		&MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}
