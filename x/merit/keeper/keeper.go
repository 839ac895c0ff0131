// SPDX-License-Identifier: Apache-2.0

// Package keeper owns what accounts have earned by contributing, and counts it with stake when people vote.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"

	"github.com/weal-network/weal/x/merit/types"
)

// Keeper records merit and counts votes. Nothing that it keeps is walked over, but for what one block, one page or one
// vote bounds.
type Keeper struct {
	authority    string
	accounts     address.Codec
	staking      types.StakingKeeper
	contribution types.ContributionKeeper
	emission     types.EmissionKeeper
	// gov is set once, after it was built upon this keeper's tally.
	gov *govkeeper.Keeper

	// Schema lists all collections, for genesis and for tools.
	Schema collections.Schema
	// Params are what voters decide.
	Params collections.Item[types.Params]
	// Clock counts half-lives. It is written when the half-life is changed, and never by time.
	Clock collections.Item[types.Clock]
	// Holdings by account: a vote looks up its voter's.
	Holdings collections.Map[[]byte, types.Holding]
	// Ranks are (order, account): the most merit first, as it stays however much time goes by. Derived.
	Ranks collections.KeySet[rankKey]
	// Sources by (contribution, account): contribution first, because that is what is removed.
	Sources collections.Map[sourceKey, types.Source]
	// Totals by half-life: the exact sum of the weights of holdings that are of it. Derived.
	Totals collections.Map[uint64, math.Int]
	// Recordings by id: paid epochs of which rewards become merit, in the order of their payments.
	Recordings collections.Map[uint64, types.Recording]
	// NextRecording is the id of the next one.
	NextRecording collections.Item[uint64]
	// Losing are removed contributions that had merit from more accounts than a message takes away.
	Losing collections.KeySet[uint64]
	// Tallies by proposal: what both houses said when voting ended.
	Tallies collections.Map[uint64, types.ProposalTally]
}

type (
	rankKey   = collections.Pair[[]byte, []byte]
	sourceKey = collections.Pair[uint64, []byte]
)

// NewKeeper wires the keeper. authority is the account whose messages set parameters.
func NewKeeper(
	cdc codec.BinaryCodec, storeService store.KVStoreService, authority string, accounts address.Codec,
	staking types.StakingKeeper, contribution types.ContributionKeeper, emission types.EmissionKeeper,
) *Keeper {
	sb := collections.NewSchemaBuilder(storeService)
	k := &Keeper{
		authority: authority, accounts: accounts, staking: staking, contribution: contribution, emission: emission,

		Params:   collections.NewItem(sb, types.ParamsKey, "params", codec.CollValue[types.Params](cdc)),
		Clock:    collections.NewItem(sb, types.ClockKey, "clock", codec.CollValue[types.Clock](cdc)),
		Holdings: collections.NewMap(sb, types.HoldingsKey, "holdings", collections.BytesKey, codec.CollValue[types.Holding](cdc)),
		Ranks:    collections.NewKeySet(sb, types.RanksKey, "ranks", collections.PairKeyCodec(collections.BytesKey, collections.BytesKey)),
		Sources: collections.NewMap(sb, types.SourcesKey, "sources",
			collections.PairKeyCodec(collections.Uint64Key, collections.BytesKey), codec.CollValue[types.Source](cdc)),
		Totals:        collections.NewMap(sb, types.TotalsKey, "totals", collections.Uint64Key, sdk.IntValue),
		Recordings:    collections.NewMap(sb, types.RecordingsKey, "recordings", collections.Uint64Key, codec.CollValue[types.Recording](cdc)),
		NextRecording: collections.NewItem(sb, types.NextRecordingKey, "next_recording", collections.Uint64Value),
		Losing:        collections.NewKeySet(sb, types.LosingKey, "losing", collections.Uint64Key),
		Tallies:       collections.NewMap(sb, types.TalliesKey, "tallies", collections.Uint64Key, codec.CollValue[types.ProposalTally](cdc)),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.Schema = schema
	return k
}
