// SPDX-License-Identifier: Apache-2.0

// Package keeper holds the state of x/scoring: epochs, commits, rows, bonds and results.
package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"
	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// Keeper owns the state of scoring.
type Keeper struct {
	// authority may replace the parameters; the gov module account.
	authority string

	accounts  address.Codec
	operators address.Codec

	account      types.AccountKeeper
	staking      types.StakingKeeper
	admission    types.AdmissionKeeper
	topic        types.TopicKeeper
	contribution types.ContributionKeeper
	hooks        types.ScoringHooks

	// Schema lists all collections below.
	Schema collections.Schema
	// Params are one value.
	Params collections.Item[types.Params]

	// Clocks by topic: one read says which epoch runs and when the next one begins.
	Clocks collections.Map[uint64, types.Clock]
	// Epochs by topic, then number: the oldest of a topic is its first key, which pruning reads.
	Epochs collections.Map[collections.Pair[uint64, uint64], types.Epoch]
	// Pinned by topic, then epoch: the contributions of the epoch, packed. Apart from the
	// epoch, so that a commit does not read them.
	Pinned collections.Map[collections.Pair[uint64, uint64], []byte]
	// Commits by topic, epoch and operator: a transaction writes its own key only, so that
	// all of a block's can run in parallel, and an epoch closes with one prefix scan.
	Commits collections.Map[collections.Triple[uint64, uint64, []byte], []byte]
	// Rows in the order of Commits: the canonical rows as they were revealed.
	Rows collections.Map[collections.Triple[uint64, uint64, []byte], []byte]
	// Bonds by topic, then operator: packed rows, read and written once an epoch in one scan.
	Bonds collections.Map[collections.Pair[uint64, []byte], []byte]
	// Results by topic, then epoch: the last one of a topic is its last key.
	Results collections.Map[collections.Pair[uint64, uint64], types.EpochResult]
	// Records by topic, then operator.
	Records collections.Map[collections.Pair[uint64, []byte], types.ValidatorRecord]

	// Scorers by operator: the validator's hot key.
	Scorers collections.Map[[]byte, []byte]
	// Operators by hot key: the way back, which every commit and reveal reads.
	Operators collections.Map[[]byte, []byte]

	// Openings by first block, then topic: what is due is in front, however many topics there are.
	Openings collections.KeySet[collections.Pair[int64, uint64]]
	// Closings by last block, topic and epoch: the order in which epochs close.
	Closings collections.KeySet[collections.Triple[int64, uint64, uint64]]
	// Prunings are the topics with epochs older than are kept.
	Prunings collections.KeySet[uint64]
}

// NewKeeper opens the module's store. authority is the gov module account, bech32. It panics on a
// programmer's error only: two collections with one prefix.
func NewKeeper(
	cdc codec.Codec,
	ss store.KVStoreService,
	authority string,
	accounts, operators address.Codec,
	account types.AccountKeeper,
	staking types.StakingKeeper,
	admission types.AdmissionKeeper,
	topic types.TopicKeeper,
	contribution types.ContributionKeeper,
) *Keeper {
	var (
		sb           = collections.NewSchemaBuilder(ss)
		byEpoch      = collections.PairKeyCodec(collections.Uint64Key, collections.Uint64Key)
		byOperator   = collections.PairKeyCodec(collections.Uint64Key, collections.BytesKey)
		byEpochAndOp = collections.TripleKeyCodec(collections.Uint64Key, collections.Uint64Key, collections.BytesKey)
	)
	k := &Keeper{
		authority:    authority,
		accounts:     accounts,
		operators:    operators,
		account:      account,
		staking:      staking,
		admission:    admission,
		topic:        topic,
		contribution: contribution,
		hooks:        types.MultiScoringHooks{},

		Params:    collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](cdc)),
		Clocks:    collections.NewMap(sb, types.ClocksPrefix, "clocks", collections.Uint64Key, codec.CollValue[types.Clock](cdc)),
		Epochs:    collections.NewMap(sb, types.EpochsPrefix, "epochs", byEpoch, codec.CollValue[types.Epoch](cdc)),
		Pinned:    collections.NewMap(sb, types.PinnedPrefix, "pinned", byEpoch, collections.BytesValue),
		Commits:   collections.NewMap(sb, types.CommitsPrefix, "commits", byEpochAndOp, collections.BytesValue),
		Rows:      collections.NewMap(sb, types.RowsPrefix, "rows", byEpochAndOp, collections.BytesValue),
		Bonds:     collections.NewMap(sb, types.BondsPrefix, "bonds", byOperator, collections.BytesValue),
		Results:   collections.NewMap(sb, types.ResultsPrefix, "results", byEpoch, codec.CollValue[types.EpochResult](cdc)),
		Records:   collections.NewMap(sb, types.RecordsPrefix, "records", byOperator, codec.CollValue[types.ValidatorRecord](cdc)),
		Scorers:   collections.NewMap(sb, types.ScorersPrefix, "scorers", collections.BytesKey, collections.BytesValue),
		Operators: collections.NewMap(sb, types.OperatorsPrefix, "operators", collections.BytesKey, collections.BytesValue),
		Openings: collections.NewKeySet(sb, types.OpeningsPrefix, "openings",
			collections.PairKeyCodec(collections.Int64Key, collections.Uint64Key)),
		Closings: collections.NewKeySet(sb, types.ClosingsPrefix, "closings",
			collections.TripleKeyCodec(collections.Int64Key, collections.Uint64Key, collections.Uint64Key)),
		Prunings: collections.NewKeySet(sb, types.PruningsPrefix, "prunings", collections.Uint64Key),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.Schema = schema
	return k
}

// SetHooks names what is called when an epoch was scored. It panics when it is called twice.
func (k *Keeper) SetHooks(hooks types.ScoringHooks) {
	if multi, unset := k.hooks.(types.MultiScoringHooks); !unset || len(multi) > 0 {
		panic("scoring hooks are set already")
	}
	k.hooks = hooks
}

// Authority is who may replace the parameters.
func (k *Keeper) Authority() string { return k.authority }

func (k *Keeper) logger(ctx context.Context) log.Logger {
	return sdk.UnwrapSDKContext(ctx).Logger().With("module", "x/"+types.ModuleName)
}
