// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/royalty"
	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/emission/types"
)

// payer goes on with a payment in one block. It goes over contributions by falling id, once: those that were scored,
// those that hold a part of the frontier, those that royalties reach, and those that the last payment still shows. As a parent has a lower id than its child,
// whoever's turn it is has received everything.
type payer struct {
	k        *Keeper
	epoch    scoringtypes.ScoredEpoch
	work     types.PaymentWork
	paid     types.PaidEpochs
	division split.Division
	run      *royalty.Run
	lineage  *lineage
	// scored is the place in epoch.IDs of the next one; -1 for none. incentives are of the tile at hand.
	scored int
	// holder is the place in epoch.Shares of the next one; -1 for none.
	holder     int
	incentives []uint64
	tile       int
	last       lastRewards
}

// openPayer takes a payment up where it was left.
func (k *Keeper) openPayer(ctx context.Context, epoch scoringtypes.ScoredEpoch) (*payer, error) {
	p := &payer{k: k, epoch: epoch, tile: -1}
	var err error
	if p.work, err = k.paymentWork(ctx, epoch); err != nil {
		return nil, err
	}
	if p.paid, err = k.paidEpochs(ctx, epoch.TopicID); err != nil {
		return nil, err
	}
	if p.division, err = split.DivisionFromBytes(p.work.Division); err != nil {
		return nil, errorsmod.Wrap(types.ErrAccounting, err.Error())
	}
	p.run = royalty.Resume(p.work.Waiting())
	held, err := k.heldReader(ctx)
	if err != nil {
		return nil, err
	}
	p.lineage = &lineage{contribution: k.contribution, held: held, ancestors: p.work.Ancestors}
	below, _ := slices.BinarySearch(epoch.IDs, p.work.Below)
	p.scored, p.holder = below-1, types.FindShare(epoch.Shares, p.work.Below)
	p.last = lastRewards{k: k, topicID: epoch.TopicID, epoch: p.paid.Last, below: p.work.Below, at: -1}
	return p, nil
}

// goOn does at most that many pieces, and returns how many it did.
func (p *payer) goOn(ctx context.Context, pieces int) (done int, err error) {
	for ; done < pieces && !p.work.Whole(); done++ {
		if err := p.piece(ctx); err != nil {
			return done, err
		}
	}
	if err := p.last.store(ctx); err != nil {
		return done, err
	}
	p.work.SetWaiting(p.run.Waiting())
	p.work.Ancestors = p.lineage.ancestors
	return done, p.k.PaymentWorks.Set(ctx, p.work.TopicId, p.work)
}

// piece settles the next contributions, as many as a tile has.
func (p *payer) piece(ctx context.Context) error {
	tile := types.RewardTile{TopicId: p.work.TopicId, Epoch: p.work.Epoch, Rewards: make([]types.Reward, 0, p.k.tileSize)}
	for range p.k.tileSize {
		id, before, err := p.next(ctx)
		if err != nil {
			return err
		}
		if id == 0 {
			p.work.Below = 1
			break
		}
		reward, noted, err := p.settle(ctx, id, before)
		if err != nil {
			return err
		}
		if noted {
			tile.Rewards = append(tile.Rewards, reward)
		}
		p.work.Below = id
	}
	if len(tile.Rewards) > 0 {
		slices.Reverse(tile.Rewards)
		if err := p.k.storeTile(ctx, tile); err != nil {
			return err
		}
		packed, err := tile.Marshal()
		if err != nil {
			return err
		}
		if err := emit(ctx, &types.EventRewardsShared{TopicId: tile.TopicId, Epoch: tile.Epoch, Tile: packed}); err != nil {
			return err
		}
	}
	return p.prune(ctx)
}

// prune deletes tiles of which the payment is deleted: as many as are written, and one more.
func (p *payer) prune(ctx context.Context) error {
	oldest, err := p.k.firstPaid(ctx, p.work.TopicId)
	if err != nil || oldest == 0 {
		return err
	}
	return p.k.pruneTiles(ctx, p.work.TopicId, oldest)
}

