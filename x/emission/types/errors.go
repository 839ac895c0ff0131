// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// Errors of x/emission. Code 1 is the SDK's and 0 means success.
var (
	// ErrInvalidParams refuses parameters out of their bounds.
	ErrInvalidParams = errorsmod.Register(ModuleName, 2, "invalid parameters")
	// ErrInvalidGenesis refuses a genesis whose money does not add up.
	ErrInvalidGenesis = errorsmod.Register(ModuleName, 3, "invalid genesis state")
	// ErrInvalidShares refuses topic shares that are malformed or sum to more than the whole.
	ErrInvalidShares = errorsmod.Register(ModuleName, 4, "invalid topic shares")
	// ErrInvalidClaim refuses a malformed claim.
	ErrInvalidClaim = errorsmod.Register(ModuleName, 5, "invalid claim")
	// ErrNothingToClaim refuses a claim where nothing is mature.
	ErrNothingToClaim = errorsmod.Register(ModuleName, 6, "nothing to claim")
	// ErrBlockedRecipient refuses a claim that would pay an account that takes no coins.
	ErrBlockedRecipient = errorsmod.Register(ModuleName, 7, "recipient takes no coins")
	// ErrUnknownTopic refuses a topic that does not exist.
	ErrUnknownTopic = errorsmod.Register(ModuleName, 8, "unknown topic")
	// ErrPaymentNotFound says that an epoch was not paid, or so long ago that its payment was deleted.
	ErrPaymentNotFound = errorsmod.Register(ModuleName, 9, "epoch payment not found")
	// ErrEpochPaid refuses to pay an epoch again, or one before the last paid.
	ErrEpochPaid = errorsmod.Register(ModuleName, 10, "epoch was paid before")
	// ErrUnknownRewardRule refuses a reward rule that this version cannot pay by.
	ErrUnknownRewardRule = errorsmod.Register(ModuleName, 11, "unknown reward rule")
	// ErrMalformedResult refuses the result of an epoch whose vectors do not fit together.
	ErrMalformedResult = errorsmod.Register(ModuleName, 12, "malformed epoch result")
	// ErrAccounting says that stored amounts contradict one another; nothing is changed on it.
	ErrAccounting = errorsmod.Register(ModuleName, 13, "accounts do not add up")
	// ErrTopicAtStake refuses a steward that would end a topic which is paid for.
	ErrTopicAtStake = errorsmod.Register(ModuleName, 14, "topic has a share or holds rewards")
	// ErrInvalidVote refuses a vote for topics that is malformed or for a topic that can have no share.
	ErrInvalidVote = errorsmod.Register(ModuleName, 20, "invalid vote for topics")
	// ErrNoStake refuses a vote of an account that nothing is bonded by or to.
	ErrNoStake = errorsmod.Register(ModuleName, 21, "no stake to vote with")
	// ErrVoteNotFound says that an account does not vote for topics.
	ErrVoteNotFound = errorsmod.Register(ModuleName, 22, "vote for topics not found")
	// ErrInvalidFunding refuses coins for a topic that are too few, too many or for a topic that pays nobody.
	ErrInvalidFunding = errorsmod.Register(ModuleName, 30, "invalid funding of a topic")
	// ErrTooManyStreams refuses coins for a topic that has as many streams or denoms as it may.
	ErrTooManyStreams = errorsmod.Register(ModuleName, 31, "topic has too many streams")
	// ErrStreamNotFound says that a topic has no such stream.
	ErrStreamNotFound = errorsmod.Register(ModuleName, 32, "stream not found")
)
