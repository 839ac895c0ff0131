// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/weal-network/weal/x/topic/types"
)

// InitGenesis writes a genesis state and the indexes. The bank must be initialised before
// it. Hooks are not called.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.checkDeposits(ctx, g); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.nextID.Set(ctx, g.NextTopicId); err != nil {
		return err
	}
	for _, topic := range g.Topics {
		if err := k.topics.Set(ctx, topic.Id, topic); err != nil {
			return err
		}
	}
	for _, pending := range g.PendingUpdates {
		if err := k.pending.Set(ctx, pending.TopicId, pending); err != nil {
			return err
		}
	}
	for _, offer := range g.StewardshipOffers {
		if err := k.offers.Set(ctx, offer.TopicId, offer); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns everything that the module keeps; indexes are rebuilt.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	next, err := k.nextID.Peek(ctx)
	if err != nil {
		return nil, err
	}
	g := &types.GenesisState{Params: params, NextTopicId: next}
	err = k.WalkTopics(ctx, func(topic types.Topic) (bool, error) {
		g.Topics = append(g.Topics, topic)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if g.PendingUpdates, err = values(ctx, k.pending); err != nil {
		return nil, err
	}
	g.StewardshipOffers, err = values(ctx, k.offers)
	return g, err
}
