// SPDX-License-Identifier: Apache-2.0

// Package keeper holds the state of x/contribution and what changes it.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

type ownedKey = collections.Triple[sdk.AccAddress, uint64, uint64]

// Keeper holds contributions, who owns which artifact, and each topic's active
// set.
type Keeper struct {
	authority    string
	addressCodec address.Codec
	topic        types.TopicKeeper
	admission    types.AdmissionKeeper
	bank         types.BankKeeper
	hooks        types.ContributionHooks

	schema collections.Schema

	// params are what voters decide: one value, read whole.
	params collections.Item[types.Params]
	// nextID is the id of the next commit. Ids rise over all topics, so that the
	// order of two commits can be read off their ids.
	nextID collections.Sequence
	// contributions: id -> record, with the indexes of contributionIndexes.
	contributions *collections.IndexedMap[uint64, types.Contribution, contributionIndexes]
	// digests: (topic, SHA-256) -> id of the owner. Never removed: a digest is
	// unique in its topic for ever.
	digests collections.Map[collections.Pair[uint64, []byte], uint64]
	// activeSets: topic -> all places, one packed value, so that an epoch's start
	// and end read one key instead of one a contribution.
	activeSets collections.Map[uint64, types.ActiveSet]
	// owned: (account, topic, id) of contributions in the active set or just left,
	// for contributor and payees; account and topic first, so that scoring finds a
	// validator's own ones with one prefix scan, bounded by the active set.
	owned collections.KeySet[ownedKey]
	// topicStates: topic -> price, epoch and places: what a commit reads instead of
	// the active set, so that it costs the same however large that is.
	topicStates collections.Map[uint64, types.TopicState]
	// leaving: (topic, id) of those that left since the epoch began. They keep their
	// entry in the packed set until the next begins, so that to withdraw from a large
	// set costs no more than from a small one.
	leaving collections.KeySet[topicKey]
	// children: (parent, id), parent first, to walk down a lineage.
	children collections.KeySet[collections.Pair[uint64, uint64]]
	// lineage: number of a tile -> what contributions were built on, packed by LineageTile; tiles in which nothing was are left out.
	lineage collections.Map[uint64, []byte]
	// retiring: topics that were retired and still have contributions that compete.
	retiring collections.KeySet[uint64]
	// guardians: accounts that may quarantine for a short time, at most MaxGuardians.
	guardians collections.KeySet[sdk.AccAddress]
}

// NewKeeper returns the keeper. authority is the gov module account, bech32.
func NewKeeper(
	cdc codec.Codec,
	ss store.KVStoreService,
	authority string,
	addressCodec address.Codec,
	topic types.TopicKeeper,
	admission types.AdmissionKeeper,
	bank types.BankKeeper,
) *Keeper {
	sb := collections.NewSchemaBuilder(ss)
	k := &Keeper{
		authority:    authority,
		addressCodec: addressCodec,
		topic:        topic,
		admission:    admission,
		bank:         bank,
		hooks:        types.NewMultiContributionHooks(),

		params: collections.NewItem(sb, collections.NewPrefix(0), "params", codec.CollValue[types.Params](cdc)),
		nextID: collections.NewSequence(sb, collections.NewPrefix(1), "next_id"),
		contributions: collections.NewIndexedMap(sb, collections.NewPrefix(2), "contributions",
			collections.Uint64Key, codec.CollValue[types.Contribution](cdc), newContributionIndexes(sb, addressCodec)),
		digests: collections.NewMap(sb, collections.NewPrefix(3), "digests",
			collections.PairKeyCodec(collections.Uint64Key, collections.BytesKey), collections.Uint64Value),
		activeSets: collections.NewMap(sb, collections.NewPrefix(4), "active_sets",
			collections.Uint64Key, packedSets{codec.CollValue[types.ActiveSet](cdc)}),
		owned: collections.NewKeySet(sb, collections.NewPrefix(5), "owned",
			collections.TripleKeyCodec(sdk.AccAddressKey, collections.Uint64Key, collections.Uint64Key)),
		topicStates: collections.NewMap(sb, collections.NewPrefix(6), "topic_states",
			collections.Uint64Key, codec.CollValue[types.TopicState](cdc)),
		leaving: collections.NewKeySet(sb, collections.NewPrefix(7), "leaving",
			collections.PairKeyCodec(collections.Uint64Key, collections.Uint64Key)),
		children: collections.NewKeySet(sb, collections.NewPrefix(8), "children",
			collections.PairKeyCodec(collections.Uint64Key, collections.Uint64Key)),
		lineage:   collections.NewMap(sb, collections.NewPrefix(21), "lineage", collections.Uint64Key, collections.BytesValue),
		retiring:  collections.NewKeySet(sb, collections.NewPrefix(9), "retiring", collections.Uint64Key),
		guardians: collections.NewKeySet(sb, collections.NewPrefix(20), "guardians", sdk.AccAddressKey),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.schema = schema
	return k
}

// SetHooks sets who is told of contributions that the people judge. Call it once, while the app is wired.
func (k *Keeper) SetHooks(hooks types.ContributionHooks) { k.hooks = hooks }

// Schema is what the module's store holds.
func (k Keeper) Schema() collections.Schema { return k.schema }
