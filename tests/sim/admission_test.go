// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
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
