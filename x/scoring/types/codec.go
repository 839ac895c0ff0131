// SPDX-License-Identifier: Apache-2.0

package types

import (
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

// RegisterLegacyAminoCodec registers the messages under the names that hardware wallets sign.
func RegisterLegacyAminoCodec(cdc *codec.LegacyAmino) {
	legacy.RegisterAminoMsg(cdc, &MsgSetScorer{}, "weal/x/scoring/MsgSetScorer")
	legacy.RegisterAminoMsg(cdc, &MsgCommitScores{}, "weal/x/scoring/MsgCommitScores")
	legacy.RegisterAminoMsg(cdc, &MsgRevealScores{}, "weal/x/scoring/MsgRevealScores")
	legacy.RegisterAminoMsg(cdc, &MsgUpdateParams{}, "weal/x/scoring/MsgUpdateParams")
	cdc.RegisterConcrete(Params{}, "weal/x/scoring/Params", nil)
}

// RegisterInterfaces registers the messages with the interface registry.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgSetScorer{},
		&MsgCommitScores{},
		&MsgRevealScores{},
		&MsgUpdateParams{},
	)
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}
