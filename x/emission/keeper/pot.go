// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// fillPot takes a part from each of a topic's streams for an epoch that is paid, with what
// nobody got of earlier pots. An epoch in which nobody has any incentive takes nothing, nor
// does one while many pots wait to be shared: streams last as many epochs longer. Work is
// bounded by MaxStreams and the size of the scored set.
func (k *Keeper) fillPot(ctx context.Context, topicID, epoch uint64, ids, incentives []uint64) error {
	shares := types.NewPotShares(ids, incentives)
	waits, err := k.turn(ctx, topicID)
	if err != nil || waits || len(shares.ContributionIds) == 0 {
		return err
	}
	taken, err := k.takeParts(ctx, topicID)
	if err != nil {
		return err
	}
	carry, err := k.carry(ctx, topicID)
	if err != nil || taken.coins.IsZero() && !carry.IsWorthSharing() {
		return err
	}
	if err := k.SponsorCarries.Remove(ctx, topicID); err != nil {
		return err
	}
	key := collections.Join(topicID, epoch)
	pot := types.Pot{TopicId: topicID, Epoch: epoch, Coins: taken.coins.Add(carry.Coins...)}
	if err := k.Pots.Set(ctx, key, pot); err != nil {
		return err
	}
	if err := k.PotShares.Set(ctx, key, shares); err != nil {
		return err
	}
	filled := &types.EventPotFilled{TopicId: topicID, Epoch: epoch, Coins: pot.Coins, Carried: carry.Coins, Parts: taken.parts}
	if err := emit(ctx, filled); err != nil {
		return err
	}
	for _, stream := range taken.ended {
		if err := k.endStream(ctx, stream); err != nil {
			return err
		}
	}
	return nil
}

// fillPotOrSay fills a pot, and only says in an event when that fails: an epoch is paid
// whatever becomes of its sponsors' coins. A topic without any costs a few lookups.
func (k *Keeper) fillPotOrSay(ctx context.Context, epoch scoringtypes.ScoredEpoch) error {
	sponsored, err := k.isSponsored(ctx, epoch.TopicID)
	if err != nil || !sponsored {
		return err
	}
	incentives, err := epoch.Incentives(ctx)
	if err != nil {
		return err
	}
	cached, write := sdk.UnwrapSDKContext(ctx).CacheContext()
	ids, weights := types.Weights(epoch, incentives)
	if err := k.fillPot(cached, epoch.TopicID, epoch.Number, ids, weights); err != nil {
		return emit(ctx, &types.EventPotFailed{TopicId: epoch.TopicID, Reason: err.Error()})
	}
	write()
	return nil
}

// isSponsored is whether a topic holds anything of sponsors.
func (k *Keeper) isSponsored(ctx context.Context, topicID uint64) (bool, error) {
	carried, err := k.SponsorCarries.Has(ctx, topicID)
	if err != nil || carried {
		return carried, err
	}
	pots, err := k.pots(ctx, topicID, 1)
	if err != nil || len(pots) > 0 {
		return true, err
	}
	streams, err := k.Streams.Iterate(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID))
	if err != nil {
		return false, err
	}
	found := streams.Valid()
	return found, streams.Close()
}

// turn gives a topic with a ripe pot its turn, and says whether it has as many as may wait.
func (k *Keeper) turn(ctx context.Context, topicID uint64) (waits bool, err error) {
	pots, err := k.pots(ctx, topicID, types.MaxRipePots)
	if err != nil || len(pots) == 0 {
		return false, err
	}
	ripe, err := k.isRipe(ctx, pots[0])
	if err != nil || !ripe {
		return false, err
	}
	if err := k.PotTurns.Set(ctx, topicID); err != nil || len(pots) < types.MaxRipePots {
		return false, err
	}
	return k.isRipe(ctx, pots[len(pots)-1])
}

// takenParts are what streams give to one epoch. ended have no epochs left.
type takenParts struct {
	coins sdk.Coins
	parts []types.StreamPart
	ended []types.Stream
}

// takeParts takes an epoch's part from each stream of a topic.
func (k *Keeper) takeParts(ctx context.Context, topicID uint64) (takenParts, error) {
	streams, err := k.streams(ctx, topicID)
	if err != nil {
		return takenParts{}, err
	}
	var taken takenParts
	for _, stream := range streams {
		part := stream.TakePart()
		taken.coins = taken.coins.Add(part)
		taken.parts = append(taken.parts, types.StreamPart{StreamId: stream.StreamId, Part: part})
		if stream.EpochsLeft == 0 {
			taken.ended = append(taken.ended, stream)
			continue
		}
		if err := k.Streams.Set(ctx, collections.Join(topicID, stream.StreamId), stream); err != nil {
			return takenParts{}, err
		}
	}
	return taken, nil
}

// pots are the oldest of a topic, at most limit.
func (k *Keeper) pots(ctx context.Context, topicID uint64, limit int) ([]types.Pot, error) {
	var all []types.Pot
	err := k.Pots.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID), func(_ collections.Pair[uint64, uint64], pot types.Pot) (bool, error) {
		all = append(all, pot)
		return len(all) == limit, nil
	})
	return all, err
}

// isRipe is whether a pot can be shared: the rewards of its epoch can be claimed.
func (k *Keeper) isRipe(ctx context.Context, pot types.Pot) (bool, error) {
	paid, err := k.paidEpochs(ctx, pot.TopicId)
	return pot.Epoch <= paid.Mature, err
}

