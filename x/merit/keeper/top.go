// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/math"
)

// TopMerit is the merit of up to so many accounts, the most first, and all merit together, in uweal. It reads as many accounts as it returns.
func (k *Keeper) TopMerit(ctx context.Context, limit int) (amounts []uint64, total math.Int, err error) {
	at, err := k.now(ctx)
	if err != nil {
		return nil, total, err
	}
	all, err := k.total(ctx, at)
	if err != nil {
		return nil, total, err
	}
	err = k.Ranks.Walk(ctx, nil, func(key rankKey) (bool, error) {
		if len(amounts) == limit {
			return true, nil
		}
		holding, err := k.Holdings.Get(ctx, key.K2())
		if err != nil {
			return true, err
		}
		amounts = append(amounts, at.Worth(holding.Merit()).Uint64())
		return false, nil
	})
	return amounts, at.WorthExact(all), err
}
