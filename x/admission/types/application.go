// SPDX-License-Identifier: Apache-2.0

package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// NewApplication makes the record of an application. at is the time of the block.
func NewApplication(id uint64, m MsgApply, p Params, at time.Time) Application {
	return Application{
		Id:           id,
		Key:          m.Key(),
		StatementUri: m.StatementUri,
		Deposit:      p.ApplicationDeposit,
		AppliedAt:    at,
		ExpiresAt:    at.Add(p.ApplicationPeriod),
	}
}

// Validate checks every field. It returns ErrInvalidGenesis, ErrInvalidStatement, or what
// is wrong with the key.
func (a Application) Validate() error {
	if a.Id == 0 {
		return errorsmod.Wrap(ErrInvalidGenesis, "an application has id 0: ids begin at 1")
	}
	if err := a.Key.Validate(); err != nil {
		return errorsmod.Wrapf(err, "application %d", a.Id)
	}
	if a.Deposit > MaxDeposit {
		return errorsmod.Wrapf(ErrInvalidGenesis, "application %d holds %d uweal, expected at most %d", a.Id, a.Deposit, MaxDeposit)
	}
	if a.ExpiresAt.Before(a.AppliedAt) {
		return errorsmod.Wrapf(ErrInvalidGenesis, "application %d expires before it was made", a.Id)
	}
	if err := validateExpiry(&a.ExpiresAt); err != nil {
		return errorsmod.Wrapf(err, "application %d", a.Id)
	}
	return validateStatement(a.StatementUri)
}

// validateStatement checks that a statement is a URI. It returns ErrInvalidStatement.
func validateStatement(uri string) error {
	if uri == "" {
		return errorsmod.Wrap(ErrInvalidStatement, "statement_uri is empty: say who you are and what you run, and name where it stands")
	}
	if wrong := wrongURI(uri); wrong != "" {
		return errorsmod.Wrapf(ErrInvalidStatement, "statement_uri %s", wrong)
	}
	return nil
}

// Coins is an amount of uweal as the bank takes it.
func Coins(amount uint64) sdk.Coins {
	return sdk.NewCoins(sdk.NewCoin(Denom, math.NewIntFromUint64(amount)))
}
