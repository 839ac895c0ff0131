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
	legacy.RegisterAminoMsg(cdc, &MsgCreateTopic{}, "weal/x/topic/MsgCreateTopic")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateTopic{}, "weal/x/topic/MsgUpdateTopic")
	legacy.RegisterAminoMsg(cdc, &MsgPauseTopic{}, "weal/x/topic/MsgPauseTopic")
	legacy.RegisterAminoMsg(cdc, &MsgResumeTopic{}, "weal/x/topic/MsgResumeTopic")
	legacy.RegisterAminoMsg(cdc, &MsgRetireTopic{}, "weal/x/topic/MsgRetireTopic")
	legacy.RegisterAminoMsg(cdc, &MsgOfferStewardship{}, "weal/x/topic/MsgOfferStewardship")
	legacy.RegisterAminoMsg(cdc, &MsgWithdrawOffer{}, "weal/x/topic/MsgWithdrawOffer")
	legacy.RegisterAminoMsg(cdc, &MsgAcceptStewardship{}, "weal/x/topic/MsgAcceptStewardship")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "weal/x/topic/MsgUpdateParams")
	cdc.RegisterConcrete(Params{}, "weal/x/topic/Params", nil)
}

// RegisterInterfaces registers the messages and their service.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgCreateTopic{},
		&MsgUpdateTopic{},
		&MsgPauseTopic{},
		&MsgResumeTopic{},
		&MsgRetireTopic{},
		&MsgOfferStewardship{},
		&MsgWithdrawOffer{},
		&MsgAcceptStewardship{},
		&MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}
