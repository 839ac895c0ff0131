// SPDX-License-Identifier: Apache-2.0

package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors that a user can meet. What wraps them says what was expected and what to do.
var (
	// ErrTopicNotFound means that no topic has the id or slug.
	ErrTopicNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.NotFound, "topic not found")
	// ErrInvalidSlug means that a slug is not 3 to 32 of [a-z0-9-] beginning with a letter.
	ErrInvalidSlug = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.InvalidArgument, "invalid slug")
	// ErrSlugTaken means that another topic has the slug.
	ErrSlugTaken = errorsmod.RegisterWithGRPCCode(ModuleName, 4, codes.AlreadyExists, "slug is taken")
	// ErrFieldFixed means that an update would change what nobody may.
	ErrFieldFixed = errorsmod.RegisterWithGRPCCode(ModuleName, 5, codes.InvalidArgument, "field cannot be changed")
	// ErrInvalidDescription means that a title or description_uri is out of its bounds.
	ErrInvalidDescription = errorsmod.RegisterWithGRPCCode(ModuleName, 6, codes.InvalidArgument, "invalid description")
	// ErrInvalidSteward means that the steward is no account's address.
	ErrInvalidSteward = errorsmod.RegisterWithGRPCCode(ModuleName, 7, codes.InvalidArgument, "invalid steward")
	// ErrInvalidAccess means that the access is neither open nor admitted.
	ErrInvalidAccess = errorsmod.RegisterWithGRPCCode(ModuleName, 8, codes.InvalidArgument, "invalid access")
	// ErrInvalidMetric means that a field of the metric is out of its bounds, or its direction contradicts its ends.
	ErrInvalidMetric = errorsmod.RegisterWithGRPCCode(ModuleName, 9, codes.InvalidArgument, "invalid metric")
	// ErrInvalidEvaluation means that a field of the evaluation is out of its bounds.
	ErrInvalidEvaluation = errorsmod.RegisterWithGRPCCode(ModuleName, 10, codes.InvalidArgument, "invalid evaluation")
	// ErrInvalidArtifactRules means that the artifact rules are out of bounds, or take a format that is not known to be safe.
	ErrInvalidArtifactRules = errorsmod.RegisterWithGRPCCode(ModuleName, 11, codes.InvalidArgument, "invalid artifact rules")
	// ErrInvalidSchedule means that a field of the schedule is out of its bounds.
	ErrInvalidSchedule = errorsmod.RegisterWithGRPCCode(ModuleName, 12, codes.InvalidArgument, "invalid schedule")
	// ErrInvalidScoring means that a parameter of the consensus is out of its bounds.
	ErrInvalidScoring = errorsmod.RegisterWithGRPCCode(ModuleName, 13, codes.InvalidArgument, "invalid scoring")
	// ErrTooManyTopics means that max_topics topics exist.
	ErrTooManyTopics = errorsmod.RegisterWithGRPCCode(ModuleName, 14, codes.ResourceExhausted, "too many topics")
	// ErrAlreadyPaused means that a topic to be paused is paused.
	ErrAlreadyPaused = errorsmod.RegisterWithGRPCCode(ModuleName, 15, codes.FailedPrecondition, "topic is paused already")
	// ErrNotPaused means that a topic to be resumed is active.
	ErrNotPaused = errorsmod.RegisterWithGRPCCode(ModuleName, 16, codes.FailedPrecondition, "topic is not paused")
	// ErrInvalidParams means that a parameter is out of its bounds.
	ErrInvalidParams = errorsmod.RegisterWithGRPCCode(ModuleName, 17, codes.InvalidArgument, "invalid parameters")
	// ErrInvalidGenesis means that a genesis state contradicts itself.
	ErrInvalidGenesis = errorsmod.RegisterWithGRPCCode(ModuleName, 18, codes.InvalidArgument, "invalid genesis")
	// ErrInvalidRequest means that a query's argument is out of bounds.
	ErrInvalidRequest = errorsmod.RegisterWithGRPCCode(ModuleName, 19, codes.InvalidArgument, "invalid request")
	// ErrInvalidPricing means that a price, a bond or the way the price moves is out of its bounds, or that a sandbox has one.
	ErrInvalidPricing = errorsmod.RegisterWithGRPCCode(ModuleName, 20, codes.InvalidArgument, "invalid pricing")
	// ErrNotForSteward means that a steward's update would change what only the authority may.
	ErrNotForSteward = errorsmod.RegisterWithGRPCCode(ModuleName, 21, codes.PermissionDenied, "field is the authority's to change")
	// ErrNothingChanged means that an update is what stands already.
	ErrNothingChanged = errorsmod.RegisterWithGRPCCode(ModuleName, 22, codes.InvalidArgument, "nothing would change")
	// ErrNotSteward means that the sender is neither the topic's steward nor, where it may act, the authority.
	ErrNotSteward = errorsmod.RegisterWithGRPCCode(ModuleName, 23, codes.PermissionDenied, "not the topic's steward")
	// ErrRetired means that a topic has ended for good.
	ErrRetired = errorsmod.RegisterWithGRPCCode(ModuleName, 24, codes.FailedPrecondition, "topic is retired")
	// ErrCreationClosed means that the sender may not open a paid topic.
	ErrCreationClosed = errorsmod.RegisterWithGRPCCode(ModuleName, 25, codes.PermissionDenied, "may not open a paid topic")
	// ErrTooManySandboxes means that as many sandboxes live as may, or that the steward has as many.
	ErrTooManySandboxes = errorsmod.RegisterWithGRPCCode(ModuleName, 26, codes.ResourceExhausted, "too many sandboxes")
	// ErrNoOffer means that no offer of a stewardship waits, or that it names another account.
	ErrNoOffer = errorsmod.RegisterWithGRPCCode(ModuleName, 27, codes.FailedPrecondition, "no such offer")
	// ErrDeposit means that the creator cannot pay the deposit.
	ErrDeposit = errorsmod.RegisterWithGRPCCode(ModuleName, 28, codes.FailedPrecondition, "deposit cannot be paid")
	// ErrGuardCooldown means that guardians paused the topic not long ago.
	ErrGuardCooldown = errorsmod.RegisterWithGRPCCode(ModuleName, 29, codes.FailedPrecondition, "guardians had it not long ago")
	// ErrNotPaid means that a topic is a sandbox where only a paid one will do.
	ErrNotPaid = errorsmod.RegisterWithGRPCCode(ModuleName, 30, codes.FailedPrecondition, "topic is a sandbox")
	// ErrPanicked means that something that is done at the end of a block panicked.
	ErrPanicked = errorsmod.RegisterWithGRPCCode(ModuleName, 31, codes.Internal, "panicked")
)
