// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"

	"github.com/weal-network/weal/x/emission/types"
)

// beginPayment shares the contributors' part of what a topic has accrued. Nothing is taken yet: the topic
// holds its budget until the payment is whole.
func (k *Keeper) beginPayment(ctx context.Context, epoch scoringtypes.ScoredEpoch) error {
	paid, err := k.paidEpochs(ctx, epoch.TopicID)
	if err != nil {
		return err
	}
	if epoch.Number <= paid.Last {
		return errorsmod.Wrapf(types.ErrEpochPaid, "epoch %d of topic %d, the last one paid is %d", epoch.Number, epoch.TopicID, paid.Last)
	}
	incentives, err := epoch.Incentives(ctx)
	if err != nil {
		return err
	}
	if err := types.CheckResult(epoch.IDs, incentives); err != nil {
		return err
	}
	if err := types.CheckShares(epoch); err != nil {
		return err
	}
	account, err := k.topicAccount(ctx, epoch.TopicID)
	if err != nil {
		return err
	}
	params, err := k.paramsOf(ctx, epoch.TopicID, epoch.Number)
	if err != nil {
		return err
	}
	accrual, err := k.accrual(ctx, account, epoch.Number)
	if err != nil {
		return err
	}
	topic, err := k.getTopic(ctx, epoch.TopicID)
	if err != nil {
		return err
	}
	budget := types.NewBudget(account.Accrued, params.ContributorsBp, stewardBp(topic))
	division, err := types.ShareRewards(epoch, budget.Contributors, incentives)
	if err != nil {
		return errorsmod.Wrapf(err, "topic %d", epoch.TopicID)
	}
	if err := k.prunePayments(ctx, params, paid, epoch.Number); err != nil {
		return err
	}
	return k.PaymentWorks.Set(ctx, epoch.TopicID, types.NewPaymentWork(epoch.TopicID, epoch.Number, accrual, budget, division, topic.Steward, params.CarryEpochs))
}

// accrual is where the budget of a topic's epoch comes from, given its account.
func (k *Keeper) accrual(ctx context.Context, account types.TopicAccount, epoch uint64) (types.Accrual, error) {
	issuance, err := k.Issuance.Get(ctx)
	if err != nil {
		return types.Accrual{}, err
	}
	before, err := k.paymentBy(ctx, account.TopicId, epoch-1)
	return types.NewAccrual(issuance, account, before), err
}

// paymentWork is the payment of an epoch that has begun.
func (k *Keeper) paymentWork(ctx context.Context, epoch scoringtypes.ScoredEpoch) (types.PaymentWork, error) {
	work, err := k.PaymentWorks.Get(ctx, epoch.TopicID)
	if errors.Is(err, collections.ErrNotFound) || err == nil && work.Epoch != epoch.Number {
		return work, errorsmod.Wrapf(types.ErrAccounting, "the payment of epoch %d of topic %d has not begun", epoch.Number, epoch.TopicID)
	}
	return work, err
}

// finishPayment makes a payment count, at once: the rewards are the topic's latest, older ones are mature, dividends go
// to x/distribution, and what nobody earned stays in the topic, or is burnt when it was carried for long enough.
func (k *Keeper) finishPayment(ctx context.Context, epoch scoringtypes.ScoredEpoch) error {
	work, err := k.paymentWork(ctx, epoch)
	if err != nil {
		return err
	}
	if !work.Whole() {
		return errorsmod.Wrapf(types.ErrAccounting, "the payment of epoch %d of topic %d has come to contribution %d only", work.Epoch, work.TopicId, work.Below)
	}
	if err := types.CheckDividends(epoch.Validators); err != nil {
		return err
	}
	payment, err := k.spend(ctx, work, epoch)
	if err != nil {
		return err
	}
	if err := k.PaymentWorks.Remove(ctx, work.TopicId); err != nil {
		return err
	}
	if err := k.storePayment(ctx, payment); err != nil {
		return err
	}
	return k.takeBackFrom(ctx, work.Removed)
}

// spend takes what an epoch gives out of the topic's account, and pays the dividends.
func (k *Keeper) spend(ctx context.Context, work types.PaymentWork, epoch scoringtypes.ScoredEpoch) (types.EpochPayment, error) {
	division, err := split.DivisionFromBytes(work.Division)
	if err != nil {
		return types.EpochPayment{}, errorsmod.Wrap(types.ErrAccounting, err.Error())
	}
	account, err := k.topicAccount(ctx, work.TopicId)
	if err != nil {
		return types.EpochPayment{}, err
	}
	before, carriedSince, err := k.earlierPayments(ctx, work)
	if err != nil {
		return types.EpochPayment{}, err
	}
	dividends, err := k.payDividends(ctx, work.Budget-work.ContributorsPart, epoch.Validators)
	if err != nil {
		return types.EpochPayment{}, err
	}
	payment := types.NewEpochPayment(work, division, before, carriedSince, dividends)
	account.Accrued -= payment.Left()
	if err := k.addStewardCut(ctx, payment); err != nil {
		return types.EpochPayment{}, err
	}
	if payment.Burnt > 0 {
		if err := k.bank.BurnCoins(ctx, types.ModuleName, types.Coins(payment.Burnt)); err != nil {
			return types.EpochPayment{}, err
		}
	}
	return payment, k.TopicAccounts.Set(ctx, account.TopicId, account)
}

