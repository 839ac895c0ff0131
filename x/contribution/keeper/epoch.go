// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// BeginEpoch admits what waits, prunes what makes room, and returns the ids that
// the epoch measures, rising. kept is not pruned; 0 for none. It must run at the end of a block: a commit whose
// deadline is this block's height counts as expired. Its cost is bounded by
// max_pending and the active set, whatever else is stored.
func (k Keeper) BeginEpoch(ctx context.Context, topic topictypes.Topic, epoch, kept uint64) ([]uint64, error) {
	set, left, err := k.settledSet(ctx, topic.Id)
	if err != nil {
		return nil, err
	}
	ready, err := k.ready(ctx, topic.Id)
	if err != nil {
		return nil, err
	}
	turnover := set.Open(ready, int(topic.Schedule.MaxActive), types.Immunity(topic.Schedule.ImmunityEpochs), epoch, kept)
	if err := k.turn(ctx, turnover, epoch); err != nil {
		return nil, err
	}
	for _, id := range left {
		if err := k.leaving.Remove(ctx, collections.Join(topic.Id, id)); err != nil {
			return nil, err
		}
	}
	state, err := k.topicState(ctx, topic.Id)
	if err != nil {
		return nil, err
	}
	if err := k.setTopicState(ctx, state.Began(epoch, sdk.UnwrapSDKContext(ctx).BlockHeight(), set)); err != nil {
		return nil, err
	}
	return set.IDs(), k.setActiveSet(ctx, set)
}

// Places is how many places of a topic's active set are taken.
func (k Keeper) Places(ctx context.Context, topicID uint64) (uint32, error) {
	state, err := k.topicState(ctx, topicID)
	return state.Places, err
}

// EndEpoch takes the result of a scored epoch: the incentive, in 2^-32, of each
// id that it measured. Those that left the active set meanwhile are passed over.
// New versions that were scored for the first time supersede their older ones.
func (k Keeper) EndEpoch(ctx context.Context, topicID, _ uint64, ids, incentive []uint64) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	set, err := k.activeSet(ctx, topicID)
	if err != nil {
		return err
	}
	first, err := set.Score(ids, incentive, params.IncentiveSmoothingBp)
	if err != nil {
		return err
	}
	if err := k.setActiveSet(ctx, set); err != nil {
		return err
	}
	state, err := k.topicState(ctx, topicID)
	if err != nil {
		return err
	}
	state.ScoredEpochs = set.LongestScored()
	if err := k.setTopicState(ctx, state); err != nil {
		return err
	}
	return k.supersede(ctx, first)
}

// ready returns the ids of revealed contributions that may enter, in the order of
// their commits: up to the first commit that can still be revealed, as it may own
// the digest of what comes after it.
func (k Keeper) ready(ctx context.Context, topicID uint64) ([]uint64, error) {
	var ready []uint64
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	rng := collections.NewPrefixedPairRange[uint64, uint64](topicID)
	err := k.contributions.Indexes.Pending.keys.Walk(ctx, rng, func(key topicKey) (bool, error) {
		c, err := k.contributions.Get(ctx, key.K2())
		if err != nil {
			return true, err
		}
		if c.Status == types.STATUS_REVEALED {
			ready = append(ready, c.Id)
			return false, nil
		}
		return !c.ExpiredAfter(height), nil
	})
	return ready, err
}

// turn writes what an epoch's beginning changed to the records.
func (k Keeper) turn(ctx context.Context, t types.Turnover, epoch uint64) error {
	for _, id := range t.Forgotten {
		c, err := k.GetContribution(ctx, id)
		if err != nil {
			return err
		}
		if err := k.disown(ctx, c); err != nil {
			return err
		}
	}
	for _, e := range t.Evicted {
		if err := k.prune(ctx, e); err != nil {
			return err
		}
	}
	for _, id := range t.Entered {
		if err := k.activate(ctx, id, epoch); err != nil {
			return err
		}
	}
	return nil
}

// activate writes that a contribution is measured from the epoch on.
func (k Keeper) activate(ctx context.Context, id, epoch uint64) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	c.Status = types.STATUS_ACTIVE
	if err := k.set(ctx, c); err != nil {
		return err
	}
	if err := k.own(ctx, c); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventContributionActivated{
		ContributionId: c.Id, TopicId: c.TopicId, Epoch: epoch,
	})
}

// prune writes that a contribution gave up its place.
func (k Keeper) prune(ctx context.Context, e types.Eviction) error {
	c, err := k.GetContribution(ctx, e.ID)
	if err != nil {
		return err
	}
	reason := types.END_REASON_LOWEST_INCENTIVE
	if e.By == 0 {
		reason = types.END_REASON_FEWER_PLACES
	}
	return k.endOutside(ctx, c, types.STATUS_PRUNED, types.Ending{
		Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Reason: reason, By: e.By, SmoothedIncentive: e.SmoothedIncentive,
	})
}
