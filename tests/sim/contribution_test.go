// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
)

// contributionsAgree recounts bonds, active sets and digests.
func contributionsAgree(a *app.App) invariant {
	return func(ctx sdk.Context) error { return a.Contribution.Audit(ctx) }
}

// contributionIDsRise remembers whose every id was: it is never another's later.
func contributionIDsRise(a *app.App) invariant {
	var next uint64
	owners := map[uint64]string{}
	return func(ctx sdk.Context) error {
		g, err := a.Contribution.ExportGenesis(ctx)
		if err != nil {
			return err
		}
		for _, c := range g.Contributions {
			owner, known := owners[c.Id]
			if known && owner != c.Contributor {
				return fmt.Errorf("contribution %d was of %s and is of %s", c.Id, owner, c.Contributor)
			}
			if !known && c.Id < next {
				return fmt.Errorf("contribution %d came after %d was given", c.Id, next-1)
			}
			owners[c.Id] = c.Contributor
		}
		if g.NextContributionId < next {
			return fmt.Errorf("the next id is %d, it was %d", g.NextContributionId, next)
		}
		next = g.NextContributionId
		return nil
	}
}
