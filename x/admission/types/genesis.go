// SPDX-License-Identifier: Apache-2.0

package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// DefaultGenesisState closes the validator set and admits nobody. A chain cannot begin
// from it before its first validators were added.
func DefaultGenesisState() *GenesisState {
	return &GenesisState{Params: DefaultParams()}
}

// Validate checks every record, in whatever order they stand, and that nothing stands
// twice. It returns ErrDuplicate, ErrInvalidGenesis, or what is wrong with a record.
func (g GenesisState) Validate() error {
	for _, validate := range []func() error{
		g.Params.Validate, g.validateAdmissions, g.validateApplications, g.validateRegistrars, g.validateHistory, g.validateRest,
	} {
		if err := validate(); err != nil {
			return err
		}
	}
	return nil
}

// Deposits is what the open applications hold, in uweal.
func (g GenesisState) Deposits() math.Int {
	sum := math.ZeroInt()
	for _, application := range g.Applications {
		sum = sum.Add(math.NewIntFromUint64(application.Deposit))
	}
	return sum
}

func (g GenesisState) validateAdmissions() error {
	keys := make([]AdmissionKey, len(g.Admissions))
	for i, admission := range g.Admissions {
		keys[i] = admission.Key()
	}
	if err := validateKeys(keys); err != nil {
		return errorsmod.Wrap(err, "admissions")
	}
	for i, admission := range g.Admissions {
		if err := admission.Validate(); err != nil {
			return errorsmod.Wrapf(err, "admissions: entry %d", i)
		}
	}
	return nil
}

func (g GenesisState) validateApplications() error {
	ids, keys := map[uint64]bool{}, make([]AdmissionKey, len(g.Applications))
	for i, application := range g.Applications {
		if err := application.Validate(); err != nil {
			return errorsmod.Wrapf(err, "applications: entry %d", i)
		}
		if application.Id >= g.NextApplicationId {
			return errorsmod.Wrapf(ErrInvalidGenesis, "application %d: next_application_id is %d, expected more than every id", application.Id, g.NextApplicationId)
		}
		if ids[application.Id] {
			return errorsmod.Wrapf(ErrDuplicate, "applications: id %d stands twice", application.Id)
		}
		ids[application.Id], keys[i] = true, application.Key
	}
	return errorsmod.Wrap(validateKeys(keys), "applications")
}

func (g GenesisState) validateRegistrars() error {
	seen := map[string]bool{}
	for _, registrar := range g.Registrars {
		if err := registrar.Validate(); err != nil {
			return errorsmod.Wrap(err, "registrars")
		}
		if len(registrar.Roles) == 0 {
			return errorsmod.Wrapf(ErrInvalidGenesis, "registrar %s has no role: leave it out", registrar.Address)
		}
		if seen[registrar.Address] {
			return errorsmod.Wrapf(ErrDuplicate, "registrars: %s stands twice", registrar.Address)
		}
		seen[registrar.Address] = true
	}
	if len(g.Registrars) > MaxRegistrars {
		return errorsmod.Wrapf(ErrTooManyRegistrars, "%d, expected at most %d", len(g.Registrars), MaxRegistrars)
	}
	return nil
}

func (g GenesisState) validateHistory() error {
	ids := map[uint64]bool{}
	for _, change := range g.History {
		if err := change.Validate(); err != nil {
			return errorsmod.Wrapf(err, "history: change %d", change.Id)
		}
		if change.Id >= g.NextChangeId {
			return errorsmod.Wrapf(ErrInvalidGenesis, "change %d: next_change_id is %d, expected more than every id", change.Id, g.NextChangeId)
		}
		if ids[change.Id] {
			return errorsmod.Wrapf(ErrDuplicate, "history: id %d stands twice", change.Id)
		}
		ids[change.Id] = true
	}
	return nil
}

func (g GenesisState) validateRest() error {
	if p := g.RevokedPower; p != nil && (p.Total <= 0 || p.Revoked < 0 || p.Revoked > p.Total || p.Day > DayOf(Never())) {
		return errorsmod.Wrapf(ErrInvalidGenesis, "revoked_power counts %d of %d on day %d", p.Revoked, p.Total, p.Day)
	}
	seen := map[string]bool{}
	for _, address := range g.Outsiders {
		if err := validateAddress(address); err != nil {
			return errorsmod.Wrap(err, "outsiders")
		}
		if seen[address] {
			return errorsmod.Wrapf(ErrDuplicate, "outsiders: %s stands twice", address)
		}
		seen[address] = true
	}
	return nil
}

// Validate checks every field. It returns ErrInvalidGenesis, or what is wrong with a part.
func (c Change) Validate() error {
	if err := c.Key.Validate(); err != nil {
		return err
	}
	if _, known := Act_name[int32(c.Act)]; !known || c.Act == ACT_UNSPECIFIED || c.Id == 0 || c.Height < 0 {
		return errorsmod.Wrapf(ErrInvalidGenesis, "id %d, act %s, height %d", c.Id, c.Act, c.Height)
	}
	if c.By != "" {
		if err := validateAddress(c.By); err != nil {
			return err
		}
	}
	if c.At.Before(time.Time{}) || c.At.After(Never()) {
		return errorsmod.Wrapf(ErrInvalidGenesis, "time %s", c.At)
	}
	return validateReason(c.ReasonUri)
}
