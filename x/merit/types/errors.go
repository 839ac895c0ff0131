// SPDX-License-Identifier: Apache-2.0

package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors that a user can meet. What wraps them says what was expected and what to do.
var (
	// ErrInvalidParams means that a parameter is out of its bounds.
	ErrInvalidParams = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.InvalidArgument, "invalid parameters")
	// ErrInvalidGenesis means that a genesis state contradicts itself.
	ErrInvalidGenesis = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.InvalidArgument, "invalid genesis state")
	// ErrInvalidRequest means that a query's argument is out of bounds.
	ErrInvalidRequest = errorsmod.RegisterWithGRPCCode(ModuleName, 4, codes.InvalidArgument, "invalid request")
	// ErrNoTally means that nothing is voted on, or nothing was counted, under a proposal's id.
	ErrNoTally = errorsmod.RegisterWithGRPCCode(ModuleName, 5, codes.NotFound, "no votes on this proposal")
	// ErrAccounting means that stored weights contradict one another, or are beyond their bounds. It is never met.
	ErrAccounting = errorsmod.Register(ModuleName, 6, "merit does not add up")
)
