// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/contribution/types"
)

// InitGenesis writes a genesis state, and builds indexes, digests and owners from
// it. Topics must be there already.
func (k Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.nextID.Set(ctx, g.NextContributionId); err != nil {
		return err
	}
	for _, c := range g.Contributions {
		if err := k.initContribution(ctx, c); err != nil {
			return err
		}
	}
	for _, set := range g.ActiveSets {
		if err := k.initActiveSet(ctx, set); err != nil {
			return err
		}
	}
	return nil
}

func (k Keeper) initContribution(ctx context.Context, c types.Contribution) error {
	if _, err := k.topic.GetTopic(ctx, c.TopicId); err != nil {
		return errorsmod.Wrapf(err, "contribution %d", c.Id)
	}
	if err := k.set(ctx, c); err != nil || c.Status == types.STATUS_COMMITTED {
		return err
	}
	// By rising id, so that the first to show a digest is its owner.
	err := k.takeDigest(ctx, c.TopicId, c.Id, c.Artifact.Sha256)
	if c.IsOver() && errors.Is(err, types.ErrDigestOwned) {
		return nil
	}
	return err
}

func (k Keeper) initActiveSet(ctx context.Context, set types.ActiveSet) error {
	known := set.IDs()
	known = append(known, set.Left...)
	known = append(known, set.LeftBefore...)
	for _, id := range known {
		if err := k.own(ctx, id); err != nil {
			return err
		}
	}
	return k.setActiveSet(ctx, set)
}

// ExportGenesis returns everything that the module keeps.
func (k Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	next, err := k.nextID.Peek(ctx)
	if err != nil {
		return nil, err
	}
	g := &types.GenesisState{Params: params, NextContributionId: next}
	if g.Contributions, err = values(k.contributions.Iterate(ctx, nil)); err != nil {
		return nil, err
	}
	g.ActiveSets, err = values(k.activeSets.Iterate(ctx, nil))
	return g, err
}

// values drains an iterator.
func values[K, V any](it collections.Iterator[K, V], err error) ([]V, error) {
	if err != nil {
		return nil, err
	}
	return it.Values()
}
