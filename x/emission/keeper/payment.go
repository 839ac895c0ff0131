// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"

	"github.com/weal-network/weal/x/emission/types"
)

// PayEpoch spends what a topic has accrued on a scored epoch: rewards to contributors, which
// wait to mature, and dividends to validators, which x/distribution holds from now on. What
// nobody earned stays in the topic. It fills in the result's reward. Work and writes are bounded by the size of the scored set.
func (k *Keeper) PayEpoch(ctx context.Context, result scoringtypes.EpochResult) error {
	if err := k.checkPayable(ctx, result); err != nil {
		return err
	}
	params, err := k.Params.Get(ctx)
	if err != nil {
		return err
	}
	payment, err := k.spend(ctx, params, result)
	if err != nil {
		return err
	}
	payment.FillRewards(result.ContributionIds, result.Reward)
	row, err := k.credit(ctx, payment)
	if err != nil {
		return err
	}
	if err := k.storePayment(ctx, payment); err != nil {
		return err
	}
	if err := k.mature(ctx, params, &row, payment.Epoch); err != nil {
		return err
	}
	if err := k.spill(ctx, &row, result.ContributionIds); err != nil {
		return err
	}
	return k.prune(ctx, params, payment.TopicId, payment.Epoch)
}

// checkPayable refuses a result that is malformed or was paid.
func (k *Keeper) checkPayable(ctx context.Context, result scoringtypes.EpochResult) error {
	if err := types.CheckResult(result); err != nil {
		return err
	}
	last, err := k.lastPaid(ctx, result.TopicId)
	if err != nil {
		return err
	}
	if result.Epoch <= last {
		return errorsmod.Wrapf(types.ErrEpochPaid, "epoch %d of topic %d, the last one paid is %d", result.Epoch, result.TopicId, last)
	}
	return nil
}

// spend settles the topic's account and splits it, pays the dividends, and leaves what
// nobody earned in the account.
func (k *Keeper) spend(ctx context.Context, params types.Params, result scoringtypes.EpochResult) (types.EpochPayment, error) {
	account, err := k.topicAccount(ctx, result.TopicId)
	if err != nil {
		return types.EpochPayment{}, err
	}
	parts := split.BasisPoints(account.Accrued, params.BudgetShares()...)
	rewards, err := k.rewards(ctx, parts[0], result)
	if err != nil {
		return types.EpochPayment{}, err
	}
	dividends, err := k.payDividends(ctx, parts[1], result.Validators)
	if err != nil {
		return types.EpochPayment{}, err
	}
	payment := types.NewEpochPayment(result.TopicId, result.Epoch, account.Accrued, rewards, dividends)
	account.Accrued = payment.Carried
	return payment, k.TopicAccounts.Set(ctx, account.TopicId, account)
}

// storePayment keeps the payment and queues it to mature.
func (k *Keeper) storePayment(ctx context.Context, payment types.EpochPayment) error {
	key := collections.Join(payment.TopicId, payment.Epoch)
	if err := k.Payments.Set(ctx, key, payment); err != nil {
		return err
	}
	if err := k.Unmatured.Set(ctx, key); err != nil {
		return err
	}
	return emit(ctx, &types.EventEpochPaid{
		TopicId: payment.TopicId, Epoch: payment.Epoch, Budget: payment.Budget,
		ContributorsSpent: payment.ContributorsSpent, ScoringSpent: payment.ScoringSpent, Carried: payment.Carried,
	})
}

// lastPaid is the last epoch of the topic that was paid; 0 for none.
func (k *Keeper) lastPaid(ctx context.Context, topicID uint64) (uint64, error) {
	newest := collections.NewPrefixedPairRange[uint64, uint64](topicID).Descending()
	payments, err := k.Payments.Iterate(ctx, newest)
	if err != nil {
		return 0, err
	}
	defer payments.Close() //nolint:errcheck // an iterator that only read has nothing to lose
	if !payments.Valid() {
		return 0, nil
	}
	key, err := payments.Key()
	if err != nil {
		return 0, err
	}
	return key.K2(), nil
}

// prune deletes payments of more than keep_epochs ago, the oldest first and a bounded number.
// One whose rewards are still immature is needed, so it and those after it stay.
func (k *Keeper) prune(ctx context.Context, params types.Params, topicID, epoch uint64) error {
	keep := uint64(params.KeepEpochs)
	if epoch <= keep {
		return nil
	}
	old, err := k.oldPayments(ctx, topicID, epoch-keep)
	if err != nil {
		return err
	}
	for _, key := range old {
		if err := k.Payments.Remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// oldPayments are the oldest up to an epoch, a bounded number and matured.
func (k *Keeper) oldPayments(ctx context.Context, topicID, last uint64) ([]collections.Pair[uint64, uint64], error) {
	payments, err := k.Payments.Iterate(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID).EndInclusive(last))
	if err != nil {
		return nil, err
	}
	defer payments.Close() //nolint:errcheck // an iterator that only read has nothing to lose
	var old []collections.Pair[uint64, uint64]
	for ; payments.Valid() && len(old) < types.MaxPrunedPerPayment; payments.Next() {
		key, err := payments.Key()
		if err != nil {
			return nil, err
		}
		waits, err := k.Unmatured.Has(ctx, key)
		if err != nil {
			return nil, err
		}
		if waits {
			break
		}
		old = append(old, key)
	}
	return old, nil
}
