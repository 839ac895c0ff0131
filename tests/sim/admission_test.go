// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/app"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
)

// blockMakersAreAdmitted holds the validator set against the list.
func blockMakersAreAdmitted(a *app.App) invariant {
	return func(ctx sdk.Context) error {
		bonded, err := a.Staking.GetBondedValidatorsByPower(ctx)
		if err != nil {
			return err
		}
		for _, validator := range bonded {
			operator, err := sdk.ValAddressFromBech32(validator.GetOperator())
			if err != nil {
				return err
			}
			may, err := a.Admission.ValidatorMayScore(ctx, operator)
			if err != nil {
				return err
			}
			if !may {
				return fmt.Errorf("%s is bonded and not admitted", operator)
			}
		}
		return nil
	}
}

// noneIsOver looks at every admission that has an end. Only a validator's may outlast it,
// while the set would lose too much by it.
func noneIsOver(a *app.App) invariant {
	return func(ctx sdk.Context) error {
		g, err := a.Admission.ExportGenesis(ctx)
		if err != nil {
			return err
		}
		for _, admission := range g.Admissions {
			if admission.ExpiresAt == nil || admission.ExpiresAt.After(ctx.BlockTime()) {
				continue
			}
			waits := admission.DeferredUntil != nil && admission.DeferredUntil.After(ctx.BlockTime())
			if admission.Role == admissiontypes.ROLE_VALIDATOR && waits {
				continue
			}
			return fmt.Errorf("%v ended at %s", admission.Key(), admission.ExpiresAt)
		}
		return nil
	}
}

func depositsAreHeld(a *app.App) invariant {
	return func(ctx sdk.Context) error {
		g, err := a.Admission.ExportGenesis(ctx)
		if err != nil {
			return err
		}
		held := a.Bank.GetBalance(ctx, authtypes.NewModuleAddress(admissiontypes.ModuleName), app.BaseDenom)
		if sum := g.Deposits(); !held.Amount.Equal(sum) {
			return fmt.Errorf("applications hold %s, the module has %s", sum, held)
		}
		return nil
	}
}

// admissionIDsRise remembers the ids that were given out: what is new has a higher one.
func admissionIDsRise(a *app.App) invariant {
	var nextApplication, nextChange uint64
	seen := map[uint64]string{}
	return func(ctx sdk.Context) error {
		g, err := a.Admission.ExportGenesis(ctx)
		if err != nil {
			return err
		}
		for _, application := range g.Applications {
			if was, known := seen[application.Id]; known && was != application.Key.String() {
				return fmt.Errorf("id %d was of %s and is of %v", application.Id, was, application.Key)
			} else if !known && application.Id < nextApplication {
				return fmt.Errorf("id %d is used again", application.Id)
			}
			seen[application.Id] = application.Key.String()
		}
		if g.NextApplicationId < nextApplication || g.NextChangeId < nextChange || uint64(len(g.History)) != g.NextChangeId-1 {
			return fmt.Errorf("next ids are %d and %d, were %d and %d, with %d changes", g.NextApplicationId, g.NextChangeId, nextApplication, nextChange, len(g.History))
		}
		nextApplication, nextChange = g.NextApplicationId, g.NextChangeId
		return nil
	}
}
