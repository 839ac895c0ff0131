// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
)

// meritAddsUp recounts what accounts have earned.
func meritAddsUp(a *app.App) invariant {
	return func(ctx sdk.Context) error { return a.Merit.Audit(ctx) }
}