// storePayment keeps the payment and moves the topic on to it.
func (k *Keeper) storePayment(ctx context.Context, payment types.EpochPayment) error {
	if err := k.Payments.Set(ctx, collections.Join(payment.TopicId, payment.Epoch), payment); err != nil {
		return err
	}
	err := emit(ctx, &types.EventEpochPaid{
		TopicId: payment.TopicId, Epoch: payment.Epoch, Budget: payment.Budget,
		ContributorsSpent: payment.ContributorsSpent, ScoringSpent: payment.ScoringSpent, Carried: payment.Carried, Burnt: payment.Burnt,
		Steward: payment.Steward, StewardCut: payment.StewardCut, Dividends: payment.Dividends,
	})
	if err != nil {
		return err
	}
	paid, err := k.paidEpochs(ctx, payment.TopicId)
	if err != nil {
		return err
	}
	paid.Last = payment.Epoch
	return k.mature(ctx, paid)
}

// paidEpochs is how far a topic is paid.
func (k *Keeper) paidEpochs(ctx context.Context, topicID uint64) (types.PaidEpochs, error) {
	paid, err := k.PaidEpochs.Get(ctx, topicID)
	if errors.Is(err, collections.ErrNotFound) {
		return types.PaidEpochs{TopicId: topicID}, nil
	}
	return paid, err
}

// earlierPayments are the topic's payment before the one at work, and the last of those that are carry_epochs older or more;
// zero where there is none.
func (k *Keeper) earlierPayments(ctx context.Context, work types.PaymentWork) (before, carriedSince types.EpochPayment, err error) {
	if before, err = k.paymentBy(ctx, work.TopicId, work.Epoch-1); err != nil || work.Epoch <= uint64(work.CarryEpochs) {
		return before, carriedSince, err
	}
	carriedSince, err = k.paymentBy(ctx, work.TopicId, work.Epoch-uint64(work.CarryEpochs))
	return before, carriedSince, err
}

// paymentBy is a topic's last payment of those up to an epoch; zero for none.
func (k *Keeper) paymentBy(ctx context.Context, topicID, epoch uint64) (types.EpochPayment, error) {
	last, err := k.paidBy(ctx, topicID, epoch)
	if err != nil || last == 0 {
		return types.EpochPayment{}, err
	}
	return k.Payments.Get(ctx, collections.Join(topicID, last))
}

// prunePayments deletes payments of more than keep_epochs before an epoch, the oldest first and a bounded number; never
// the last that is mature nor the last that is carry_epochs older, nor a later one. Their rewards are deleted as new ones are written.
func (k *Keeper) prunePayments(ctx context.Context, params types.Params, paid types.PaidEpochs, epoch uint64) error {
	keep := uint64(params.KeepEpochs)
	if epoch <= keep || paid.Mature == 0 {
		return nil
	}
	carriedSince, err := k.paidBy(ctx, paid.TopicId, epoch-uint64(params.CarryEpochs))
	if err != nil || carriedSince == 0 {
		return err
	}
	last := min(epoch-keep, paid.Mature-1, carriedSince-1)
	payments, err := k.Payments.Iterate(ctx, collections.NewPrefixedPairRange[uint64, uint64](paid.TopicId).EndInclusive(last))
	if err != nil {
		return err
	}
	var old []collections.Pair[uint64, uint64]
	for ; payments.Valid() && len(old) < types.MaxPrunedPerPayment; payments.Next() {
		key, err := payments.Key()
		if err != nil {
			return errors.Join(err, payments.Close())
		}
		old = append(old, key)
	}
	if err := payments.Close(); err != nil {
		return err
	}
	for _, key := range old {
		if err := k.Payments.Remove(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// firstPaid is the oldest epoch of a topic whose payment is kept; 0 for none.
func (k *Keeper) firstPaid(ctx context.Context, topicID uint64) (uint64, error) {
	payments, err := k.Payments.Iterate(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID))
	if err != nil {
		return 0, err
	}
	defer payments.Close() //nolint:errcheck // an iterator that only read has nothing to lose
	if !payments.Valid() {
		return 0, nil
	}
	key, err := payments.Key()
	return key.K2(), err
}
