// SPDX-License-Identifier: Apache-2.0

// Package types has the words, the values and the arithmetic of the economy.
package types

import "cosmossdk.io/collections"

const (
	// ModuleName names the module, its store and its account, the only one that may mint.
	ModuleName = "emission"
	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)

// The constants of the economy. They are no parameters, because nobody may decide about them.
const (
	// Denom is the base unit of the token; 1 WEAL is a million of it.
	Denom = "uweal"
	// CapUweal is what the supply can never pass: 21,000,000 WEAL.
	CapUweal uint64 = 21_000_000_000_000
	// HalfLifeMs is the time in which half of what is not outstanding is issued: four years
	// of 365.25 days, so that leap years do not shift it, in milliseconds.
	HalfLifeMs uint64 = 4 * 36_525 * 24 * 36_000
	// BasisPoints make the whole.
	BasisPoints = 10_000
	// FractionOne is the number 1 in the fractions of a scored epoch, which have 32 bits behind the point.
	FractionOne uint64 = 1 << 32
)

// Bounds of the work that one message, page or payment may cause.
const (
	// MaxClaimTopics is the most topics that one claim may name.
	MaxClaimTopics = 100
	// MaxShareChanges is the most shares that one message may set.
	MaxShareChanges = 100
	// MaxPageSize is the most entries of one page of a query.
	MaxPageSize = 1000
	// MaxAncestors is the most contributions outside of the scored set whose own parents one
	// payment looks up; royalties that would go further up stay where they are.
	MaxAncestors = 1024
	// MaxVotedTopics is the most topics that one vote may name.
	MaxVotedTopics = 16
	// MinVotedShareBp is the least part of what was voted that gives a topic a share, in basis
	// points; so at most a thousand topics have one by votes.
	MinVotedShareBp = 10
	// MaxSharesSetPerBlock is the most shares that one block sets when a tally has ended.
	MaxSharesSetPerBlock = 100
	// MaxMeasuredEpochs is how many paid epochs the concentration of rewards is measured over.
	MaxMeasuredEpochs = 8
	// MaxMeasuredAccounts is of how many accounts the concentration of merit is measured, those that have the most.
	MaxMeasuredAccounts = 1000
	// MaxStreams is the most streams that a topic has at a time.
	MaxStreams = 64
	// MaxStreamDenoms is the most denoms that they are of together.
	MaxStreamDenoms = 8
	// MaxStreamEpochs is the most epochs that a stream is for.
	MaxStreamEpochs = 10_000
	// MinStreamPart is the least that a stream gives an epoch, in its denom's smallest unit, so
	// that there is something to share.
	MinStreamPart = 1_000
	// MaxStreamBits bounds the coins of one stream.
	MaxStreamBits = 128
	// MaxRipePots is how many pots of a topic may wait to be shared; while so many do, epochs
	// take nothing from streams, so that what waits stays bounded.
	MaxRipePots = 8
	// PotPartsPerBlock is how many contributions one block gives their part of a pot.
	PotPartsPerBlock = 128
	// MaxPrunedPerPayment is the most old payments that one payment deletes, and the most old tiles that it
	// deletes for each that it writes. It is two and not one so that a backlog, as after a lowered
	// keep_epochs, gets shorter.
	MaxPrunedPerPayment = 2
)

// Prefixes of the collections in the module's store; keeper.go says what each holds.
var (
	// ParamsKey holds the parameters.
	ParamsKey = collections.NewPrefix(0)
	// IssuanceKey holds the issuance.
	IssuanceKey = collections.NewPrefix(1)
	// AllocatedKey holds the sum of all topics' shares.
	AllocatedKey = collections.NewPrefix(2)
	// AccruingKey holds the sum of the shares of topics that are not paused.
	AccruingKey = collections.NewPrefix(3)
	// TopicAccountsKey begins topics' accounts.
	TopicAccountsKey = collections.NewPrefix(4)
	// RewardTilesKey begins the rewards of epochs, packed.
	RewardTilesKey = collections.NewPrefix(5)
	// HomesKey begins the topics that gave royalties to contributions of others.
	HomesKey = collections.NewPrefix(6)
	// SettledAccountsKey begins what contributions were given before, and what they were paid out.
	SettledAccountsKey = collections.NewPrefix(7)
	// PaymentsKey begins the payments of epochs.
	PaymentsKey = collections.NewPrefix(8)
	// PaidEpochsKey begins how far topics are paid.
	PaidEpochsKey = collections.NewPrefix(9)
	// PaymentWorksKey begins the payments that are not whole.
	PaymentWorksKey = collections.NewPrefix(10)
	// HeldAccountsKey begins what is kept of contributions that are quarantined or removed.
	HeldAccountsKey = collections.NewPrefix(11)
	// StewardAccountsKey begins what stewards can claim.
	StewardAccountsKey = collections.NewPrefix(12)
	// PendingParamsKey holds the parameters that wait.
	PendingParamsKey = collections.NewPrefix(13)
	// PinnedParamsKey begins the parameters with which topics' last epochs are paid.
	PinnedParamsKey = collections.NewPrefix(14)
	// VotesKey begins the votes for topics.
	VotesKey = collections.NewPrefix(20)
	// BackingKey begins the shares that count with their holder's vote.
	BackingKey = collections.NewPrefix(21)
	// BallotsKey begins the ballots at validators.
	BallotsKey = collections.NewPrefix(22)
	// FrozenBallotsKey begins the ballots as they were when the running tally began.
	FrozenBallotsKey = collections.NewPrefix(23)
	// VoteClockKey holds when the next tally begins.
	VoteClockKey = collections.NewPrefix(24)
	// TallyRunKey holds the running tally.
	TallyRunKey = collections.NewPrefix(25)
	// TallyBasisKey holds what the running tally counts with.
	TallyBasisKey = collections.NewPrefix(26)
	// LastTallyKey holds the last tally that ended.
	LastTallyKey = collections.NewPrefix(27)
	// HoldersKey begins the index of topics that have a share.
	HoldersKey = collections.NewPrefix(28)
	// NextStreamKey holds the id of the next stream.
	NextStreamKey = collections.NewPrefix(40)
	// StreamsKey begins the streams of sponsors.
	StreamsKey = collections.NewPrefix(41)
	// PotsKey begins what epochs have from sponsors.
	PotsKey = collections.NewPrefix(42)
	// PotSharesKey begins by what pots are shared.
	PotSharesKey = collections.NewPrefix(43)
	// SponsoredKey begins what sponsors gave contributions and was not claimed.
	SponsoredKey = collections.NewPrefix(44)
	// SponsorCarriesKey begins what nobody got of pots.
	SponsorCarriesKey = collections.NewPrefix(45)
	// PotTurnsKey begins the topics that have a pot to look at.
	PotTurnsKey = collections.NewPrefix(46)
	// LastTurnKey holds the topic whose pot was looked at last.
	LastTurnKey = collections.NewPrefix(47)
)
