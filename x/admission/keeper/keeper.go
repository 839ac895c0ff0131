// SPDX-License-Identifier: Apache-2.0

// Package keeper owns the list of admissions and holds the validator set to it.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/collections/indexes"
	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/weal-network/weal/x/admission/types"
)

type (
	// admissionKey is role, topic and account.
	admissionKey = collections.Triple[uint32, uint64, []byte]
	// topicKey is role and topic.
	topicKey = collections.Pair[uint32, uint64]
)

// Keeper holds who is admitted to what.
type Keeper struct {
	authority             string
	addressCodec          address.Codec
	validatorAddressCodec address.Codec
	bank                  types.BankKeeper
	staking               types.StakingKeeper
	slashing              types.SlashingKeeper

	schema collections.Schema

	// params: one item, read whenever a validator is created.
	params collections.Item[types.Params]
	// admissions: (role, topic, account) -> record. Role and topic first, so that the
	// holders of a role and the contributors of a topic are each one prefix. The account
	// as bytes, so that it has one key, however it is spelt.
	admissions *collections.IndexedMap[admissionKey, types.Admission, admissionIndexes]
	// applications: id -> record of an open one.
	applications *collections.IndexedMap[uint64, types.Application, applicationIndexes]
	// applicationID: the id of the next application.
	applicationID collections.Sequence
	// openApplications: how many there are, for the bound on all; not exported, but counted.
	openApplications collections.Item[uint64]
	// registrars: account -> record, at most MaxRegistrars.
	registrars collections.Map[[]byte, types.Registrar]
	// history: id -> what happened to an admission.
	history *collections.IndexedMap[uint64, types.Change, historyIndexes]
	// changeID: the id of the next change.
	changeID collections.Sequence
	// revokedPower: one item, the count of the last day with a loss.
	revokedPower collections.Item[types.RevokedPower]
	// outsiders: operators whose validators stand without an admission and are not held in
	// jail. Only an open chain has any; a block or more after it is closed there is none.
	outsiders collections.KeySet[[]byte]
}

// NewKeeper returns the keeper. authority is the gov module account, bech32.
func NewKeeper(
	cdc codec.Codec, ss store.KVStoreService, authority string, addressCodec, validatorAddressCodec address.Codec,
	bank types.BankKeeper, staking types.StakingKeeper, slashing types.SlashingKeeper,
) *Keeper {
	var (
		sb       = collections.NewSchemaBuilder(ss)
		account  = collections.BytesKey
		id       = collections.Uint64Key
		key      = collections.TripleKeyCodec(collections.Uint32Key, collections.Uint64Key, collections.BytesKey)
		topic    = collections.PairKeyCodec(collections.Uint32Key, collections.Uint64Key)
		accounts = accountReader{addressCodec}
	)
	k := &Keeper{
		authority:             authority,
		addressCodec:          addressCodec,
		validatorAddressCodec: validatorAddressCodec,
		bank:                  bank,
		staking:               staking,
		slashing:              slashing,

		params: collections.NewItem(sb, collections.NewPrefix(0), "params", codec.CollValue[types.Params](cdc)),
		admissions: collections.NewIndexedMap(sb, collections.NewPrefix(1), "admissions", key, codec.CollValue[types.Admission](cdc), admissionIndexes{
			due:     indexes.NewMulti(sb, collections.NewPrefix(2), "admissions_by_due", timeKey, key, dueOf),
			account: indexes.NewMulti(sb, collections.NewPrefix(3), "admissions_by_account", account, key, holderOf),
		}),
		applications: collections.NewIndexedMap(sb, collections.NewPrefix(4), "applications", id, codec.CollValue[types.Application](cdc), applicationIndexes{
			key:       indexes.NewUnique(sb, collections.NewPrefix(5), "applications_by_key", key, id, accounts.keyOfApplication),
			topic:     indexes.NewMulti(sb, collections.NewPrefix(6), "applications_by_topic", topic, id, topicOfApplication),
			applicant: indexes.NewMulti(sb, collections.NewPrefix(7), "applications_by_applicant", account, id, accounts.applicant),
			due:       indexes.NewMulti(sb, collections.NewPrefix(8), "applications_by_due", timeKey, id, dueOfApplication),
		}),
		applicationID:    collections.NewSequence(sb, collections.NewPrefix(9), "application_id"),
		openApplications: collections.NewItem(sb, collections.NewPrefix(10), "open_applications", collections.Uint64Value),
		registrars:       collections.NewMap(sb, collections.NewPrefix(11), "registrars", account, codec.CollValue[types.Registrar](cdc)),
		history: collections.NewIndexedMap(sb, collections.NewPrefix(12), "history", id, codec.CollValue[types.Change](cdc), historyIndexes{
			key: indexes.NewMulti(sb, collections.NewPrefix(13), "history_by_key", key, id, accounts.keyOfChange),
		}),
		changeID:     collections.NewSequence(sb, collections.NewPrefix(14), "change_id"),
		revokedPower: collections.NewItem(sb, collections.NewPrefix(15), "revoked_power", codec.CollValue[types.RevokedPower](cdc)),
		outsiders:    collections.NewKeySet(sb, collections.NewPrefix(16), "outsiders", account),
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
