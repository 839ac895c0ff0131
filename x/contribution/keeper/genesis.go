// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"slices"

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
	if err := k.checkBonds(ctx, g); err != nil {
		return err
	}
	if err := k.SetGuardians(ctx, g.Guardians); err != nil {
		return err
	}
	for _, c := range g.Contributions {
		if err := k.initContribution(ctx, c); err != nil {
			return err
		}
	}
	for _, s := range g.TopicStates {
		if err := k.setTopicState(ctx, s); err != nil {
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

// checkBonds checks that the module's account holds what its contributions say.
func (k Keeper) checkBonds(ctx context.Context, g *types.GenesisState) error {
	bonds, ok := g.Bonds()
	held := k.bank.GetBalance(ctx, types.ModuleAddress(), types.Denom)
	if !ok || !held.Equal(types.Coin(bonds)) {
		return errorsmod.Wrapf(types.ErrInvalidGenesis, "bonds are %d%s together, but the module's account %s holds %s", bonds, types.Denom, types.ModuleAddress(), held)
	}
	return nil
}

func (k Keeper) initContribution(ctx context.Context, c types.Contribution) error {
	topic, err := k.topic.GetTopic(ctx, c.TopicId)
	if err != nil {
		return errorsmod.Wrapf(err, "contribution %d", c.Id)
	}
	for _, account := range c.Owners() {
		if err := k.checkPayable(account); err != nil {
			return errorsmod.Wrapf(err, "contribution %d", c.Id)
		}
	}
	if err := k.set(ctx, c); err != nil || !c.IsShown() {
		return err
	}
	if isRetired(topic) && c.Competes() {
		if err := k.retiring.Set(ctx, topic.Id); err != nil {
			return err
		}
	}
	if err := k.linkParents(ctx, c.Parents, c.Id); err != nil {
		return err
	}
	// By rising id, so that the first to show a digest is its owner.
	_, err = k.checkDigest(ctx, c.TopicId, c.Id, c.Artifact.Sha256)
	if errors.Is(err, types.ErrDigestOwned) && c.IsOver() {
		return nil
	}
	if err != nil {
		return err
	}
	return k.takeDigest(ctx, c.TopicId, c.Id, 0, c.Artifact.Sha256)
}

func (k Keeper) initActiveSet(ctx context.Context, set types.ActiveSet) error {
	for _, id := range slices.Concat(set.IDs(), set.Left, set.LeftBefore) {
		c, err := k.GetContribution(ctx, id)
		if err != nil {
			return err
		}
		if err := k.own(ctx, c); err != nil {
			return err
		}
	}
	for _, id := range set.IDs() {
		c, err := k.GetContribution(ctx, id)
		if err != nil {
			return err
		}
		if c.Status == types.STATUS_ACTIVE {
			continue
		}
		if err := k.leaving.Set(ctx, collections.Join(set.TopicId, id)); err != nil {
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
	if g.Guardians, err = k.Guardians(ctx); err != nil {
		return nil, err
	}
	if g.Contributions, err = values(k.contributions.Iterate(ctx, nil)); err != nil {
		return nil, err
	}
	if g.TopicStates, err = values(k.topicStates.Iterate(ctx, nil)); err != nil {
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
