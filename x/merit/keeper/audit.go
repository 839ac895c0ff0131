// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/weal-network/weal/x/merit/types"
)

// Audit recounts everything: the state is a sound genesis, totals are the exact sums of what accounts hold, and every account
// has its rank. It reads all that is stored: for tests and the simulator.
func (k *Keeper) Audit(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return err
	}
	// sums are looked up and never ranged over.
	sums := map[uint64]math.Int{}
	for _, holding := range g.Holdings {
		if _, known := sums[holding.Period]; !known {
			sums[holding.Period] = math.ZeroInt()
		}
		sums[holding.Period] = sums[holding.Period].Add(holding.Weight)
		account, err := k.accounts.StringToBytes(holding.Address)
		if err != nil {
			return err
		}
		if found, err := k.Ranks.Has(ctx, rank(account, holding)); err != nil || !found {
			return errorsmod.Wrapf(types.ErrAccounting, "%s has no rank: %v", holding.Address, err)
		}
	}
	ranks := 0
	err = k.Ranks.Walk(ctx, nil, func(rankKey) (bool, error) {
		ranks++
		return false, nil
	})
	if err != nil || ranks != len(g.Holdings) {
		return errorsmod.Wrapf(types.ErrAccounting, "%d ranks of %d accounts: %v", ranks, len(g.Holdings), err)
	}
	counted := 0
	err = k.Totals.Walk(ctx, nil, func(period uint64, total math.Int) (bool, error) {
		sum, known := sums[period]
		if !known || !sum.Equal(total) {
			return true, errorsmod.Wrapf(types.ErrAccounting, "the total of half-life %d is %s, holdings have %s", period, total, sum)
		}
		counted++
		return false, nil
	})
	if err != nil {
		return err
	}
	return checkCounted(sums, counted, g.Holdings)
}

// checkCounted checks that no half-life in which somebody holds anything lacks its total.
func checkCounted(sums map[uint64]math.Int, counted int, holdings []types.Holding) error {
	want := map[uint64]bool{}
	for _, holding := range holdings {
		if sums[holding.Period].IsPositive() {
			want[holding.Period] = true
		}
	}
	if len(want) != counted {
		return errorsmod.Wrapf(types.ErrAccounting, "%d half-lives have a total, %d have holdings", counted, len(want))
	}
	return nil
}
