// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	"github.com/weal-network/weal/pkg/royalty"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"

	"github.com/weal-network/weal/x/emission/types"
)

// rewards shares the contributors' budget by the topic's rule and passes royalties up the
// lineage. They are by rising contribution; only those that received something are in it.
func (k *Keeper) rewards(ctx context.Context, budget uint64, result scoringtypes.EpochResult) ([]types.Reward, error) {
	topic, err := k.getTopic(ctx, result.TopicId)
	if err != nil {
		return nil, err
	}
	parts, err := types.ShareRewards(topic.Scoring.RewardRule, budget, result)
	if err != nil {
		return nil, err
	}
	var earned []royalty.Reward
	for i, part := range parts {
		if part > 0 {
			earned = append(earned, royalty.Reward{ID: result.ContributionIds[i], Amount: part})
		}
	}
	walk := lineage{ctx: ctx, contribution: k.contribution, scored: result.ContributionIds}
	flows := royalty.Flows(earned, walk.parents)
	if walk.err != nil {
		return nil, walk.err
	}
	rewards := make([]types.Reward, len(flows))
	for i, flow := range flows {
		rewards[i] = types.Reward{ContributionId: flow.ID, Earned: flow.Own, RoyaltiesIn: flow.In, RoyaltiesOut: flow.Out, Amount: flow.Net()}
	}
	return rewards, nil
}

// lineage looks up parents, and stops after a bounded number of ancestors outside of the
// scored set: how deep and wide a lineage is, its owners decide, and not the block.
type lineage struct {
	ctx          context.Context
	contribution types.ContributionKeeper
	scored       []uint64
	ancestors    int
	err          error
}

// parents are those of id, or none where the lookup ends. An error ends it and is kept.
func (l *lineage) parents(id uint64) []royalty.Parent {
	if l.err != nil || !l.reaches(id) {
		return nil
	}
	found, err := l.contribution.Parents(l.ctx, id)
	if err != nil {
		l.err = err
		return nil
	}
	parents := make([]royalty.Parent, len(found))
	for i, p := range found {
		parents[i] = royalty.Parent{ID: p.Id, ShareBP: p.ShareBp}
	}
	return parents
}

func (l *lineage) reaches(id uint64) bool {
	if _, scored := slices.BinarySearch(l.scored, id); scored {
		return true
	}
	l.ancestors++
	return l.ancestors <= types.MaxAncestors
}