// next is the highest contribution whose turn has come, 0 for none, and what the last payment shows of it, nil for nothing.
func (p *payer) next(ctx context.Context) (id uint64, before *types.Reward, err error) {
	if before, err = p.last.reward(ctx); err != nil {
		return 0, nil, err
	}
	if p.scored >= 0 {
		id = p.epoch.IDs[p.scored]
	}
	if p.holder >= 0 {
		id = max(id, p.epoch.Shares[p.holder].ContributionId)
	}
	if waiting, found := p.run.Next(); found {
		id = max(id, waiting)
	}
	if before == nil || before.ContributionId < id {
		return id, nil, nil
	}
	return before.ContributionId, before, nil
}

// settle works out what a contribution is given, of which the last payment shows before; false when there is nothing to note of it.
func (p *payer) settle(ctx context.Context, id uint64, before *types.Reward) (reward types.Reward, noted bool, err error) {
	earned, weight, scored, err := p.earned(ctx, id)
	if err != nil {
		return reward, false, err
	}
	flow := p.run.Settle(id, earned, func(id uint64) []royalty.Parent { return p.lineage.parents(ctx, id, scored) })
	if p.lineage.err != nil {
		return reward, false, p.lineage.err
	}
	given := flow.Own+flow.In > 0
	if given {
		if err := p.noteRemoved(ctx, id); err != nil {
			return reward, false, err
		}
	}
	reward = types.Reward{
		ContributionId: id, Earned: flow.Own, RoyaltiesIn: flow.In, RoyaltiesOut: flow.Out, Amount: flow.Net(), EnteredEpoch: p.work.Epoch, Weight: weight,
	}
	switch {
	case before != nil:
		if !given && !scored && before.RewardedEpoch <= p.paid.Mature {
			return reward, false, p.last.leave(ctx)
		}
		reward.Total, reward.EnteredEpoch, reward.RewardedEpoch = before.Total, before.EnteredEpoch, before.RewardedEpoch
		if err := p.last.skip(ctx); err != nil {
			return reward, false, err
		}
	case !given:
		return reward, false, nil
	case !scored:
		if err := p.k.Homes.Set(ctx, collections.Join(id, p.work.TopicId)); err != nil {
			return reward, false, err
		}
	}
	reward.Total += reward.Amount
	if given {
		reward.RewardedEpoch = p.work.Epoch
	}
	return reward, true, nil
}

// noteRemoved notes of a contribution that is given something if it was removed after the epoch ended.
func (p *payer) noteRemoved(ctx context.Context, id uint64) error {
	held, err := p.lineage.held.find(ctx, id)
	if err == nil && held != nil && held.Removed {
		p.work.NoteRemoved(id)
	}
	return err
}

// earned is what a contribution earns itself and by which weight, and whether it was scored.
func (p *payer) earned(ctx context.Context, id uint64) (part, weight uint64, scored bool, err error) {
	if p.epoch.RewardRule == topictypes.REWARD_RULE_FRONTIER {
		part, weight, scored = p.earnedAtTheFrontier(id)
		return part, weight, scored, nil
	}
	if p.scored < 0 || p.epoch.IDs[p.scored] != id {
		return 0, 0, false, nil
	}
	place := p.scored
	p.scored--
	if tile := place / scoringtypes.TileSize; tile != p.tile {
		result, err := p.epoch.Tile(ctx, tile)
		if err != nil {
			return 0, 0, false, err
		}
		p.tile, p.incentives = tile, result.Incentive
	}
	weight = p.incentives[place%scoringtypes.TileSize]
	return p.division.Part(place, weight), weight, true, nil
}

// earnedAtTheFrontier is earned where what a contribution added to the best so far is paid, which need not be scored any more.
func (p *payer) earnedAtTheFrontier(id uint64) (part, weight uint64, scored bool) {
	if p.holder >= 0 && p.epoch.Shares[p.holder].ContributionId == id {
		weight = p.epoch.Shares[p.holder].Total()
		part = p.division.Part(p.holder, weight)
		p.holder--
	}
	if scored = p.scored >= 0 && p.epoch.IDs[p.scored] == id; scored {
		p.scored--
	}
	return part, weight, scored
}