// sharePots gives the next contributions their parts of a ripe pot, of one topic a block;
// topics take turns. What fails is left, and the topic's next epoch tries again.
func (k *Keeper) sharePots(ctx context.Context) error {
	topicID, found, err := k.nextTurn(ctx)
	if err != nil || !found {
		return err
	}
	if err := k.LastTurn.Set(ctx, topicID); err != nil {
		return err
	}
	cached, write := sdk.UnwrapSDKContext(ctx).CacheContext()
	more, err := k.sharePot(cached, topicID)
	if err != nil {
		if event := emit(ctx, &types.EventPotFailed{TopicId: topicID, Reason: err.Error()}); event != nil {
			return event
		}
		return k.PotTurns.Remove(ctx, topicID)
	}
	write()
	if more {
		return nil
	}
	return k.PotTurns.Remove(ctx, topicID)
}

// nextTurn is the next topic behind the last one, or the first; false for none.
func (k *Keeper) nextTurn(ctx context.Context) (uint64, bool, error) {
	last, err := k.LastTurn.Get(ctx)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return 0, false, err
	}
	for _, from := range []*collections.Range[uint64]{new(collections.Range[uint64]).StartExclusive(last), nil} {
		var next uint64
		var ranger collections.Ranger[uint64]
		if from != nil {
			ranger = from
		}
		err := k.PotTurns.Walk(ctx, ranger, func(topicID uint64) (bool, error) {
			next = topicID
			return true, nil
		})
		if err != nil || next > 0 {
			return next, err == nil, err
		}
	}
	return 0, false, nil
}

// sharePot goes on with a topic's oldest pot; false says that none is ripe.
func (k *Keeper) sharePot(ctx context.Context, topicID uint64) (more bool, err error) {
	pots, err := k.pots(ctx, topicID, 1)
	if err != nil || len(pots) == 0 {
		return false, err
	}
	pot := pots[0]
	ripe, err := k.isRipe(ctx, pot)
	if err != nil || !ripe {
		return false, err
	}
	key := collections.Join(topicID, pot.Epoch)
	shares, err := k.PotShares.Get(ctx, key)
	if err != nil {
		return false, err
	}
	total := shares.Total()
	for range types.PotPartsPerBlock {
		if int(pot.Next) == len(shares.ContributionIds) {
			break
		}
		part := pot.Part(shares.Incentives[pot.Next], total)
		given, err := k.give(ctx, pot, shares.ContributionIds[pot.Next], part)
		if err != nil {
			return false, err
		}
		pot.Given = pot.Given.Add(given...)
		pot.Next++
	}
	if int(pot.Next) < len(shares.ContributionIds) {
		return true, k.Pots.Set(ctx, key, pot)
	}
	return true, k.emptyPot(ctx, pot)
}

// give adds a contribution's part to what it can claim, and returns what it was given: one
// that is quarantined or removed when its epoch matures is given nothing.
func (k *Keeper) give(ctx context.Context, pot types.Pot, id uint64, part sdk.Coins) (sdk.Coins, error) {
	contribution, err := k.contribution.GetContribution(ctx, id)
	if err != nil {
		return nil, err
	}
	if contribution.Status == contributiontypes.STATUS_QUARANTINED || contribution.Status == contributiontypes.STATUS_REMOVED || part.IsZero() {
		return nil, nil
	}
	account, err := k.sponsored(ctx, id)
	if err != nil {
		return nil, err
	}
	account.Mature = account.Mature.Add(part...)
	if err := k.Sponsored.Set(ctx, id, account); err != nil {
		return nil, err
	}
	return part, emit(ctx, &types.EventSponsoredMatured{ContributionId: id, TopicId: pot.TopicId, Epoch: pot.Epoch, Coins: part})
}

// emptyPot forgets a pot of which everybody was given its part. What nobody got goes into the
// topic's next pot, or to the community pool when there will be none.
func (k *Keeper) emptyPot(ctx context.Context, pot types.Pot) error {
	key := collections.Join(pot.TopicId, pot.Epoch)
	if err := k.Pots.Remove(ctx, key); err != nil {
		return err
	}
	if err := k.PotShares.Remove(ctx, key); err != nil {
		return err
	}
	rest := pot.Rest()
	if rest.IsZero() {
		return nil
	}
	topic, err := k.getTopic(ctx, pot.TopicId)
	if err != nil {
		return err
	}
	if !topic.IsLive() {
		return k.giveToCommunity(ctx, pot, rest)
	}
	carry, err := k.carry(ctx, pot.TopicId)
	if err != nil {
		return err
	}
	carry.Coins = carry.Coins.Add(rest...)
	if err := k.SponsorCarries.Set(ctx, pot.TopicId, carry); err != nil {
		return err
	}
	return emit(ctx, &types.EventSponsoredReturned{TopicId: pot.TopicId, Epoch: pot.Epoch, Coins: rest})
}

// sponsored is what sponsors gave a contribution and was not claimed.
func (k *Keeper) sponsored(ctx context.Context, id uint64) (types.SponsoredAccount, error) {
	account, err := k.Sponsored.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.SponsoredAccount{ContributionId: id}, nil
	}
	return account, err
}
