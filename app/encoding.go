// SPDX-License-Identifier: Apache-2.0

package app

import (
	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/std"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
	txsigning "github.com/cosmos/cosmos-sdk/x/tx/signing"
)

// encoding holds everything that turns messages and transactions into bytes and back.
type encoding struct {
	registry codectypes.InterfaceRegistry
	codec    codec.Codec
	amino    *codec.LegacyAmino
	txConfig client.TxConfig
}

// newEncoding builds the codecs with Weal's address prefixes. The modules register
// their own types later, through the basic manager.
func newEncoding() (encoding, error) {
	registry, err := codectypes.NewInterfaceRegistryWithOptions(codectypes.InterfaceRegistryOptions{
		ProtoFiles: proto.HybridResolver,
		SigningOptions: txsigning.Options{
			AddressCodec:          addresscodec.NewBech32Codec(Bech32Prefix),
			ValidatorAddressCodec: addresscodec.NewBech32Codec(ValidatorPrefix),
		},
	})
	if err != nil {
		return encoding{}, err
	}
	if err := registry.SigningContext().Validate(); err != nil {
		return encoding{}, err
	}
	cdc := codec.NewProtoCodec(registry)
	amino := codec.NewLegacyAmino()
	std.RegisterInterfaces(registry)
	std.RegisterLegacyAminoCodec(amino)
	return encoding{
		registry: registry,
		codec:    cdc,
		amino:    amino,
		txConfig: authtx.NewTxConfig(cdc, authtx.DefaultSignModes),
	}, nil
}
