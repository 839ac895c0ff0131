// SPDX-License-Identifier: Apache-2.0

package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"
)

// After lets params, which are to follow p, wait from a block time on for as long as p says. So no change shortens its
// own wait.
func (p Params) After(params Params, decided time.Time) PendingParams {
	holdsFrom := decided.Add(time.Duration(p.ParamsDelaySeconds) * time.Second) //nolint:gosec // at most 30 days
	return PendingParams{Params: params, HoldsFrom: &holdsFrom}
}

// Hold reports whether they hold in a block of that time.
func (p PendingParams) Hold(blockTime time.Time) bool {
	return p.HoldsFrom == nil || !blockTime.Before(*p.HoldsFrom)
}

// Validate refuses parameters that wait for no time (ErrInvalidGenesis) or are out of their bounds (ErrInvalidParams).
func (p PendingParams) Validate() error {
	if p.HoldsFrom == nil {
		return errorsmod.Wrap(ErrInvalidGenesis, "pending_params without holds_from: give the time, or make them the params")
	}
	return errorsmod.Wrap(p.Params.Validate(), "pending_params")
}
