// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/frontier"

	"github.com/weal-network/weal/x/scoring/types"
)

// edge is a topic's frontier while an epoch is being closed, in one block.
type edge struct {
	*closing
	machine *frontier.Machine
	record  types.FrontierEpoch
	recall  *types.Recall
}

// openEdge takes the frontier up where the close left it, or begins with what the last epoch left.
func (c *closing) openEdge(ctx context.Context) error {
	if c.edge != nil {
		return nil
	}
	e := &edge{closing: c, machine: c.frontier}
	input, err := e.load(ctx)
	if err != nil {
		return err
	}
	e.recall = types.NewRecall(archive{c.Keeper, ctx, c.epoch.TopicId}, e.record, c.tally)
	outcomes, err := e.machine.Begin(types.FrontierParams(c.epoch.Scoring), input)
	if err != nil {
		return types.Inconsistent(err)
	}
	for _, outcome := range outcomes {
		if err := e.decide(ctx, outcome); err != nil {
			return err
		}
	}
	c.edge = e
	return nil
}

// load gets the state, and the epoch as the machine takes it.
func (e *edge) load(ctx context.Context) (input frontier.Epoch, err error) {
	stored, err := e.Frontiers.Get(ctx, collections.Join(e.epoch.TopicId, e.epoch.Number))
	if err == nil {
		e.record = stored
		e.machine.State, err = stored.Unpack()
		// What entered did so when the epoch began.
		return stored.Input(e.ids, e.ids, e.tally), err
	}
	if !errors.Is(err, collections.ErrNotFound) {
		return input, err
	}
	clock, err := e.Clocks.Get(ctx, e.epoch.TopicId)
	if err != nil {
		return input, err
	}
	last, err := e.frontierOf(ctx, e.epoch.TopicId, clock.FrontierEpoch)
	if err != nil {
		return input, err
	}
	endings, err := e.endings(ctx, e.epoch.TopicId)
	if err != nil {
		return input, err
	}
	seconds := max(sdk.UnwrapSDKContext(ctx).BlockTime().Unix(), 0)
	if e.record, e.machine.State, err = types.NewFrontierEpoch(e.epoch, last, endings, uint64(seconds)); err != nil {
		return input, err
	}
	var before []uint64
	if e.record.Remembers(last) {
		if before, err = e.pinnedSet(ctx, e.epoch.TopicId, last.Epoch); err != nil {
			return input, err
		}
	}
	return e.record.Input(e.ids, before, e.tally), nil
}

// store keeps how far it has come.
func (e *edge) store(ctx context.Context) error {
	e.record.State = e.machine.Encode(nil)
	return e.Frontiers.Set(ctx, collections.Join(e.record.TopicId, e.record.Epoch), e.record)
}

// frontierCost is that of the next step of the frontier.
func (c *closing) frontierCost() uint64 {
	cost := types.ObserveCost(len(c.operators), len(c.set())) + c.assignment.Cost(len(c.set()))
	if c.edge == nil {
		cost += types.FrontierCost(len(c.ids))
	}
	return cost
}

// measure listens to the noise in the tile at hand, or after the last one decides the next window that is due. It reports whether
// none is left.
func (c *closing) measure(ctx context.Context, budget *budget) (whole bool, err error) {
	if err := c.openEdge(ctx); err != nil {
		return false, err
	}
	if int(c.work.Tile) < types.Tiles(len(c.ids)) {
		return false, c.edge.observe(ctx)
	}
	return c.edge.next(ctx, budget)
}

// observe listens to the noise in the tile at hand.
func (e *edge) observe(ctx context.Context) error {
	var reference []uint16
	if id, _ := e.machine.Reference(); id != frontier.Baseline {
		reference = make([]uint16, len(e.operators))
		if err := e.recall.Scores(e.epoch.Number, id, reference); err != nil {
			return err
		}
	}
	if _, err := e.tile(ctx); err != nil {
		return err
	}
	return types.Inconsistent(e.machine.Observe(e.set(), e.sheets.scores.Dense(), reference))
}

