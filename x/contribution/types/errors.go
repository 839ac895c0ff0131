// SPDX-License-Identifier: Apache-2.0

package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of the module. A code is never used for something else later: clients
// match on it. Each is wrapped with what was expected and what to do.
var (
	// ErrContributionNotFound means that no contribution has the id, or that it expired.
	ErrContributionNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.NotFound, "contribution not found")
	// ErrNotContributor means that the signer did not commit the contribution.
	ErrNotContributor = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.PermissionDenied, "not the contributor")
	// ErrNotAdmitted means that the topic takes contributions of admitted accounts only.
	ErrNotAdmitted = errorsmod.RegisterWithGRPCCode(ModuleName, 4, codes.PermissionDenied, "not admitted to the topic")
	// ErrTopicNotActive means that the topic is paused.
	ErrTopicNotActive = errorsmod.RegisterWithGRPCCode(ModuleName, 5, codes.FailedPrecondition, "topic takes no contributions")
	// ErrTooManyPending means that max_pending contributions wait in the topic already.
	ErrTooManyPending = errorsmod.RegisterWithGRPCCode(ModuleName, 6, codes.ResourceExhausted, "too many contributions wait in the topic")
	// ErrTopicFull means that every place of the topic is taken by an immune contribution.
	ErrTopicFull = errorsmod.RegisterWithGRPCCode(ModuleName, 7, codes.ResourceExhausted, "topic is full")
	// ErrInvalidHash means that a commitment has the wrong length.
	ErrInvalidHash = errorsmod.RegisterWithGRPCCode(ModuleName, 8, codes.InvalidArgument, "invalid hash")
	// ErrInvalidSalt means that a salt has the wrong length.
	ErrInvalidSalt = errorsmod.RegisterWithGRPCCode(ModuleName, 9, codes.InvalidArgument, "invalid salt")
	// ErrInvalidArtifact means that an artifact's digest, size or media type is not what the topic takes.
	ErrInvalidArtifact = errorsmod.RegisterWithGRPCCode(ModuleName, 10, codes.InvalidArgument, "invalid artifact")
	// ErrInvalidURI means that a URI is too long, malformed or of a scheme that evaluators do not fetch.
	ErrInvalidURI = errorsmod.RegisterWithGRPCCode(ModuleName, 11, codes.InvalidArgument, "invalid URI")
	// ErrInvalidParents means that the declared lineage is out of bounds.
	ErrInvalidParents = errorsmod.RegisterWithGRPCCode(ModuleName, 12, codes.InvalidArgument, "invalid parents")
	// ErrInvalidLicense means that a licence is no SPDX expression of at most 64 bytes.
	ErrInvalidLicense = errorsmod.RegisterWithGRPCCode(ModuleName, 13, codes.InvalidArgument, "invalid license")
	// ErrNotCommitted means that a reveal is for a contribution that does not wait for one.
	ErrNotCommitted = errorsmod.RegisterWithGRPCCode(ModuleName, 14, codes.FailedPrecondition, "contribution waits for no reveal")
	// ErrRevealTooEarly means that the commit stands in no earlier block.
	ErrRevealTooEarly = errorsmod.RegisterWithGRPCCode(ModuleName, 15, codes.FailedPrecondition, "reveal is too early")
	// ErrRevealTooLate means that the reveal's deadline has passed.
	ErrRevealTooLate = errorsmod.RegisterWithGRPCCode(ModuleName, 16, codes.FailedPrecondition, "reveal is too late")
	// ErrHashMismatch means that what is revealed is not what was committed.
	ErrHashMismatch = errorsmod.RegisterWithGRPCCode(ModuleName, 17, codes.InvalidArgument, "reveal does not match its commit")
	// ErrDigestOwned means that an earlier commit of the topic owns the same bytes.
	ErrDigestOwned = errorsmod.RegisterWithGRPCCode(ModuleName, 18, codes.AlreadyExists, "artifact is owned by an earlier contribution")
	// ErrNotWithdrawable means that the contribution has left the competition already.
	ErrNotWithdrawable = errorsmod.RegisterWithGRPCCode(ModuleName, 19, codes.FailedPrecondition, "contribution cannot be withdrawn")
	// ErrInvalidParams means that a parameter is out of its bounds.
	ErrInvalidParams = errorsmod.RegisterWithGRPCCode(ModuleName, 20, codes.InvalidArgument, "invalid parameters")
	// ErrInvalidGenesis means that a genesis state contradicts itself.
	ErrInvalidGenesis = errorsmod.RegisterWithGRPCCode(ModuleName, 21, codes.InvalidArgument, "invalid genesis")
	// ErrInvalidIncentives means that an epoch's result does not fit its contributions.
	ErrInvalidIncentives = errorsmod.RegisterWithGRPCCode(ModuleName, 22, codes.Internal, "invalid incentives")
	// ErrInvalidAddress means that an account is no bech32 address of the chain.
	ErrInvalidAddress = errorsmod.RegisterWithGRPCCode(ModuleName, 23, codes.InvalidArgument, "invalid address")
	// ErrInvalidRequest means that a query's argument is out of bounds.
	ErrInvalidRequest = errorsmod.RegisterWithGRPCCode(ModuleName, 24, codes.InvalidArgument, "invalid request")
	// ErrPriceTooHigh means that a commit costs more than its contributor would pay.
	ErrPriceTooHigh = errorsmod.RegisterWithGRPCCode(ModuleName, 25, codes.FailedPrecondition, "price is above max_price")
	// ErrCannotPay means that the account has less than the price or the bond.
	ErrCannotPay = errorsmod.RegisterWithGRPCCode(ModuleName, 26, codes.FailedPrecondition, "account cannot pay")
	// ErrInvalidVersion means that a contribution cannot supersede the one that it names.
	ErrInvalidVersion = errorsmod.RegisterWithGRPCCode(ModuleName, 27, codes.InvalidArgument, "invalid version")
	// ErrInvalidSplit means that a team's shares are out of bounds.
	ErrInvalidSplit = errorsmod.RegisterWithGRPCCode(ModuleName, 28, codes.InvalidArgument, "invalid split")
	// ErrBlockedAccount means that an account takes no coins, so that it can be paid nothing.
	ErrBlockedAccount = errorsmod.RegisterWithGRPCCode(ModuleName, 29, codes.InvalidArgument, "account takes no coins")
	// ErrWrongStatus means that what is asked for does not go with the contribution's status.
	ErrWrongStatus = errorsmod.RegisterWithGRPCCode(ModuleName, 30, codes.FailedPrecondition, "not possible in this status")
	// ErrNothingToUpdate means that an update names nothing.
	ErrNothingToUpdate = errorsmod.RegisterWithGRPCCode(ModuleName, 31, codes.InvalidArgument, "nothing to update")
	// ErrSplitStands means that a payout was named while a team is paid.
	ErrSplitStands = errorsmod.RegisterWithGRPCCode(ModuleName, 32, codes.FailedPrecondition, "contribution pays a team")
	// ErrAccounting means that what the module keeps contradicts itself; it is never met.
	ErrAccounting = errorsmod.RegisterWithGRPCCode(ModuleName, 33, codes.Internal, "accounts do not add up")
	// ErrNotGuardian means that the signer is none of those that the people named.
	ErrNotGuardian = errorsmod.RegisterWithGRPCCode(ModuleName, 34, codes.PermissionDenied, "not a guardian")
	// ErrGuardBound means that guardians hold as much of a topic as they may.
	ErrGuardBound = errorsmod.RegisterWithGRPCCode(ModuleName, 35, codes.ResourceExhausted, "guardians hold as much as they may")
	// ErrGuardCooldown means that a guardian had the contribution not long ago.
	ErrGuardCooldown = errorsmod.RegisterWithGRPCCode(ModuleName, 36, codes.FailedPrecondition, "guardians had it not long ago")
	// ErrInvalidGuardians means that a list of guardians is out of bounds.
	ErrInvalidGuardians = errorsmod.RegisterWithGRPCCode(ModuleName, 37, codes.InvalidArgument, "invalid guardians")
)
