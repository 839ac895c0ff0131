// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/emission/types"
)

// initSponsoring takes over what sponsors gave and nobody has claimed; the bank must have it.
func (k *Keeper) initSponsoring(ctx context.Context, state *types.Sponsoring) error {
	if state == nil {
		state = &types.Sponsoring{NextStreamId: 1}
	}
	if err := k.NextStream.Set(ctx, state.NextStreamId); err != nil {
		return err
	}
	for _, stream := range state.Streams {
		if _, err := k.accounts.StringToBytes(stream.Sponsor); err != nil {
			return errorsmod.Wrapf(types.ErrInvalidGenesis, "sponsor %q of stream %d: %s", stream.Sponsor, stream.StreamId, err)
		}
		if err := k.Streams.Set(ctx, collections.Join(stream.TopicId, stream.StreamId), stream); err != nil {
			return err
		}
	}
	for _, entry := range state.Pots {
		key := collections.Join(entry.Pot.TopicId, entry.Pot.Epoch)
		if err := errors.Join(k.Pots.Set(ctx, key, entry.Pot), k.PotShares.Set(ctx, key, entry.Shares)); err != nil {
			return err
		}
	}
	for _, account := range state.Accounts {
		if err := k.Sponsored.Set(ctx, account.ContributionId, account); err != nil {
			return err
		}
	}
	for _, carry := range state.Carries {
		if err := k.SponsorCarries.Set(ctx, carry.TopicId, carry); err != nil {
			return err
		}
	}
	for _, topicID := range state.Turns {
		if err := k.PotTurns.Set(ctx, topicID); err != nil {
			return err
		}
	}
	if state.LastTurn == 0 {
		return nil
	}
	return k.LastTurn.Set(ctx, state.LastTurn)
}

func (k *Keeper) exportSponsoring(ctx context.Context) (*types.Sponsoring, error) {
	state := &types.Sponsoring{}
	var err error
	if state.NextStreamId, err = k.NextStream.Get(ctx); err != nil {
		return nil, err
	}
	if state.Streams, err = values(ctx, k.Streams); err != nil {
		return nil, err
	}
	err = k.Pots.Walk(ctx, nil, func(key collections.Pair[uint64, uint64], pot types.Pot) (bool, error) {
		shares, err := k.PotShares.Get(ctx, key)
		state.Pots = append(state.Pots, types.PotEntry{Pot: pot, Shares: shares})
		return false, err
	})
	if err != nil {
		return nil, err
	}
	if state.Accounts, err = values(ctx, k.Sponsored); err != nil {
		return nil, err
	}
	if state.Carries, err = values(ctx, k.SponsorCarries); err != nil {
		return nil, err
	}
	err = k.PotTurns.Walk(ctx, nil, func(topicID uint64) (bool, error) {
		state.Turns = append(state.Turns, topicID)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	last, err := ifThere(ctx, k.LastTurn)
	if last != nil {
		state.LastTurn = *last
	}
	return state, err
}
