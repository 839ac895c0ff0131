// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// stewardBp is the most of a budget that the topic's steward has, in basis points; none without a steward.
func stewardBp(topic topictypes.Topic) uint32 {
	if topic.Steward == "" {
		return 0
	}
	return topic.StewardBp
}

// addStewardCut gives a payment's cut to whom it names, who need not be the steward any more.
func (k *Keeper) addStewardCut(ctx context.Context, payment types.EpochPayment) error {
	if payment.StewardCut == 0 {
		return nil
	}
	steward, err := k.accounts.StringToBytes(payment.Steward)
	if err != nil {
		return err
	}
	key := collections.Join(steward, payment.TopicId)
	account, err := k.StewardAccounts.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		account, err = types.StewardAccount{Steward: payment.Steward, TopicId: payment.TopicId}, nil
	}
	if err != nil {
		return err
	}
	account.Mature += payment.StewardCut
	return k.StewardAccounts.Set(ctx, key, account)
}

// addCuts takes what the claimer has as a steward of the claim's topics.
func (c *claim) addCuts(ctx context.Context) error {
	return c.k.StewardAccounts.Walk(ctx, collections.NewPrefixedPairRange[[]byte, uint64](c.claimer),
		func(_ collections.Pair[[]byte, uint64], account types.StewardAccount) (bool, error) {
			if _, named := slices.BinarySearch(c.topics, account.TopicId); named || len(c.topics) == 0 {
				c.cuts = append(c.cuts, account)
				c.payments.Add(account.Steward, account.Mature)
			}
			return false, nil
		})
}
