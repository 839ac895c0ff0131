// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/weal-network/weal/x/topic/types"
)

// InitGenesis writes a genesis state and the index of slugs. Hooks are not called.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.nextID.Set(ctx, g.NextTopicId); err != nil {
		return err
	}
	for _, topic := range g.Topics {
		if err := k.addTopic(ctx, topic); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns everything that the module keeps.
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
	return g, err
}
