// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// exportFrontiers exports what epochs left of topics' frontiers, what they decided, and what waits for their notice.
func (k *Keeper) exportFrontiers(ctx context.Context, gs *types.GenesisState) error {
	err := k.Frontiers.Walk(ctx, nil, func(_ epochKey, record types.FrontierEpoch) (bool, error) {
		gs.Frontiers = append(gs.Frontiers, record)
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.Windows.Walk(ctx, nil, func(_ collections.Triple[uint64, uint64, uint64], outcome types.WindowOutcome) (bool, error) {
		gs.WindowOutcomes = append(gs.WindowOutcomes, outcome)
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.Endings.Walk(ctx, nil, func(key epochKey, removed bool) (bool, error) {
		gs.FrontierEndings = append(gs.FrontierEndings, types.FrontierEnding{TopicId: key.K1(), ContributionId: key.K2(), Removed: removed})
		return false, nil
	})
}

func (k *Keeper) initFrontiers(ctx context.Context, gs types.GenesisState) error {
	for _, f := range gs.Frontiers {
		if err := k.Frontiers.Set(ctx, collections.Join(f.TopicId, f.Epoch), f); err != nil {
			return err
		}
	}
	for _, o := range gs.WindowOutcomes {
		if err := k.Windows.Set(ctx, collections.Join3(o.TopicId, o.Epoch, o.ContributionId), o); err != nil {
			return err
		}
	}
	for _, e := range gs.FrontierEndings {
		if err := k.Endings.Set(ctx, collections.Join(e.TopicId, e.ContributionId), e.Removed); err != nil {
			return err
		}
	}
	return nil
}
