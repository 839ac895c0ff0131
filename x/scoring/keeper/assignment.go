// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// pinCommon writes down which of an epoch's contributions all of its validators score, where the others are shared out and
// the topic's frontier compares some.
func (k *Keeper) pinCommon(ctx context.Context, epoch *types.Epoch, ids []uint64, clock types.Clock) error {
	if !epoch.SharesOut() || !epoch.PaysFrontier() {
		return nil
	}
	last, err := k.frontierOf(ctx, epoch.TopicId, clock.FrontierEpoch)
	if err != nil {
		return err
	}
	var before []uint64
	if now := (types.FrontierEpoch{Epoch: epoch.Number, Measure: epoch.Measure()}); now.Remembers(last) {
		if before, err = k.pinnedSet(ctx, epoch.TopicId, last.Epoch); err != nil {
			return err
		}
	}
	best, err := k.best(ctx, epoch.TopicId, clock.BondsEpoch)
	if err != nil {
		return err
	}
	common, err := types.Common(*epoch, ids, last, before, best)
	if err != nil {
		return err
	}
	epoch.Common, err = row.EncodeIDs(common)
	return types.Inconsistent(err)
}

// best finds the contributions of highest quality of a scored epoch; none for epoch 0, and for one that is deleted.
func (k *Keeper) best(ctx context.Context, topicID, number uint64) (types.Best, error) {
	var best types.Best
	ids, err := k.pinnedSet(ctx, topicID, number)
	if errors.Is(err, collections.ErrNotFound) {
		return best, nil
	}
	if err != nil {
		return best, err
	}
	qualities, err := archive{k, ctx, topicID}.Qualities(number, ids)
	if err != nil {
		return best, err
	}
	for j, quality := range qualities {
		best.Add(ids[j], quality)
	}
	return best, nil
}

// Assignment returns the contributions that a validator is to score in an epoch.
func (q queryServer) Assignment(ctx context.Context, req *types.QueryAssignmentRequest) (*types.QueryAssignmentResponse, error) {
	opened, err := q.Epoch(ctx, &types.QueryEpochRequest{TopicId: req.TopicId, Epoch: req.Epoch})
	if err != nil {
		return nil, err
	}
	i, err := q.validatorOf(opened.Epoch, req.Operator)
	if err != nil {
		return nil, err
	}
	assignment, err := opened.Epoch.Assignment()
	if err != nil {
		return nil, err
	}
	ids, err := assignment.Of(i, opened.ContributionIds)
	return &types.QueryAssignmentResponse{
		Epoch: opened.Epoch.Number, All: assignment.All, Contributions: uint32(len(opened.ContributionIds)), ContributionIds: ids,
	}, err
}

// validatorOf is the place of a validator in an epoch (ErrNotFound).
func (q queryServer) validatorOf(epoch types.Epoch, name string) (int, error) {
	operator, err := q.operator(name)
	if err != nil {
		return 0, err
	}
	operators, err := q.operatorsOf(epoch)
	if err != nil {
		return 0, err
	}
	i, found := slices.BinarySearchFunc(operators, operator, bytes.Compare)
	if !found {
		return 0, errorsmod.Wrapf(types.ErrNotFound, "%s was not among the %d validators of epoch %d of topic %d", name, len(operators), epoch.Number, epoch.TopicId)
	}
	return i, nil
}

// marksOf says who was to score the tile of a contribution, own or not; nil for everybody.
func (c counted) marksOf(index int) ([]uint64, error) {
	var marks types.Marks
	assignment, err := c.epoch.Assignment()
	if err != nil {
		return nil, err
	}
	tile := index / types.TileSize
	return marks.Tile(assignment, nil, types.TileIDs(c.result.ContributionIds, tile), tile*types.TileSize)
}

// asked splits what a validator revealed into what it was to score and the number of the rest, and tells what it was to
// score that is not its own.
func (c counted) asked(i int, entries []row.Entry, own []uint64) (kept []row.Entry, x types.ValidatorExplanation, err error) {
	assignment, err := c.epoch.Assignment()
	if err != nil || assignment.All {
		return entries, x, err
	}
	ids, err := assignment.Of(i, c.result.ContributionIds)
	if err != nil {
		return nil, x, err
	}
	given := 0
	for _, e := range entries {
		_, asked := slices.BinarySearch(ids, e.ID)
		if !asked {
			x.Ignored++
			continue
		}
		kept = append(kept, e)
		if _, mine := slices.BinarySearch(own, e.ID); e.Score > 0 && !mine {
			given++
		}
	}
	assigned := len(ids)
	for _, id := range own {
		if _, asked := slices.BinarySearch(ids, id); asked {
			assigned--
		}
	}
	x.Assigned, x.Skipped = uint32(assigned), uint32(assigned-given)
	return kept, x, nil
}
