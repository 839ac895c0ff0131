// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
	"google.golang.org/grpc/codes"
)

// Errors of x/scoring. A code is never used again; code 1 belongs to the SDK.
var (
	// ErrInvalidParams is returned for parameters out of their bounds.
	ErrInvalidParams = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.InvalidArgument, "invalid scoring parameters")
	// ErrInvalidGenesis is returned for a genesis state that no chain could have exported.
	ErrInvalidGenesis = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.InvalidArgument, "invalid scoring genesis")
	// ErrInvalidMessage is returned for a message with a field that can never be right.
	ErrInvalidMessage = errorsmod.RegisterWithGRPCCode(ModuleName, 4, codes.InvalidArgument, "invalid message")
	// ErrNotValidator is returned for a signer that is neither a validator's operator nor its scorer key.
	ErrNotValidator = errorsmod.RegisterWithGRPCCode(ModuleName, 5, codes.PermissionDenied, "account scores for no validator")
	// ErrInvalidScorer is returned for an account that cannot be made the scorer key.
	ErrInvalidScorer = errorsmod.RegisterWithGRPCCode(ModuleName, 6, codes.InvalidArgument, "account cannot be the scorer key")
	// ErrNoOpenEpoch is returned when the topic has no open epoch.
	ErrNoOpenEpoch = errorsmod.RegisterWithGRPCCode(ModuleName, 7, codes.FailedPrecondition, "topic has no open epoch")
	// ErrWrongEpoch is returned when the epoch is not the topic's running one.
	ErrWrongEpoch = errorsmod.RegisterWithGRPCCode(ModuleName, 8, codes.FailedPrecondition, "epoch is not the running one")
	// ErrCommitClosed is returned for a commit outside the commit window.
	ErrCommitClosed = errorsmod.RegisterWithGRPCCode(ModuleName, 9, codes.FailedPrecondition, "commit window is not open")
	// ErrRevealTooEarly is returned for a reveal before the reveal window.
	ErrRevealTooEarly = errorsmod.RegisterWithGRPCCode(ModuleName, 10, codes.FailedPrecondition, "reveal window is not open yet")
	// ErrRevealTooLate is returned for a reveal after the reveal window.
	ErrRevealTooLate = errorsmod.RegisterWithGRPCCode(ModuleName, 11, codes.FailedPrecondition, "reveal window is over")
	// ErrNotPinned is returned for a validator that was not among the scorers when the epoch began.
	ErrNotPinned = errorsmod.RegisterWithGRPCCode(ModuleName, 12, codes.PermissionDenied, "validator does not score this epoch")
	// ErrNotAdmitted is returned for a validator whose admission was revoked.
	ErrNotAdmitted = errorsmod.RegisterWithGRPCCode(ModuleName, 13, codes.PermissionDenied, "validator is not admitted")
	// ErrNoCommit is returned for a reveal of what was not committed.
	ErrNoCommit = errorsmod.RegisterWithGRPCCode(ModuleName, 14, codes.FailedPrecondition, "nothing was committed")
	// ErrAlreadyRevealed is returned for a second reveal in an epoch.
	ErrAlreadyRevealed = errorsmod.RegisterWithGRPCCode(ModuleName, 15, codes.AlreadyExists, "row was revealed already")
	// ErrInvalidHash is returned for a commitment that is not 32 bytes long.
	ErrInvalidHash = errorsmod.RegisterWithGRPCCode(ModuleName, 16, codes.InvalidArgument, "invalid hash")
	// ErrInvalidSalt is returned for a salt that is not 32 bytes long.
	ErrInvalidSalt = errorsmod.RegisterWithGRPCCode(ModuleName, 17, codes.InvalidArgument, "invalid salt")
	// ErrHashMismatch is returned when row and salt do not hash to what was committed.
	ErrHashMismatch = errorsmod.RegisterWithGRPCCode(ModuleName, 18, codes.FailedPrecondition, "row does not match its commitment")
	// ErrInvalidRow is returned for a row that is not in its canonical form.
	ErrInvalidRow = errorsmod.RegisterWithGRPCCode(ModuleName, 19, codes.InvalidArgument, "row is malformed")
	// ErrRowOutsideSet is returned for a row with a contribution that is not measured in the epoch.
	ErrRowOutsideSet = errorsmod.RegisterWithGRPCCode(ModuleName, 20, codes.InvalidArgument, "row names a contribution outside the epoch's set")
	// ErrRowTooLong is returned for a row with more entries or bytes than the epoch's set allows.
	ErrRowTooLong = errorsmod.RegisterWithGRPCCode(ModuleName, 21, codes.InvalidArgument, "row is too long")
	// ErrNotFound is returned by queries for what is not stored, or no longer.
	ErrNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 22, codes.NotFound, "not found")
	// ErrPanicked is what a panic while an epoch was opened or closed is turned into.
	ErrPanicked = errorsmod.RegisterWithGRPCCode(ModuleName, 23, codes.Internal, "epoch panicked")
	// ErrInconsistent is returned when stored records contradict each other.
	ErrInconsistent = errorsmod.RegisterWithGRPCCode(ModuleName, 24, codes.Internal, "stored scoring records contradict each other")
)
