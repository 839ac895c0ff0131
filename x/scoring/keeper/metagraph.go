// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// Metagraph returns the state of a topic in one call. It reads what one epoch has pinned, and so costs
// the same however much is stored.
func (q queryServer) Metagraph(ctx context.Context, req *types.QueryMetagraphRequest) (*types.QueryMetagraphResponse, error) {
	clock, err := q.clock(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	last, _, err := q.lastResult(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	res := &types.QueryMetagraphResponse{Clock: clock, ResultEpoch: last.Epoch, Height: sdk.UnwrapSDKContext(ctx).BlockHeight()}
	if clock.Epoch == 0 {
		return res, nil
	}
	epoch, err := q.epoch(ctx, req.TopicId, clock.Epoch)
	if err != nil {
		return nil, err
	}
	res.Epoch = &epoch
	if res.Contributions, err = q.metagraphContributions(ctx, epoch, last); err != nil {
		return nil, err
	}
	res.Validators, err = q.metagraphValidators(ctx, epoch, last)
	return res, err
}

// metagraphContributions returns the epoch's contributions with what the last result gave them.
func (q queryServer) metagraphContributions(ctx context.Context, epoch types.Epoch, last types.EpochResult) ([]types.MetagraphContribution, error) {
	ids, err := q.pinnedSet(ctx, epoch.TopicId, epoch.Number)
	if err != nil {
		return nil, err
	}
	list := make([]types.MetagraphContribution, len(ids))
	for i, id := range ids {
		contribution, err := q.contribution.GetContribution(ctx, id)
		if err != nil {
			return nil, err
		}
		list[i] = types.MetagraphContribution{Id: id, Contributor: contribution.Contributor, Sha256: contribution.Artifact.Sha256}
		if j, found := slices.BinarySearch(last.ContributionIds, id); found {
			list[i].Scored = true
			list[i].Quality, list[i].Consensus, list[i].Incentive = last.Quality[j], last.Consensus[j], last.Incentive[j]
		}
	}
	return list, nil
}

// metagraphValidators returns the epoch's validators with what they did in it and what the last result gave them.
func (q queryServer) metagraphValidators(ctx context.Context, epoch types.Epoch, last types.EpochResult) ([]types.MetagraphValidator, error) {
	list := make([]types.MetagraphValidator, len(epoch.Validators))
	for i, pinned := range epoch.Validators {
		operator, err := q.operator(pinned.Operator)
		if err != nil {
			return nil, err
		}
		v := types.MetagraphValidator{Operator: pinned.Operator, Tokens: pinned.Tokens}
		key := collections.Join3(epoch.TopicId, epoch.Number, operator)
		if v.Committed, err = q.Keeper.Commits.Has(ctx, key); err != nil {
			return nil, err
		}
		if v.Revealed, err = q.Reveals.Has(ctx, key); err != nil {
			return nil, err
		}
		if v.Record, err = q.record(ctx, epoch.TopicId, operator, pinned.Operator); err != nil {
			return nil, err
		}
		if j := slices.IndexFunc(last.Validators, func(r types.ValidatorResult) bool { return r.Operator == pinned.Operator }); j >= 0 {
			v.Power, v.Trust, v.Dividend = last.Validators[j].Power, last.Validators[j].Trust, last.Validators[j].Dividend
		}
		list[i] = v
	}
	return list, nil
}
