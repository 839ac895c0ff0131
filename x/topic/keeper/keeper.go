// SPDX-License-Identifier: Apache-2.0

// Package keeper owns the topics.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/weal-network/weal/x/topic/types"
)

// Keeper holds the topics.
type Keeper struct {
	authority    string
	addressCodec address.Codec
	account      types.AccountKeeper
	bank         types.BankKeeper
	admission    types.AdmissionKeeper
	hooks        types.TopicHooks

	schema collections.Schema

	// params is one value: every field is read when a topic is created or updated.
	params collections.Item[types.Params]
	// nextID is the id of the next topic. Ids are never used again.
	nextID collections.Sequence
	// topics: id -> topic, with the indexes of topicIndexes. By id, so that those who keep
	// something for each topic walk them in the order in which they were opened.
	topics *collections.IndexedMap[uint64, types.Topic, topicIndexes]
	// pending: id -> what the topic becomes when its next epoch opens, so that opening one
	// reads one key.
	pending collections.Map[uint64, types.PendingUpdate]
	// offers: id -> who may become the topic's steward.
	offers collections.Map[uint64, types.StewardshipOffer]
}

// NewKeeper returns the keeper. authority is the gov module account, bech32.
func NewKeeper(
	cdc codec.Codec,
	ss store.KVStoreService,
	authority string,
	addressCodec address.Codec,
	account types.AccountKeeper,
	bank types.BankKeeper,
	admission types.AdmissionKeeper,
) *Keeper {
	sb := collections.NewSchemaBuilder(ss)
	k := &Keeper{
		authority:    authority,
		addressCodec: addressCodec,
		account:      account,
		bank:         bank,
		admission:    admission,
		hooks:        types.NewMultiTopicHooks(),

		params: collections.NewItem(sb, collections.NewPrefix(0), "params", codec.CollValue[types.Params](cdc)),
		nextID: collections.NewSequence(sb, collections.NewPrefix(1), "next_id"),
		topics: collections.NewIndexedMap(sb, collections.NewPrefix(2), "topics",
			collections.Uint64Key, codec.CollValue[types.Topic](cdc), newTopicIndexes(sb, addressCodec)),
		pending: collections.NewMap(sb, collections.NewPrefix(4), "pending_updates",
			collections.Uint64Key, codec.CollValue[types.PendingUpdate](cdc)),
		offers: collections.NewMap(sb, collections.NewPrefix(5), "stewardship_offers",
			collections.Uint64Key, codec.CollValue[types.StewardshipOffer](cdc)),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.schema = schema
	return k
}

// SetHooks sets who is told of topics that are created, paused, resumed and retired. Call
// it once, while the app is wired.
func (k *Keeper) SetHooks(hooks types.TopicHooks) { k.hooks = hooks }

// Schema is what the module stores, for those that decode it.
func (k *Keeper) Schema() collections.Schema { return k.schema }
