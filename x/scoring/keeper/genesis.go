// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// ValidateGenesis refuses a state that no chain could have exported.
func (k *Keeper) ValidateGenesis(gs types.GenesisState) error {
	return gs.Validate(k.accounts, k.operators)
}

// InitGenesis stores a state, rebuilds the queues and the way from scorer keys to validators, and starts the
// clocks of topics that have none yet. x/topic's state must be there before it.
func (k *Keeper) InitGenesis(ctx context.Context, gs types.GenesisState) error {
	if err := k.ValidateGenesis(gs); err != nil {
		return err
	}
	if err := k.initParams(ctx, gs); err != nil {
		return err
	}
	for _, load := range []func(context.Context, types.GenesisState) error{
		k.initEpochs, k.initScorers, k.initRows, k.initBonds, k.initFrontiers, k.initCloses, k.initResults,
	} {
		if err := load(ctx, gs); err != nil {
			return err
		}
	}
	return k.initClocks(ctx, gs)
}

func (k *Keeper) initParams(ctx context.Context, gs types.GenesisState) error {
	if err := k.Params.Set(ctx, gs.Params); err != nil || gs.PendingParams == nil {
		return err
	}
	return k.PendingParams.Set(ctx, *gs.PendingParams)
}

// initClocks stores the clocks, queues the next epochs of active topics, and starts missing clocks.
func (k *Keeper) initClocks(ctx context.Context, gs types.GenesisState) error {
	for _, clock := range gs.Clocks {
		if err := k.Clocks.Set(ctx, clock.TopicId, clock); err != nil {
			return err
		}
	}
	return k.topic.WalkTopics(ctx, func(topic topictypes.Topic) (bool, error) {
		wound, err := k.Clocks.Has(ctx, topic.Id)
		switch {
		case err != nil:
			return true, err
		case !wound:
			return false, k.startClock(ctx, topic)
		case topic.Status == topictypes.STATUS_ACTIVE:
			return false, k.windAgain(ctx, topic.Id)
		}
		return false, nil
	})
}

// windAgain queues the next epoch of an active topic, unless one of it runs or is being closed.
func (k *Keeper) windAgain(ctx context.Context, topicID uint64) error {
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil {
		return err
	}
	running, err := k.running(ctx, clock)
	if err != nil || running {
		return err
	}
	return k.wind(ctx, clock)
}

func (k *Keeper) initEpochs(ctx context.Context, gs types.GenesisState) error {
	for i, epoch := range gs.Epochs {
		if err := k.initEpoch(ctx, epoch, gs.PinnedSets[i].ContributionIds); err != nil {
			return err
		}
	}
	for _, topicID := range gs.PruningTopics {
		if err := k.Prunings.Set(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initEpoch(ctx context.Context, epoch types.Epoch, ids []uint64) error {
	if epoch.Status == types.EPOCH_STATUS_OPEN || epoch.Status == types.EPOCH_STATUS_CLOSING {
		return k.storeEpoch(ctx, epoch, ids)
	}
	packed, err := row.EncodeIDs(ids)
	if err != nil {
		return err
	}
	key := collections.Join(epoch.TopicId, epoch.Number)
	if err := k.Pinned.Set(ctx, key, packed); err != nil {
		return err
	}
	return k.Epochs.Set(ctx, key, epoch)
}

func (k *Keeper) initScorers(ctx context.Context, gs types.GenesisState) error {
	for _, s := range gs.Scorers {
		operator, err := k.operators.StringToBytes(s.Operator)
		if err != nil {
			return err
		}
		scorer, err := k.accounts.StringToBytes(s.Scorer)
		if err != nil {
			return err
		}
		if err := k.Scorers.Set(ctx, operator, scorer); err != nil {
			return err
		}
		if err := k.Operators.Set(ctx, scorer, operator); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initRows(ctx context.Context, gs types.GenesisState) error {
	for _, c := range gs.Commits {
		operator, err := k.operators.StringToBytes(c.Operator)
		if err != nil {
			return err
		}
		if err := k.Commits.Set(ctx, collections.Join3(c.TopicId, c.Epoch, operator), c.Hash); err != nil {
			return err
		}
	}
	for _, r := range gs.Reveals {
		operator, err := k.operators.StringToBytes(r.Operator)
		if err != nil {
			return err
		}
		if err := k.Reveals.Set(ctx, collections.Join3(r.TopicId, r.Epoch, operator), r); err != nil {
			return err
		}
	}
	for _, r := range gs.Rows {
		operator, err := k.operators.StringToBytes(r.Operator)
		if err != nil {
			return err
		}
		if err := k.Rows.Set(ctx, collections.Join4(r.TopicId, r.Epoch, r.Tile, operator), r.Row); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initBonds(ctx context.Context, gs types.GenesisState) error {
	for _, b := range gs.Bonds {
		operator, err := k.operators.StringToBytes(b.Operator)
		if err != nil {
			return err
		}
		if err := k.Bonds.Set(ctx, collections.Join4(b.TopicId, b.Epoch, b.Tile, operator), b.Bonds); err != nil {
			return err
		}
	}
	for _, g := range gs.Generations {
		if err := k.Generations.Set(ctx, collections.Join(g.TopicId, g.Epoch), g); err != nil {
			return err
		}
	}
	for _, p := range gs.PublicTiles {
		if err := k.Publics.Set(ctx, collections.Join3(p.TopicId, p.Epoch, p.Tile), p.Values); err != nil {
			return err
		}
	}
	for _, r := range gs.Records {
		operator, err := k.operators.StringToBytes(r.Operator)
		if err != nil {
			return err
		}
		if err := k.Records.Set(ctx, collections.Join(r.TopicId, operator), r); err != nil {
			return err
		}
	}
	return nil
}

// initCloses loads what epochs are closed by, and queues those that were being closed, whose hashing may be all that
// is left.
func (k *Keeper) initCloses(ctx context.Context, gs types.GenesisState) error {
	for _, s := range gs.Snapshots {
		if err := k.Snapshots.Set(ctx, s.Height, s); err != nil {
			return err
		}
	}
	for _, t := range gs.Tallies {
		if err := k.Tallies.Set(ctx, collections.Join(t.TopicId, t.Epoch), t); err != nil {
			return err
		}
	}
	for _, w := range gs.Works {
		key := collections.Join(w.TopicId, w.Epoch)
		if err := k.Works.Set(ctx, key, w); err != nil {
			return err
		}
		epoch, err := k.Epochs.Get(ctx, key)
		if err != nil {
			return err
		}
		if err := k.Closings.Set(ctx, closingKey(epoch)); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initResults(ctx context.Context, gs types.GenesisState) error {
	for _, r := range gs.ResultTiles {
		if err := k.Results.Set(ctx, collections.Join3(r.TopicId, r.Epoch, r.Tile), r.Values); err != nil {
			return err
		}
	}
	for _, o := range gs.Outcomes {
		if err := k.Outcomes.Set(ctx, collections.Join(o.TopicId, o.Epoch), o); err != nil {
			return err
		}
	}
	for _, r := range gs.Roots {
		if err := k.Roots.Set(ctx, collections.Join(r.TopicId, r.Epoch), r.Root); err != nil {
			return err
		}
	}
	return nil
}
