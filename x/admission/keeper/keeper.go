// SPDX-License-Identifier: Apache-2.0

// Package keeper owns the list of admissions and holds the validator set to it.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/weal-network/weal/x/admission/types"
)

// admissionKey is role, topic and account.
type admissionKey = collections.Triple[uint32, uint64, []byte]

// Keeper holds who is admitted to what.
type Keeper struct {
	authority             string
	addressCodec          address.Codec
	validatorAddressCodec address.Codec
	staking               types.StakingKeeper
	slashing              types.SlashingKeeper

	schema collections.Schema

	// params: one item, read whenever a validator is created.
	params collections.Item[types.Params]
	// admissions: (role, topic, account) -> record. Role and topic first, so that the
	// holders of a role and the contributors of a topic are each one prefix. The account
	// as bytes, so that it has one key, however it is spelt.
	admissions collections.Map[admissionKey, types.Admission]
}

// NewKeeper returns the keeper. authority is the gov module account, bech32.
func NewKeeper(
	cdc codec.Codec, ss store.KVStoreService, authority string, addressCodec, validatorAddressCodec address.Codec,
	staking types.StakingKeeper, slashing types.SlashingKeeper,
) *Keeper {
	sb := collections.NewSchemaBuilder(ss)
	k := &Keeper{
		authority:             authority,
		addressCodec:          addressCodec,
		validatorAddressCodec: validatorAddressCodec,
		staking:               staking,
		slashing:              slashing,

		params: collections.NewItem(sb, collections.NewPrefix(0), "params", codec.CollValue[types.Params](cdc)),
		admissions: collections.NewMap(sb, collections.NewPrefix(1), "admissions",
			collections.TripleKeyCodec(collections.Uint32Key, collections.Uint64Key, collections.BytesKey),
			codec.CollValue[types.Admission](cdc)),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.schema = schema
	return k
}

// Schema describes the collections, for the simulator to print them.
func (k *Keeper) Schema() collections.Schema { return k.schema }
