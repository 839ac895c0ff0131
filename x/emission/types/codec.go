// SPDX-License-Identifier: Apache-2.0

package types

import (
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

// RegisterLegacyAminoCodec registers the messages for wallets that sign amino JSON.
func RegisterLegacyAminoCodec(cdc *codec.LegacyAmino) {
	cdc.RegisterConcrete(Params{}, "weal/x/emission/Params", nil)
	legacy.RegisterAminoMsg(cdc, &MsgClaim{}, "weal/x/emission/MsgClaim")
	legacy.RegisterAminoMsg(cdc, &MsgVoteTopics{}, "weal/x/emission/MsgVoteTopics")
	legacy.RegisterAminoMsg(cdc, &MsgFundTopic{}, "weal/x/emission/MsgFundTopic")
	legacy.RegisterAminoMsg(cdc, &MsgEndStreams{}, "weal/x/emission/MsgEndStreams")
	legacy.RegisterAminoMsg(cdc, &MsgSetTopicShares{}, "weal/x/emission/MsgSetTopicShares")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "weal/x/emission/MsgUpdateParams")
}

// RegisterInterfaces registers the messages as implementations of sdk.Msg.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgClaim{},
		&MsgVoteTopics{},
		&MsgFundTopic{},
		&MsgEndStreams{},
		&MsgSetTopicShares{},
		&MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}
