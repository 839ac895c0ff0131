// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"math/big"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/halving"
	"github.com/weal-network/weal/x/merit/types"
)

// now is the moment of the block.
func (k *Keeper) now(ctx context.Context) (halving.Moment, error) {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return halving.Moment{}, err
	}
	clock, err := k.Clock.Get(ctx)
	return clock.Count().Now(blockMs(ctx), params.HalfLifeMs()), err
}

// setParams replaces the parameters. Another half-life holds from now on: what was halved stays so.
func (k *Keeper) setParams(ctx context.Context, params types.Params) error {
	before, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	clock, err := k.Clock.Get(ctx)
	if err != nil {
		return err
	}
	if before.HalfLifeSeconds != params.HalfLifeSeconds {
		if err := k.Clock.Set(ctx, types.NewClock(clock.Count().Set(blockMs(ctx), before.HalfLifeMs()))); err != nil {
			return err
		}
	}
	return k.Params.Set(ctx, params)
}

// total is all merit as it is at the end of a moment's half-life: in the units of halving.Weight.Exact, to divide by, and as a weight
// of the moment. It reads one value for each half-life that can be seen, and none by account.
func (k *Keeper) total(ctx context.Context, at halving.Moment) (*big.Int, error) {
	sum := new(big.Int)
	seen := new(collections.Range[uint64]).EndInclusive(at.Period)
	if at.Period >= halving.Window {
		seen = seen.StartExclusive(at.Period - halving.Window)
	}
	err := k.Totals.Walk(ctx, seen, func(period uint64, mantissa math.Int) (bool, error) {
		sum.Add(sum, halving.Weight{Mantissa: mantissa, Period: period}.Exact(at.Period))
		return false, nil
	})
	return sum, err
}

// part is a weight's share of a total that is not zero, times an amount, as a decimal that is rounded down.
func part(amount math.Int, of halving.Weight, total *big.Int, at halving.Moment) math.LegacyDec {
	product := of.Exact(at.Period)
	product.Mul(product, amount.BigInt())
	product.Mul(product, math.LegacyOneDec().BigInt())
	return math.LegacyNewDecFromBigIntWithPrec(product.Quo(product, total), math.LegacyPrecision)
}

func blockMs(ctx context.Context) int64 {
	return sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli()
}
