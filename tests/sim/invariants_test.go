// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
)

// invariant is a rule that holds after every block. It returns what is wrong.
type invariant func(ctx sdk.Context) error

// newInvariants lists the rules of one run. Each is made anew for it, so that a rule about
// history, such as that no id is used twice, can remember what it saw.
func newInvariants(a *app.App) map[string]invariant {
	return map[string]invariant{
		"the supply is what all accounts own":   supplyIsOwned(a),
		"whoever makes blocks is admitted":      blockMakersAreAdmitted(a),
		"no admission is in force that is over": noneIsOver(a),
		"deposits are what the module owns":     depositsAreHeld(a),
		"ids of applications and changes rise":  admissionIDsRise(a),
		"deposits of topics are held":           topicDepositsAreHeld(a),
		"bonds, sets and digests agree":         contributionsAgree(a),
		"ids of contributions rise":             contributionIDsRise(a),
		"the money of the economy adds up":      moneyAddsUp(a),
		"merit adds up":                         meritAddsUp(a),
	}
}

// check panics over a rule that does not hold: the simulator prints what led to it.
func check(ctx sdk.Context, rules map[string]invariant) {
	for name, rule := range rules {
		if err := rule(ctx); err != nil {
			panic(fmt.Sprintf("height %d: it does not hold that %s: %s", ctx.BlockHeight(), name, err))
		}
	}
}

func supplyIsOwned(a *app.App) invariant {
	return func(ctx sdk.Context) error {
		owned := sdk.NewMapCoins(nil)
		a.Bank.IterateAllBalances(ctx, func(_ sdk.AccAddress, coin sdk.Coin) bool {
			owned.Add(coin)
			return false
		})
		supply := sdk.NewMapCoins(nil)
		a.Bank.IterateTotalSupply(ctx, func(coin sdk.Coin) bool {
			supply.Add(coin)
			return false
		})
		if !owned.ToCoins().Equal(supply.ToCoins()) {
			return fmt.Errorf("%s are owned of %s", owned.ToCoins(), supply.ToCoins())
		}
		return nil
	}
}
