// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
)

// claim takes all that is mature for the contributor's contributions in the topics, or in
// all when none is named, and what it has as a steward of them; it pays each contribution's payout or team, and a steward
// itself, one transfer a recipient.
// Work grows with the contributor's own contributions, and its gas with it.
func (k *Keeper) claim(ctx context.Context, contributor sdk.AccAddress, topics []uint64) (*types.EventClaimed, error) {
	c := claim{k: k, claimer: contributor, topics: topics, accounts: newAccounts(k)}
	err := k.contribution.ContributionsOf(ctx, contributor, func(id uint64) (bool, error) {
		return false, c.add(ctx, id)
	})
	if err != nil {
		return nil, err
	}
	if err := c.addCuts(ctx); err != nil {
		return nil, err
	}
	payments := c.payments.List()
	if len(payments) == 0 {
		return nil, k.nothingToClaim(ctx, c)
	}
	recipients, err := k.recipients(payments)
	if err != nil {
		return nil, err
	}
	if err := c.store(ctx); err != nil {
		return nil, err
	}
	for i, recipient := range recipients {
		if err := k.bank.SendCoinsFromModuleToAccount(ctx, types.ModuleName, recipient, payments[i].Coins()); err != nil {
			return nil, err
		}
	}
	return &types.EventClaimed{Payments: payments, Rewards: c.rewards, StewardAccounts: c.cuts}, nil
}

// store notes that everything was paid that the claim takes.
func (c *claim) store(ctx context.Context) error {
	for _, account := range c.taken {
		if err := c.k.SettledAccounts.Set(ctx, account.ContributionId, account); err != nil {
			return err
		}
	}
	for _, id := range c.sponsored {
		if err := c.k.Sponsored.Remove(ctx, id); err != nil {
			return err
		}
	}
	for _, cut := range c.cuts {
		if err := c.k.StewardAccounts.Remove(ctx, collections.Join([]byte(c.claimer), cut.TopicId)); err != nil {
			return err
		}
	}
	return nil
}

// recipients decodes whom to pay, and refuses those that the bank would, before anything is written.
func (k *Keeper) recipients(payments []types.Payment) ([]sdk.AccAddress, error) {
	recipients := make([]sdk.AccAddress, len(payments))
	for i, payment := range payments {
		recipient, err := k.accounts.StringToBytes(payment.Recipient)
		if err != nil {
			return nil, errorsmod.Wrapf(types.ErrBlockedRecipient, "%s: %s", payment.Recipient, err)
		}
		if k.bank.BlockedAddr(recipient) {
			return nil, errorsmod.Wrapf(types.ErrBlockedRecipient,
				"%s is a module's account and may not be paid %s: the rewards stay mature; claim the topics of other contributions by their ids", payment.Recipient, payment.Coins())
		}
		recipients[i] = recipient
	}
	return recipients, nil
}

// claim is one claim while it is added up: nothing is stored until all of it is known.
type claim struct {
	k        *Keeper
	claimer  sdk.AccAddress
	topics   []uint64
	accounts *accounts
	payments types.Payments
	// taken are the accounts after the claim.
	taken []types.SettledAccount
	// sponsored are the contributions of which sponsors' coins are taken.
	sponsored []uint64
	// rewards are what is taken of each contribution.
	rewards []types.ClaimedReward
	// cuts are the steward's accounts that are taken.
	cuts []types.StewardAccount
	// immature is what the same contributions will have later, waiting are those contributions.
	immature uint64
	waiting  []uint64
	// frozen is what they have while frozenID, the last of them, and others are quarantined.
	frozen, frozenID uint64
}

