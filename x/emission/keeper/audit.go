// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// audit recounts everything that is stored. It is for queries, tests and genesis: its work
// grows with what is stored, and no block does it.
func (k *Keeper) audit(ctx context.Context) ([]types.Check, error) {
	books, err := k.books(ctx)
	if err != nil {
		return nil, err
	}
	supply, err := k.supply(ctx)
	if err != nil {
		return nil, err
	}
	balance, err := k.balance(ctx)
	if err != nil {
		return nil, err
	}
	totals, err := k.shareTotals(ctx)
	if err != nil {
		return nil, err
	}
	sponsored, err := k.heldForSponsors(ctx)
	if err != nil {
		return nil, err
	}
	books.AddSponsored(uwealOf(sponsored))
	checks := append(books.CheckSupply(supply), books.CheckBalance(balance))
	checks = append(checks, books.Checks()...)
	ballots, err := k.checkBallots(ctx)
	if err != nil {
		return nil, err
	}
	held, err := k.checkHeld(ctx)
	return append(checks, books.CheckTotals(totals), ballots, held, k.checkSponsored(ctx, sponsored)), err
}

// books adds up all collections.
func (k *Keeper) books(ctx context.Context) (*types.Books, error) {
	issuance, err := k.Issuance.Get(ctx)
	if err != nil {
		return nil, err
	}
	books := types.NewBooks(issuance)
	if err := each(ctx, k.TopicAccounts, books.AddTopicAccount); err != nil {
		return nil, err
	}
	if err := each(ctx, k.PaidEpochs, books.AddPaidEpochs); err != nil {
		return nil, err
	}
	if err := each(ctx, k.Payments, books.AddPayment); err != nil {
		return nil, err
	}
	if err := each(ctx, k.RewardTiles, books.AddTile); err != nil {
		return nil, err
	}
	if err := each(ctx, k.SettledAccounts, books.AddSettled); err != nil {
		return nil, err
	}
	if err := each(ctx, k.HeldAccounts, books.AddHeld); err != nil {
		return nil, err
	}
	return books, each(ctx, k.StewardAccounts, books.AddStewardAccount)
}

// each calls add with every value of a map, in the order of their keys.
func each[K, V any](ctx context.Context, m collections.Map[K, V], add func(V)) error {
	return m.Walk(ctx, nil, func(_ K, value V) (bool, error) {
		add(value)
		return false, nil
	})
}
