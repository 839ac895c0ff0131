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

	"github.com/weal-network/weal/pkg/frontier"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"

	"github.com/weal-network/weal/x/scoring/types"
)

type (
	// epochKey is topic, epoch.
	epochKey = collections.Pair[uint64, uint64]
	// voterKey is topic, epoch, operator.
	voterKey = collections.Triple[uint64, uint64, []byte]
	// tileKey is topic, epoch, tile, operator.
	tileKey = collections.Quad[uint64, uint64, uint32, []byte]
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

	// engine, innovation and frontier are memory, and no state: only the end of a block uses them, and each close begins anew with them.
	engine     *yuma.Engine
	innovation *innovation.Engine
	frontier   *frontier.Machine
	sheets     *sheets

	// Schema lists all collections below.
	Schema collections.Schema
	// Params are one value.
	Params collections.Item[types.Params]
	// PendingParams are those that wait, if any do.
	PendingParams collections.Item[types.PendingParams]

	// Clocks by topic: one read says which epoch runs and when the next one begins.
	Clocks collections.Map[uint64, types.Clock]
	// Epochs by topic, then number: the oldest of a topic is its first key, which pruning reads.
	Epochs collections.Map[epochKey, types.Epoch]
	// Pinned by topic, then epoch: the contributions of the epoch, packed. Apart from the
	// epoch, so that a commit does not read them.
	Pinned collections.Map[epochKey, []byte]
	// Commits by topic, epoch and operator: a transaction writes its own key only, so that
	// all of a block's can run in parallel, and an epoch closes with one prefix scan.
	Commits collections.Map[voterKey, []byte]
	// Reveals in the order of Commits: who revealed, and which of it does not count.
	Reveals collections.Map[voterKey, types.Reveal]
	// Rows by topic, epoch, tile and operator: canonical rows of the tile, so that the scores of a tile are one
	// prefix scan, and most rows one value.
	Rows collections.Map[tileKey, []byte]
	// Bonds in the order of Rows, by the epoch that left them: never changed, so that an epoch can be
	// computed again from what it started from.
	Bonds collections.Map[tileKey, []byte]
	// Generations by topic, then epoch: where the tiles of its bonds begin, however long ago the epoch was deleted.
	Generations collections.Map[epochKey, types.Generation]
	// Publics by topic, epoch and tile: what everybody knows of contributions since the epoch, packed; with the bonds that it
	// left, what the next epoch starts from.
	Publics collections.Map[collections.Triple[uint64, uint64, uint32], []byte]
	// Frontiers by topic, then epoch: what it left of the topic's frontier, in the order of Bonds and for the same reason; that of
	// the epoch being closed as far as it has come.
	Frontiers collections.Map[epochKey, types.FrontierEpoch]
	// Windows by topic, epoch and contribution: what the epoch decided about its window.
	Windows collections.Map[collections.Triple[uint64, uint64, uint64], types.WindowOutcome]
	// Endings by topic and contribution: those that were withdrawn (false) or removed (true), until the topic's frontier takes
	// notice; one scan has a topic's.
	Endings collections.Map[epochKey, bool]
	// Records by topic, then operator.
	Records collections.Map[collections.Pair[uint64, []byte], types.ValidatorRecord]

	// Snapshots by height: the validators that counted at the end of a block in which epochs ended; one for all of them.
	Snapshots collections.Map[int64, types.Snapshot]
	// Tallies by topic, then epoch: who counts in it, and for how much.
	Tallies collections.Map[epochKey, types.Tally]
	// Works by topic, then epoch: how far the closes have come that are not finished.
	Works collections.Map[epochKey, types.Work]
	// Results by topic, epoch and tile: packed, written as the tiles are counted.
	Results collections.Map[collections.Triple[uint64, uint64, uint32], []byte]
	// Outcomes by topic, then epoch: the validators' part of the result. An epoch that has one is scored.
	Outcomes collections.Map[epochKey, types.Outcome]
	// Roots by topic, then epoch: the Merkle root of the results, alone under its key, so that a light client needs
	// one short proof of it.
	Roots collections.Map[epochKey, []byte]

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
		byTile       = collections.TripleKeyCodec(collections.Uint64Key, collections.Uint64Key, collections.Uint32Key)
		byThree      = collections.TripleKeyCodec(collections.Uint64Key, collections.Uint64Key, collections.Uint64Key)
		byTileAndOp  = collections.QuadKeyCodec(collections.Uint64Key, collections.Uint64Key, collections.Uint32Key, collections.BytesKey)
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
		engine:       &yuma.Engine{},
		innovation:   &innovation.Engine{},
		frontier:     &frontier.Machine{},
		sheets:       &sheets{},

		Params:        collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](cdc)),
		PendingParams: collections.NewItem(sb, types.PendingParamsPrefix, "pending_params", codec.CollValue[types.PendingParams](cdc)),
		Clocks:        collections.NewMap(sb, types.ClocksPrefix, "clocks", collections.Uint64Key, codec.CollValue[types.Clock](cdc)),
		Epochs:        collections.NewMap(sb, types.EpochsPrefix, "epochs", byEpoch, codec.CollValue[types.Epoch](cdc)),
		Pinned:        collections.NewMap(sb, types.PinnedPrefix, "pinned", byEpoch, collections.BytesValue),
		Commits:       collections.NewMap(sb, types.CommitsPrefix, "commits", byEpochAndOp, collections.BytesValue),
		Reveals:       collections.NewMap(sb, types.RevealsPrefix, "reveals", byEpochAndOp, codec.CollValue[types.Reveal](cdc)),
		Rows:          collections.NewMap(sb, types.RowsPrefix, "rows", byTileAndOp, collections.BytesValue),
		Bonds:         collections.NewMap(sb, types.BondsPrefix, "bonds", byTileAndOp, collections.BytesValue),
		Generations:   collections.NewMap(sb, types.GenerationsPrefix, "generations", byEpoch, codec.CollValue[types.Generation](cdc)),
		Publics:       collections.NewMap(sb, types.PublicsPrefix, "publics", byTile, collections.BytesValue),
		Frontiers:     collections.NewMap(sb, types.FrontiersPrefix, "frontiers", byEpoch, codec.CollValue[types.FrontierEpoch](cdc)),
		Windows:       collections.NewMap(sb, types.WindowsPrefix, "windows", byThree, codec.CollValue[types.WindowOutcome](cdc)),
		Endings:       collections.NewMap(sb, types.EndingsPrefix, "endings", byEpoch, collections.BoolValue),
		Records:       collections.NewMap(sb, types.RecordsPrefix, "records", byOperator, codec.CollValue[types.ValidatorRecord](cdc)),
		Snapshots:     collections.NewMap(sb, types.SnapshotsPrefix, "snapshots", collections.Int64Key, codec.CollValue[types.Snapshot](cdc)),
		Tallies:       collections.NewMap(sb, types.TalliesPrefix, "tallies", byEpoch, codec.CollValue[types.Tally](cdc)),
		Works:         collections.NewMap(sb, types.WorksPrefix, "works", byEpoch, codec.CollValue[types.Work](cdc)),
		Results:       collections.NewMap(sb, types.ResultsPrefix, "results", byTile, collections.BytesValue),
		Outcomes:      collections.NewMap(sb, types.OutcomesPrefix, "outcomes", byEpoch, codec.CollValue[types.Outcome](cdc)),
		Roots:         collections.NewMap(sb, types.RootsPrefix, "roots", byEpoch, collections.BytesValue),
		Scorers:       collections.NewMap(sb, types.ScorersPrefix, "scorers", collections.BytesKey, collections.BytesValue),
		Operators:     collections.NewMap(sb, types.OperatorsPrefix, "operators", collections.BytesKey, collections.BytesValue),
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
