// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// fund takes a sponsor's coins and begins a stream for each. The fee goes to the community
// pool, so that occupying a topic's streams has a price.
func (k *Keeper) fund(ctx context.Context, sponsor sdk.AccAddress, msg *types.MsgFundTopic) ([]uint64, error) {
	if k.bank.BlockedAddr(sponsor) {
		return nil, errorsmod.Wrapf(types.ErrBlockedRecipient, "%s could not be given back what is left: send from an account that takes coins", msg.Sponsor)
	}
	if err := k.checkMayBeFunded(ctx, msg.TopicId); err != nil {
		return nil, err
	}
	if err := k.checkRoom(ctx, msg.TopicId, msg.Coins); err != nil {
		return nil, err
	}
	params, err := k.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := k.beginStreams(ctx, msg)
	if err != nil {
		return nil, err
	}
	if err := k.bank.SendCoinsFromAccountToModule(ctx, sponsor, types.ModuleName, msg.Coins); err != nil {
		return nil, err
	}
	if fee := msg.Fee(params); fee > 0 {
		return ids, k.distribution.FundCommunityPool(ctx, types.Coins(fee), sponsor)
	}
	return ids, nil
}

// checkMayBeFunded refuses a topic that pays nobody.
func (k *Keeper) checkMayBeFunded(ctx context.Context, topicID uint64) error {
	topic, err := k.getTopic(ctx, topicID)
	switch {
	case err != nil:
		return err
	case topic.Sandbox:
		return errorsmod.Wrapf(types.ErrInvalidFunding, "topic %d is a sandbox, a place to practise: fund a paid topic", topicID)
	case !topic.IsLive():
		return errorsmod.Wrapf(types.ErrInvalidFunding, "topic %d is retired: fund a topic that lives", topicID)
	}
	return nil
}

// checkRoom refuses more streams or denoms than a topic may have.
func (k *Keeper) checkRoom(ctx context.Context, topicID uint64, coins sdk.Coins) error {
	streams, err := k.streams(ctx, topicID)
	if err != nil {
		return err
	}
	denoms := coins.Denoms()
	for _, stream := range streams {
		if !slices.Contains(denoms, stream.Left.Denom) {
			denoms = append(denoms, stream.Left.Denom)
		}
	}
	switch {
	case len(streams)+len(coins) > types.MaxStreams:
		return errorsmod.Wrapf(types.ErrTooManyStreams, "topic %d would have %d streams, expected at most %d: wait until one ends, see `weald query emission streams`", topicID, len(streams)+len(coins), types.MaxStreams)
	case len(denoms) > types.MaxStreamDenoms:
		return errorsmod.Wrapf(types.ErrTooManyStreams, "topic %d would have streams of %d denoms, expected at most %d: give a denom that it has, see `weald query emission streams`", topicID, len(denoms), types.MaxStreamDenoms)
	}
	return nil
}

// streams of a topic, by id; at most MaxStreams.
func (k *Keeper) streams(ctx context.Context, topicID uint64) ([]types.Stream, error) {
	var all []types.Stream
	err := k.Streams.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID), func(_ collections.Pair[uint64, uint64], s types.Stream) (bool, error) {
		all = append(all, s)
		return false, nil
	})
	return all, err
}

func (k *Keeper) beginStreams(ctx context.Context, msg *types.MsgFundTopic) ([]uint64, error) {
	next, err := k.NextStream.Get(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uint64, len(msg.Coins))
	for i, coin := range msg.Coins {
		stream := types.Stream{StreamId: next, TopicId: msg.TopicId, Sponsor: msg.Sponsor, Left: coin, EpochsLeft: msg.Epochs}
		if err := k.Streams.Set(ctx, collections.Join(stream.TopicId, stream.StreamId), stream); err != nil {
			return nil, err
		}
		if err := emit(ctx, &types.EventTopicFunded{Stream: stream}); err != nil {
			return nil, err
		}
		ids[i] = next
		next++
	}
	return ids, k.NextStream.Set(ctx, next)
}

// endStreams ends some streams of a topic before their last epoch.
func (k *Keeper) endStreams(ctx context.Context, topicID uint64, ids []uint64) error {
	for _, id := range ids {
		stream, err := k.Streams.Get(ctx, collections.Join(topicID, id))
		if errors.Is(err, collections.ErrNotFound) {
			return errorsmod.Wrapf(types.ErrStreamNotFound, "topic %d has no stream %d: list them with `weald query emission streams %d`", topicID, id, topicID)
		}
		if err != nil {
			return err
		}
		if err := k.refund(ctx, stream); err != nil {
			return err
		}
	}
	return nil
}

