// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// accounts reads what many contributions were given; how far topics are paid and the tiles at hand are read once.
type accounts struct {
	k     *Keeper
	tiles *tileReader
	// paid is by topic; looked up and never ranged over.
	paid map[uint64]types.PaidEpochs
}

func newAccounts(k *Keeper) *accounts {
	return &accounts{k: k, tiles: newTileReader(k), paid: map[uint64]types.PaidEpochs{}}
}

// of is all that a contribution was given, wherever it came from.
func (a *accounts) of(ctx context.Context, id uint64) (types.RewardAccount, error) {
	settled, err := a.k.settledAccount(ctx, id)
	if err != nil {
		return types.RewardAccount{}, err
	}
	homes, err := a.k.homes(ctx, id)
	if err != nil {
		return types.RewardAccount{}, err
	}
	total, mature := settled.Settled, settled.Settled
	for _, topicID := range homes {
		given, ripe, err := a.inTopic(ctx, topicID, id)
		if err != nil {
			return types.RewardAccount{}, err
		}
		total, mature = total+given, mature+ripe
	}
	held, err := a.k.heldAccount(ctx, id)
	if err != nil {
		return types.RewardAccount{}, err
	}
	return types.NewRewardAccount(id, total, mature, settled.Claimed, held), nil
}

// inTopic is what a topic's last payment shows of a contribution, and how much of it is mature.
func (a *accounts) inTopic(ctx context.Context, topicID, id uint64) (total, mature uint64, err error) {
	paid, known := a.paid[topicID]
	if !known {
		if paid, err = a.k.paidEpochs(ctx, topicID); err != nil {
			return 0, 0, err
		}
		a.paid[topicID] = paid
	}
	last, err := a.tiles.find(ctx, topicID, paid.Last, id)
	if err != nil || last == nil || last.Settled {
		return 0, 0, err
	}
	then, err := a.tiles.find(ctx, topicID, paid.Mature, id)
	return last.Total, last.TotalBy(paid.Mature, then), err
}

// homes are the topics, rising, whose last payments may show a contribution: its own, and those in which royalties
// reached it.
func (k *Keeper) homes(ctx context.Context, id uint64) ([]uint64, error) {
	contribution, err := k.contribution.GetContribution(ctx, id)
	if err != nil {
		return nil, err
	}
	topics := []uint64{contribution.TopicId}
	err = k.Homes.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint64](id), func(key collections.Pair[uint64, uint64]) (bool, error) {
		topics = append(topics, key.K2())
		return false, nil
	})
	slices.Sort(topics)
	return slices.Compact(topics), err
}
