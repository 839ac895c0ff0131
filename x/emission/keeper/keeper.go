// SPDX-License-Identifier: Apache-2.0

// Package keeper owns the economy's state: what is issued, what topics have to spend, and
// what contributions have earned.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/weal-network/weal/x/emission/types"
)

// Keeper issues, pays and keeps account. It is the only one that may mint.
type Keeper struct {
	authority    string
	accounts     address.Codec
	operators    address.Codec
	account      types.AccountKeeper
	bank         types.BankKeeper
	distribution types.DistributionKeeper
	staking      types.StakingKeeper
	topic        types.TopicKeeper
	contribution types.ContributionKeeper
	scoring      types.ScoringKeeper
	merit        types.MeritKeeper
	feeCollector string
	// tileSize is how many contributions a piece of a payment settles, and so the most that a tile has.
	tileSize int

	// Schema lists all collections, for genesis and for tools.
	Schema collections.Schema
	// Params are what voters decide.
	Params collections.Item[types.Params]
	// PendingParams are those that wait, if any do.
	PendingParams collections.Item[types.PendingParams]
	// PinnedParams by topic: those that stood when its last epoch began, which is paid by them.
	PinnedParams collections.Map[uint64, types.PinnedParams]
	// Issuance is the one value that every block writes.
	Issuance collections.Item[types.Issuance]
	// Allocated and Accruing are the sums of all topics' shares and of those not paused:
	// derived from TopicAccounts, kept so that a block does not walk over topics.
	Allocated collections.Item[uint64]
	// Accruing is the sum that a block issues for.
	Accruing collections.Item[uint64]
	// TopicAccounts by topic: an epoch settles its own and touches no other.
	TopicAccounts collections.Map[uint64, types.TopicAccount]
	// RewardTiles by (topic, epoch, first contribution): what an epoch gave, packed, because a key a
	// contribution costs a hundred times as much to commit; in tiles, so that a block writes a bounded
	// piece; by the first contribution, so that one seek finds any. They are written once and hold running
	// totals: what matures later, or is claimed, changes none of them.
	RewardTiles collections.Map[tileKey, types.RewardTile]
	// Homes are (contribution, topic) for those that a topic gives royalties and does not score: contribution
	// first, because one asks where it was given anything.
	Homes collections.KeySet[collections.Pair[uint64, uint64]]
	// SettledAccounts by contribution: what it was given that no topic's last payment shows any more, so
	// that tiles stay few; and what it was paid out.
	SettledAccounts collections.Map[uint64, types.SettledAccount]
	// HeldAccounts by contribution: those that are quarantined or removed, of which nothing matures.
	HeldAccounts collections.Map[uint64, types.HeldAccount]
	// Payments by (topic, epoch): topic first, so that the oldest of a topic, which is pruned,
	// and the last, which is asked for, are at the two ends of one prefix.
	Payments collections.Map[collections.Pair[uint64, uint64], types.EpochPayment]
	// PaidEpochs by topic: its last payment and the last that is mature. To pay, or to make mature, is to move one
	// of them on.
	PaidEpochs collections.Map[uint64, types.PaidEpochs]
	// PaymentWorks by topic: how far a payment has come that is not whole.
	PaymentWorks collections.Map[uint64, types.PaymentWork]
	// StewardAccounts by (steward, topic): what is not claimed of their cuts. Steward first, because one asks for all of its topics.
	StewardAccounts collections.Map[collections.Pair[[]byte, uint64], types.StewardAccount]

	// Votes by voter: each replaces its own.
	Votes collections.Map[[]byte, types.TopicVote]
	// Backing by (voter, operator): the shares that the operator's ballot counts for the voter.
	// Voter first, because a new vote moves all that its voter has delegated. Derived from
	// votes and delegations, kept so that exactly what was added is taken away.
	Backing collections.Map[collections.Pair[[]byte, []byte], []byte]
	// Ballots by operator: a tally looks at validators and not at voters. Derived.
	Ballots collections.Map[[]byte, types.Ballot]
	// FrozenBallots by operator: as they were when the running tally began, of those that
	// changed since and are not counted.
	FrozenBallots collections.Map[[]byte, types.Ballot]
	// VoteClock is all of voting that a block without a tally reads.
	VoteClock collections.Item[types.VoteClock]
	// TallyRun is the running tally.
	TallyRun collections.Item[types.TallyRun]
	// TallyBasis is what it counts with, written once.
	TallyBasis collections.Item[types.TallyBasis]
	// LastTally is the last that ended.
	LastTally collections.Item[types.TopicTally]
	// Holders are the topics that have a share: a tally may take it from them. Derived.
	Holders collections.KeySet[uint64]

	// NextStream is the id of the next stream.
	NextStream collections.Item[uint64]
	// Streams by (topic, stream): an epoch takes its part from all of its topic's.
	Streams collections.Map[collections.Pair[uint64, uint64], types.Stream]
	// Pots by (topic, epoch): the first of a topic matures first.
	Pots collections.Map[collections.Pair[uint64, uint64], types.Pot]
	// PotShares by (topic, epoch), apart from the pots, which every block that shares one writes.
	PotShares collections.Map[collections.Pair[uint64, uint64], types.PotShares]
	// Sponsored by contribution: what it can claim of sponsors' coins.
	Sponsored collections.Map[uint64, types.SponsoredAccount]
	// SponsorCarries by topic: what nobody got of its pots.
	SponsorCarries collections.Map[uint64, types.SponsorCarry]
	// PotTurns are the topics that have a pot to look at, so that a block need not search.
	PotTurns collections.KeySet[uint64]
	// LastTurn is the topic whose pot was looked at last: topics take turns.
	LastTurn collections.Item[uint64]
}

