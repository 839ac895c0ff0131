// SPDX-License-Identifier: Apache-2.0

package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors that a user can meet. What wraps them says what was expected and what to do.
var (
	// ErrInvalidRole means that a role is none of those there are.
	ErrInvalidRole = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.InvalidArgument, "invalid role")
	// ErrInvalidTopic means that a contributor has no topic, or another role has one.
	ErrInvalidTopic = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.InvalidArgument, "invalid topic")
	// ErrInvalidAddress means that an address is no account's, or is not written in small letters.
	ErrInvalidAddress = errorsmod.RegisterWithGRPCCode(ModuleName, 4, codes.InvalidArgument, "invalid address")
	// ErrInvalidReason means that a reason_uri is no URI of at most 256 bytes.
	ErrInvalidReason = errorsmod.RegisterWithGRPCCode(ModuleName, 5, codes.InvalidArgument, "invalid reason")
	// ErrBatchSize means that a batch has no entry, or more than 100.
	ErrBatchSize = errorsmod.RegisterWithGRPCCode(ModuleName, 6, codes.InvalidArgument, "wrong number of entries")
	// ErrDuplicate means that a batch or a genesis has one key twice.
	ErrDuplicate = errorsmod.RegisterWithGRPCCode(ModuleName, 7, codes.InvalidArgument, "duplicate entry")
	// ErrAlreadyAdmitted means that an account to be admitted holds the role.
	ErrAlreadyAdmitted = errorsmod.RegisterWithGRPCCode(ModuleName, 8, codes.AlreadyExists, "admitted already")
	// ErrNotAdmitted means that an account whose admission is to be revoked has none.
	ErrNotAdmitted = errorsmod.RegisterWithGRPCCode(ModuleName, 9, codes.NotFound, "not admitted")
	// ErrValidatorNotAdmitted means that an account that is not admitted tries to create a validator.
	ErrValidatorNotAdmitted = errorsmod.RegisterWithGRPCCode(ModuleName, 10, codes.PermissionDenied, "validator is not admitted")
	// ErrLastValidator means that a batch of revocations would leave no validator to make blocks.
	ErrLastValidator = errorsmod.RegisterWithGRPCCode(ModuleName, 11, codes.FailedPrecondition, "no admitted validator would be left")
	// ErrUnadmittedValidator means that the set cannot be closed, because a bonded validator is not admitted.
	ErrUnadmittedValidator = errorsmod.RegisterWithGRPCCode(ModuleName, 12, codes.FailedPrecondition, "a bonded validator is not admitted")
	// ErrInvalidRequest means that a query's argument is out of bounds.
	ErrInvalidRequest = errorsmod.RegisterWithGRPCCode(ModuleName, 13, codes.InvalidArgument, "invalid request")
	// ErrInvalidExpiry means that an admission would end in the past, or at no time that there is.
	ErrInvalidExpiry = errorsmod.RegisterWithGRPCCode(ModuleName, 14, codes.InvalidArgument, "invalid end of an admission")
	// ErrRevokedPower means that the validator set would lose more power in a day than it may.
	ErrRevokedPower = errorsmod.RegisterWithGRPCCode(ModuleName, 15, codes.ResourceExhausted, "too much power revoked in one day")
	// ErrInvalidStatement means that a statement_uri is no URI of 1 to 256 bytes.
	ErrInvalidStatement = errorsmod.RegisterWithGRPCCode(ModuleName, 16, codes.InvalidArgument, "invalid statement")
	// ErrApplicationExists means that an account has applied for the same already.
	ErrApplicationExists = errorsmod.RegisterWithGRPCCode(ModuleName, 17, codes.AlreadyExists, "applied already")
	// ErrApplicationNotFound means that there is no open application of an id.
	ErrApplicationNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 18, codes.NotFound, "no such open application")
	// ErrTooManyApplications means that an account, or the chain, has as many open applications as it may.
	ErrTooManyApplications = errorsmod.RegisterWithGRPCCode(ModuleName, 19, codes.ResourceExhausted, "too many open applications")
	// ErrNotApplicant means that an application is somebody else's.
	ErrNotApplicant = errorsmod.RegisterWithGRPCCode(ModuleName, 20, codes.PermissionDenied, "not the applicant")
	// ErrInvalidParams means that a parameter is out of its bounds.
	ErrInvalidParams = errorsmod.RegisterWithGRPCCode(ModuleName, 21, codes.InvalidArgument, "invalid parameters")
	// ErrRegistrarNotFound means that an account to be dismissed is no registrar.
	ErrRegistrarNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 22, codes.NotFound, "no such registrar")
	// ErrTooManyRegistrars means that there are as many registrars as there may be.
	ErrTooManyRegistrars = errorsmod.RegisterWithGRPCCode(ModuleName, 23, codes.ResourceExhausted, "too many registrars")
	// ErrInvalidGenesis means that a genesis contradicts itself or the bank.
	ErrInvalidGenesis = errorsmod.RegisterWithGRPCCode(ModuleName, 24, codes.InvalidArgument, "invalid genesis state")
)