// add takes what is mature for one contribution.
func (c *claim) add(ctx context.Context, id uint64) error {
	total, err := c.accounts.of(ctx, id)
	if err != nil {
		return err
	}
	sponsored, err := c.k.sponsored(ctx, id)
	if err != nil || total.Mature == 0 && total.Immature == 0 && sponsored.Mature.IsZero() {
		return err
	}
	contribution, err := c.k.contribution.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	if _, named := slices.BinarySearch(c.topics, contribution.TopicId); !named && len(c.topics) > 0 {
		return nil
	}
	switch {
	case total.Frozen && total.Immature > 0:
		c.frozen, c.frozenID = c.frozen+total.Immature, id
	case total.Immature > 0:
		c.immature += total.Immature
		c.waiting = append(c.waiting, id)
	}
	if total.Mature > 0 || !sponsored.Mature.IsZero() {
		c.rewards = append(c.rewards, types.ClaimedReward{ContributionId: id, Amount: total.Mature, Sponsored: sponsored.Mature})
	}
	if !sponsored.Mature.IsZero() {
		c.sponsored = append(c.sponsored, id)
		c.payments.AddShared(contribution.Payees(), sponsored.Mature)
	}
	return c.take(ctx, contribution, total.Mature)
}

// take pays an amount, and notes that it was paid.
func (c *claim) take(ctx context.Context, contribution contributiontypes.Contribution, amount uint64) error {
	if amount == 0 {
		return nil
	}
	account, err := c.k.settledAccount(ctx, contribution.Id)
	if err != nil {
		return err
	}
	account.Claimed += amount
	c.taken = append(c.taken, account)
	c.payments.AddSplit(contribution.Payees(), amount)
	return nil
}

// nothingToClaim says how much is immature, and when the first of it matures.
func (k *Keeper) nothingToClaim(ctx context.Context, c claim) error {
	if c.immature == 0 && c.frozen > 0 {
		return errorsmod.Wrapf(types.ErrNothingToClaim,
			"%d uweal are frozen while contribution %d is quarantined: what is mature by then can be claimed once it is released, see `weald query contribution get %d`",
			c.frozen, c.frozenID, c.frozenID)
	}
	if c.immature == 0 {
		return errorsmod.Wrap(types.ErrNothingToClaim, "no contribution of this account, in the topics named, has a reward that is unclaimed: see `weald query emission rewards CONTRIBUTOR`")
	}
	topic, epoch, err := k.nextMaturity(ctx, c.waiting)
	if err != nil {
		return err
	}
	return errorsmod.Wrapf(types.ErrNothingToClaim,
		"%d uweal are immature: the first of them can be claimed once epoch %d of topic %d is paid, or a later one if that is void", c.immature, epoch, topic)
}

// nextMaturity finds the topic and epoch whose payment makes the first reward of ids mature.
// It looks at the payments that wait in their topics, and the transaction pays for that.
func (k *Keeper) nextMaturity(ctx context.Context, ids []uint64) (topic, epoch uint64, err error) {
	for _, id := range ids {
		homes, err := k.homes(ctx, id)
		if err != nil {
			return 0, 0, err
		}
		for _, home := range homes {
			paid, err := k.paidEpochs(ctx, home)
			if err != nil {
				return 0, 0, err
			}
			first, err := k.firstImmature(ctx, paid, id)
			if err != nil {
				return 0, 0, err
			}
			if first > 0 {
				epoch, err = k.maturesWith(ctx, paid, first)
				return home, epoch, err
			}
		}
	}
	return 0, 0, errorsmod.Wrapf(types.ErrAccounting, "contributions %v have immature rewards that no payment has", ids)
}

// firstImmature is the oldest epoch of a topic that is not mature and gave the contribution anything; 0 for none.
func (k *Keeper) firstImmature(ctx context.Context, paid types.PaidEpochs, id uint64) (uint64, error) {
	tiles, first := newTileReader(k), uint64(0)
	immature := collections.NewPrefixedPairRange[uint64, uint64](paid.TopicId).StartExclusive(paid.Mature)
	err := k.Payments.Walk(ctx, immature, func(key collections.Pair[uint64, uint64], _ types.EpochPayment) (bool, error) {
		reward, err := tiles.find(ctx, paid.TopicId, key.K2(), id)
		if err == nil && reward != nil && reward.Amount > 0 {
			first = key.K2()
		}
		return first > 0, err
	})
	return first, err
}