// NewKeeper wires the keeper. authority is the account whose messages set shares and
// parameters, feeCollector the name of the module account that x/distribution empties.
func NewKeeper(
	cdc codec.BinaryCodec, storeService store.KVStoreService, authority string, accounts, operators address.Codec,
	account types.AccountKeeper, bank types.BankKeeper, distribution types.DistributionKeeper, staking types.StakingKeeper,
	topic types.TopicKeeper, contribution types.ContributionKeeper, scoring types.ScoringKeeper, feeCollector string,
) *Keeper {
	sb := collections.NewSchemaBuilder(storeService)
	pair := collections.PairKeyCodec(collections.Uint64Key, collections.Uint64Key)
	triple := collections.TripleKeyCodec(collections.Uint64Key, collections.Uint64Key, collections.Uint64Key)
	k := &Keeper{
		authority: authority, accounts: accounts, operators: operators,
		account: account, bank: bank, distribution: distribution, staking: staking,
		topic: topic, contribution: contribution, scoring: scoring, merit: types.NoMerit{}, feeCollector: feeCollector, tileSize: types.TileSize,

		Params:          collections.NewItem(sb, types.ParamsKey, "params", codec.CollValue[types.Params](cdc)),
		PendingParams:   collections.NewItem(sb, types.PendingParamsKey, "pending_params", codec.CollValue[types.PendingParams](cdc)),
		PinnedParams:    collections.NewMap(sb, types.PinnedParamsKey, "pinned_params", collections.Uint64Key, codec.CollValue[types.PinnedParams](cdc)),
		Issuance:        collections.NewItem(sb, types.IssuanceKey, "issuance", codec.CollValue[types.Issuance](cdc)),
		Allocated:       collections.NewItem(sb, types.AllocatedKey, "allocated", collections.Uint64Value),
		Accruing:        collections.NewItem(sb, types.AccruingKey, "accruing", collections.Uint64Value),
		TopicAccounts:   collections.NewMap(sb, types.TopicAccountsKey, "topic_accounts", collections.Uint64Key, codec.CollValue[types.TopicAccount](cdc)),
		RewardTiles:     collections.NewMap(sb, types.RewardTilesKey, "reward_tiles", triple, codec.CollValue[types.RewardTile](cdc)),
		Homes:           collections.NewKeySet(sb, types.HomesKey, "homes", pair),
		SettledAccounts: collections.NewMap(sb, types.SettledAccountsKey, "settled_accounts", collections.Uint64Key, codec.CollValue[types.SettledAccount](cdc)),
		HeldAccounts:    collections.NewMap(sb, types.HeldAccountsKey, "held_accounts", collections.Uint64Key, codec.CollValue[types.HeldAccount](cdc)),
		Payments:        collections.NewMap(sb, types.PaymentsKey, "payments", pair, codec.CollValue[types.EpochPayment](cdc)),
		PaidEpochs:      collections.NewMap(sb, types.PaidEpochsKey, "paid_epochs", collections.Uint64Key, codec.CollValue[types.PaidEpochs](cdc)),
		PaymentWorks:    collections.NewMap(sb, types.PaymentWorksKey, "payment_works", collections.Uint64Key, codec.CollValue[types.PaymentWork](cdc)),
		StewardAccounts: collections.NewMap(sb, types.StewardAccountsKey, "steward_accounts", collections.PairKeyCodec(collections.BytesKey, collections.Uint64Key), codec.CollValue[types.StewardAccount](cdc)),

		Votes:         collections.NewMap(sb, types.VotesKey, "votes", collections.BytesKey, codec.CollValue[types.TopicVote](cdc)),
		Backing:       collections.NewMap(sb, types.BackingKey, "backing", collections.PairKeyCodec(collections.BytesKey, collections.BytesKey), collections.BytesValue),
		Ballots:       collections.NewMap(sb, types.BallotsKey, "ballots", collections.BytesKey, codec.CollValue[types.Ballot](cdc)),
		FrozenBallots: collections.NewMap(sb, types.FrozenBallotsKey, "frozen_ballots", collections.BytesKey, codec.CollValue[types.Ballot](cdc)),
		VoteClock:     collections.NewItem(sb, types.VoteClockKey, "vote_clock", codec.CollValue[types.VoteClock](cdc)),
		TallyRun:      collections.NewItem(sb, types.TallyRunKey, "tally_run", codec.CollValue[types.TallyRun](cdc)),
		TallyBasis:    collections.NewItem(sb, types.TallyBasisKey, "tally_basis", codec.CollValue[types.TallyBasis](cdc)),
		LastTally:     collections.NewItem(sb, types.LastTallyKey, "last_tally", codec.CollValue[types.TopicTally](cdc)),
		Holders:       collections.NewKeySet(sb, types.HoldersKey, "holders", collections.Uint64Key),

		NextStream:     collections.NewItem(sb, types.NextStreamKey, "next_stream", collections.Uint64Value),
		Streams:        collections.NewMap(sb, types.StreamsKey, "streams", pair, codec.CollValue[types.Stream](cdc)),
		Pots:           collections.NewMap(sb, types.PotsKey, "pots", pair, codec.CollValue[types.Pot](cdc)),
		PotShares:      collections.NewMap(sb, types.PotSharesKey, "pot_shares", pair, codec.CollValue[types.PotShares](cdc)),
		Sponsored:      collections.NewMap(sb, types.SponsoredKey, "sponsored", collections.Uint64Key, codec.CollValue[types.SponsoredAccount](cdc)),
		SponsorCarries: collections.NewMap(sb, types.SponsorCarriesKey, "sponsor_carries", collections.Uint64Key, codec.CollValue[types.SponsorCarry](cdc)),
		PotTurns:       collections.NewKeySet(sb, types.PotTurnsKey, "pot_turns", collections.Uint64Key),
		LastTurn:       collections.NewItem(sb, types.LastTurnKey, "last_turn", collections.Uint64Value),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.Schema = schema
	return k
}
