// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
	emissionkeeper "github.com/weal-network/weal/x/emission/keeper"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
)

// moneyAddsUp runs the audit of the economy, ballots included.
func moneyAddsUp(a *app.App) invariant {
	return func(ctx sdk.Context) error {
		audit, err := emissionkeeper.NewQueryServer(a.Emission).Audit(ctx, &emissiontypes.QueryAuditRequest{})
		if err != nil {
			return err
		}
		for _, check := range audit.Checks {
			if !check.Ok {
				return fmt.Errorf("%s: %s", check.Name, check.Detail)
			}
		}
		return nil
	}
}