// endSponsoring gives back to sponsors what a topic that is retired will not need. What is in
// its pots is the contributors' and is shared soon; what nobody got goes to the community pool.
func (k *Keeper) endSponsoring(ctx context.Context, topicID uint64) error {
	streams, err := k.streams(ctx, topicID)
	if err != nil {
		return err
	}
	for _, stream := range streams {
		if err := k.refund(ctx, stream); err != nil {
			return err
		}
	}
	carry, err := k.carry(ctx, topicID)
	if err != nil {
		return err
	}
	if !carry.Coins.IsZero() {
		if err := k.SponsorCarries.Remove(ctx, topicID); err != nil {
			return err
		}
		if err := k.giveToCommunity(ctx, types.Pot{TopicId: topicID}, carry.Coins); err != nil {
			return err
		}
	}
	pots, err := k.pots(ctx, topicID, 1)
	if err != nil || len(pots) == 0 {
		return err
	}
	return k.PotTurns.Set(ctx, topicID)
}

// refund ends a stream and sends what is left to its sponsor, who took coins when it began.
func (k *Keeper) refund(ctx context.Context, stream types.Stream) error {
	sponsor, err := k.accounts.StringToBytes(stream.Sponsor)
	if err != nil {
		return err
	}
	if err := k.endStream(ctx, stream); err != nil {
		return err
	}
	return k.bank.SendCoinsFromModuleToAccount(ctx, types.ModuleName, sponsor, sdk.NewCoins(stream.Left))
}

// endStream forgets a stream.
func (k *Keeper) endStream(ctx context.Context, stream types.Stream) error {
	if err := k.Streams.Remove(ctx, collections.Join(stream.TopicId, stream.StreamId)); err != nil {
		return err
	}
	return emit(ctx, &types.EventStreamEnded{StreamId: stream.StreamId, TopicId: stream.TopicId, Sponsor: stream.Sponsor, Refund: stream.Left})
}

// carry is what nobody got of a topic's pots.
func (k *Keeper) carry(ctx context.Context, topicID uint64) (types.SponsorCarry, error) {
	carry, err := k.SponsorCarries.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		return types.SponsorCarry{TopicId: topicID}, nil
	}
	return carry, err
}

// giveToCommunity gives what nobody got of a pot, or of a topic's carry, to the community pool.
func (k *Keeper) giveToCommunity(ctx context.Context, pot types.Pot, coins sdk.Coins) error {
	if err := k.distribution.FundCommunityPool(ctx, coins, k.address()); err != nil {
		return err
	}
	return emit(ctx, &types.EventSponsoredReturned{TopicId: pot.TopicId, Epoch: pot.Epoch, Coins: coins, ToCommunity: true})
}

// heldForSponsors is all that the module's account holds of sponsors' coins.
func (k *Keeper) heldForSponsors(ctx context.Context) (sdk.Coins, error) {
	sum := sdk.NewMapCoins(nil)
	if err := each(ctx, k.Streams, func(s types.Stream) { sum.Add(s.Left) }); err != nil {
		return nil, err
	}
	if err := each(ctx, k.Pots, func(p types.Pot) { sum.Add(p.Rest()...) }); err != nil {
		return nil, err
	}
	if err := each(ctx, k.SponsorCarries, func(c types.SponsorCarry) { sum.Add(c.Coins...) }); err != nil {
		return nil, err
	}
	err := each(ctx, k.Sponsored, func(a types.SponsoredAccount) { sum.Add(a.Mature...) })
	return sum.ToCoins(), err
}

// checkSponsored compares what the module's account holds of other denoms than the chain's
// own, all of which are sponsors', with what it owes.
func (k *Keeper) checkSponsored(ctx context.Context, owed sdk.Coins) types.Check {
	other := func(coins sdk.Coins) sdk.Coins {
		return slices.DeleteFunc(slices.Clone(coins), func(c sdk.Coin) bool { return c.Denom == types.Denom })
	}
	held, due := other(k.bank.GetAllBalances(ctx, k.address())), other(owed)
	return types.Check{Name: "balances of other denoms = streams + pots + carries + unclaimed", Ok: held.Equal(due), Detail: "balances " + held.String() + ", owed " + due.String()}
}

// uwealOf is the part of coins that is of the chain's own denom.
func uwealOf(coins sdk.Coins) math.Int { return coins.AmountOf(types.Denom) }
