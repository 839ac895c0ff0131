// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// topicDepositsAreHeld holds the account of x/topic against what the topics' creators are owed.
func topicDepositsAreHeld(a *app.App) invariant {
	return func(ctx sdk.Context) error {
		g, err := a.Topic.ExportGenesis(ctx)
		if err != nil {
			return err
		}
		held := a.Bank.GetAllBalances(ctx, a.Account.GetModuleAddress(topictypes.ModuleName))
		if owed := topictypes.Coins(g.Deposits()); !held.Equal(owed) {
			return fmt.Errorf("%s are held and %s owed", held, owed)
		}
		return nil
	}
}