// next decides the next window that is due; without one it finds what the epoch pays.
func (e *edge) next(ctx context.Context, budget *budget) (whole bool, err error) {
	e.machine.Listen()
	outcome, more, err := e.machine.Next(e.recall)
	if err != nil {
		return false, err
	}
	if more {
		budget.spend(types.WindowCost() + e.recall.Cells())
		return false, e.decide(ctx, outcome)
	}
	e.record.Finish(&e.machine.State, types.FrontierParams(e.epoch.Scoring))
	e.shares = e.record.Shares
	return true, e.Frontiers.Set(ctx, collections.Join(e.record.TopicId, e.record.Epoch), e.record)
}

// decide keeps what became of a window, and tells it.
func (e *edge) decide(ctx context.Context, o frontier.Outcome) error {
	outcome := types.NewWindowOutcome(e.epoch.TopicId, e.epoch.Number, o)
	if err := e.Windows.Set(ctx, collections.Join3(outcome.TopicId, outcome.Epoch, outcome.ContributionId), outcome); err != nil {
		return err
	}
	return emit(ctx, &types.EventWindowDecided{
		TopicId: outcome.TopicId, Epoch: outcome.Epoch, ContributionId: outcome.ContributionId,
		Verdict: outcome.Verdict, Top: outcome.Top, Gain: outcome.Gain, Threshold: outcome.Threshold,
	})
}

// loadShares gets what the frontier pays of the epoch, when that is known.
func (c *closing) loadShares(ctx context.Context) error {
	if !c.epoch.PaysFrontier() {
		return nil
	}
	record, err := c.Frontiers.Get(ctx, collections.Join(c.epoch.TopicId, c.epoch.Number))
	c.shares = record.Shares
	return err
}

// takeNotice forgets the withdrawals and removals that the epoch's frontier knows of.
func (c *closing) takeNotice(ctx context.Context) error {
	record, err := c.Frontiers.Get(ctx, collections.Join(c.epoch.TopicId, c.epoch.Number))
	if err != nil {
		return err
	}
	for removed, ids := range [][]uint64{record.Withdrawn, record.Removed} {
		for _, id := range ids {
			key := collections.Join(c.epoch.TopicId, id)
			// One that was removed after it had been withdrawn is new.
			if now, err := c.Endings.Get(ctx, key); err != nil || now != (removed == 1) {
				continue
			}
			if err := c.Endings.Remove(ctx, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// frontierOf is what an epoch left of a topic's frontier; empty for epoch 0.
func (k *Keeper) frontierOf(ctx context.Context, topicID, epoch uint64) (types.FrontierEpoch, error) {
	if epoch == 0 {
		return types.FrontierEpoch{}, nil
	}
	return k.Frontiers.Get(ctx, collections.Join(topicID, epoch))
}

// topHolder is the contribution that an epoch must not prune: the holder of the top; 0 for none.
func (k *Keeper) topHolder(ctx context.Context, epoch types.Epoch, clock types.Clock) (uint64, error) {
	if !epoch.PaysFrontier() {
		return 0, nil
	}
	record, err := k.frontierOf(ctx, epoch.TopicId, clock.FrontierEpoch)
	return record.Holder, err
}

// endings are a topic's contributions that were withdrawn or removed since its frontier last took notice, the first
// MaxEndings of them.
func (k *Keeper) endings(ctx context.Context, topicID uint64) ([]types.FrontierEnding, error) {
	var all []types.FrontierEnding
	err := k.Endings.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID), func(key epochKey, removed bool) (bool, error) {
		all = append(all, types.FrontierEnding{TopicId: topicID, ContributionId: key.K2(), Removed: removed})
		return len(all) == types.MaxEndings, nil
	})
	return all, err
}

// deleteFrontier deletes what an epoch's frontier started from. Its own stays for the one that starts from it; of an epoch
// that is void nobody does.
func (k *Keeper) deleteFrontier(ctx context.Context, epoch types.Epoch) error {
	record, err := k.Frontiers.Get(ctx, collections.Join(epoch.TopicId, epoch.Number))
	switch {
	case errors.Is(err, collections.ErrNotFound):
		return nil
	case err != nil:
		return err
	case epoch.Status == types.EPOCH_STATUS_VOID:
		return k.Frontiers.Remove(ctx, collections.Join(epoch.TopicId, epoch.Number))
	default:
		return k.Frontiers.Remove(ctx, collections.Join(epoch.TopicId, record.FromEpoch))
	}
}
