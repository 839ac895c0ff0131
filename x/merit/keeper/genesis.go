// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/merit/types"
)

// InitGenesis begins with a state. The clock of a new chain begins with it.
func (k *Keeper) InitGenesis(ctx context.Context, g types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if g.Clock.AtMs == 0 {
		g.Clock.AtMs = blockMs(ctx)
	}
	if err := k.Params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.Clock.Set(ctx, g.Clock); err != nil {
		return err
	}
	if err := k.initHoldings(ctx, g); err != nil {
		return err
	}
	if err := k.NextRecording.Set(ctx, g.NextRecording); err != nil {
		return err
	}
	for _, recording := range g.Recordings {
		if err := k.Recordings.Set(ctx, recording.Id, recording); err != nil {
			return err
		}
	}
	for _, id := range g.Losing {
		if err := k.Losing.Set(ctx, id); err != nil {
			return err
		}
	}
	for _, tally := range g.Tallies {
		if err := k.Tallies.Set(ctx, tally.ProposalId, tally); err != nil {
			return err
		}
	}
	return nil
}

// initHoldings writes accounts with their ranks and totals, and what they have merit from.
func (k *Keeper) initHoldings(ctx context.Context, g types.GenesisState) error {
	book, err := k.openLedger(ctx)
	if err != nil {
		return err
	}
	for _, holding := range g.Holdings {
		if holding.Period > book.at.Period {
			return errorsmod.Wrapf(types.ErrInvalidGenesis, "holding of %s is of half-life %d, the clock is at %d: begin no earlier than the chain that this is of", holding.Address, holding.Period, book.at.Period)
		}
		account, err := k.accounts.StringToBytes(holding.Address)
		if err != nil {
			return errorsmod.Wrapf(types.ErrInvalidGenesis, "holding of %q: %s", holding.Address, err)
		}
		book.entries = append(book.entries, entry{account: account, after: holding})
	}
	if err := book.close(ctx); err != nil {
		return err
	}
	for _, source := range g.Sources {
		account, err := k.accounts.StringToBytes(source.Address)
		if err != nil {
			return errorsmod.Wrapf(types.ErrInvalidGenesis, "source of contribution %d: %s", source.ContributionId, err)
		}
		if err := k.Sources.Set(ctx, collections.Join(source.ContributionId, account), source); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns everything that is kept.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	g := &types.GenesisState{}
	var err error
	if g.Params, err = k.Params.Get(ctx); err != nil {
		return nil, err
	}
	if g.Clock, err = k.Clock.Get(ctx); err != nil {
		return nil, err
	}
	if g.NextRecording, err = k.NextRecording.Get(ctx); err != nil {
		return nil, err
	}
	if g.Holdings, err = values(ctx, k.Holdings); err != nil {
		return nil, err
	}
	if g.Sources, err = values(ctx, k.Sources); err != nil {
		return nil, err
	}
	if g.Recordings, err = values(ctx, k.Recordings); err != nil {
		return nil, err
	}
	if g.Tallies, err = values(ctx, k.Tallies); err != nil {
		return nil, err
	}
	err = k.Losing.Walk(ctx, nil, func(id uint64) (bool, error) {
		g.Losing = append(g.Losing, id)
		return false, nil
	})
	return g, err
}

// values are all of a map, by key.
func values[K, V any](ctx context.Context, m collections.Map[K, V]) (all []V, err error) {
	err = m.Walk(ctx, nil, func(_ K, value V) (bool, error) {
		all = append(all, value)
		return false, nil
	})
	return all, err
}
