// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// rewardBooks add up what epochs gave to contributions.
type rewardBooks struct {
	// topics are those that were paid, rising; the maps are looked up and never ranged over.
	topics []PaidEpochs
	paid   map[uint64]PaidEpochs
	// payments are by rising topic and epoch, and sums what their tiles come to.
	payments []EpochPayment
	sums     map[place]*rewardSums
	totals   map[place]math.Int
	// first is the oldest payment of a topic that is kept.
	first map[uint64]uint64
	// waiting are what topics' accounts have that is immature.
	waiting map[uint64]math.Int
	// latest is what the epoch read last says of a contribution in a topic, then what the last mature one did.
	latest, then map[place]Reward
	// held are what accounts have, by contribution.
	held map[uint64]*holding
	// first complaints.
	paymentErr, rewardErr error
}

// place is a topic with an epoch or a contribution of it.
type place struct{ topic, number uint64 }

type rewardSums struct{ amounts, in, out math.Int }

// holding is what one contribution was given, what of it is mature by epochs, and what was paid out.
type holding struct{ given, mature, claimed math.Int }

func newRewardBooks() rewardBooks {
	return rewardBooks{
		paid: map[uint64]PaidEpochs{}, sums: map[place]*rewardSums{}, totals: map[place]math.Int{}, first: map[uint64]uint64{}, waiting: map[uint64]math.Int{},
		latest: map[place]Reward{}, then: map[place]Reward{}, held: map[uint64]*holding{},
	}
}

// AddPaidEpochs adds how far a topic is paid; before its payments and tiles.
func (b *Books) AddPaidEpochs(paid PaidEpochs) {
	b.rewards.paid[paid.TopicId] = paid
	b.rewards.topics = append(b.rewards.topics, paid)
	b.rewards.waiting[paid.TopicId] = math.ZeroInt()
}

// AddPayment adds an epoch's payment; before its tiles, and by rising epoch.
func (b *Books) AddPayment(payment EpochPayment) {
	r := &b.rewards
	complain(&r.paymentErr, payment.CheckSums())
	complain(&r.paymentErr, payment.checkAccrual(b.issuance))
	r.payments = append(r.payments, payment)
	r.totals[place{payment.TopicId, payment.Epoch}] = toInt(payment.ContributorsTotal)
	if _, older := r.first[payment.TopicId]; !older {
		r.first[payment.TopicId] = payment.Epoch
	}
	r.sums[place{payment.TopicId, payment.Epoch}] = &rewardSums{math.ZeroInt(), math.ZeroInt(), math.ZeroInt()}
}

// AddTile adds a tile, by rising topic, epoch and contribution. One whose payment is not whole, or deleted, does not count.
func (b *Books) AddTile(tile RewardTile) {
	sums, whole := b.rewards.sums[place{tile.TopicId, tile.Epoch}]
	if !whole {
		return
	}
	for _, reward := range tile.Rewards {
		sums.amounts = sums.amounts.Add(toInt(reward.Amount))
		sums.in, sums.out = sums.in.Add(toInt(reward.RoyaltiesIn)), sums.out.Add(toInt(reward.RoyaltiesOut))
		b.addReward(tile.TopicId, tile.Epoch, reward)
	}
}

// addReward checks a reward against the one before it, and counts it when it is of the last epoch.
func (b *Books) addReward(topicID, epoch uint64, reward Reward) {
	r, at := &b.rewards, place{topicID, reward.ContributionId}
	complain(&r.rewardErr, reward.CheckSum())
	before, known := r.latest[at]
	complain(&r.rewardErr, reward.checkTotal(epoch, before, known, epoch == r.first[topicID]))
	r.latest[at] = reward
	paid := r.paid[topicID]
	if epoch == paid.Mature {
		r.then[at] = reward
	}
	if epoch != paid.Last || reward.Settled {
		return
	}
	var then *Reward
	if earlier, found := r.then[at]; found {
		then = &earlier
	}
	mature := reward.TotalBy(paid.Mature, then)
	waits := toInt(reward.Total).Sub(toInt(mature))
	b.immature = b.immature.Add(waits)
	r.waiting[topicID] = orZero(r.waiting[topicID]).Add(waits)
	b.mature = b.mature.Add(toInt(mature))
	h := b.holding(reward.ContributionId)
	h.given, h.mature = h.given.Add(toInt(reward.Total)), h.mature.Add(toInt(mature))
}

// checkTotal refuses a total that is not the one before it and what the epoch gave. What precedes the oldest payment that
// is kept is not known.
func (r Reward) checkTotal(epoch uint64, before Reward, known, oldest bool) error {
	want := toInt(r.Amount)
	switch {
	case r.EnteredEpoch == epoch:
	case r.EnteredEpoch < epoch && known && !before.Settled && before.EnteredEpoch == r.EnteredEpoch:
		want = want.Add(toInt(before.Total))
	case r.EnteredEpoch < epoch && oldest && r.Total >= r.Amount:
		want = toInt(r.Total)
	default:
		return errorsmod.Wrapf(ErrAccounting, "contribution %d entered in epoch %d, which does not follow from what was before epoch %d", r.ContributionId, r.EnteredEpoch, epoch)
	}
	if !want.Equal(toInt(r.Total)) || r.RewardedEpoch > epoch || r.Amount > 0 && r.RewardedEpoch != epoch {
		return errorsmod.Wrapf(ErrAccounting, "contribution %d was given %s in all by epoch %d, its total is %d, last rewarded in epoch %d",
			r.ContributionId, want, epoch, r.Total, r.RewardedEpoch)
	}
	return nil
}

// AddSettled adds what a contribution has beside what topics' last payments show; after the tiles.
func (b *Books) AddSettled(account SettledAccount) {
	settled, claimed := toInt(account.Settled), toInt(account.Claimed)
	b.mature = b.mature.Add(settled).Sub(claimed)
	h := b.holding(account.ContributionId)
	h.given, h.mature, h.claimed = h.given.Add(settled), h.mature.Add(settled), h.claimed.Add(claimed)
	if h.claimed.GT(h.mature) {
		complain(&b.rewards.rewardErr, errorsmod.Wrapf(ErrAccounting, "contribution %d was paid %s, and had %s mature", account.ContributionId, h.claimed, h.mature))
	}
}

func (b *Books) holding(id uint64) *holding {
	h, found := b.rewards.held[id]
	if !found {
		h = &holding{math.ZeroInt(), math.ZeroInt(), math.ZeroInt()}
		b.rewards.held[id] = h
	}
	return h
}

func (b *Books) checkPayments() Check {
	const name = "accrued + carried over = budget = rewards + steward's cut + dividends + carried + burnt, for every kept payment"
	for i, p := range b.rewards.payments {
		sums, spent := b.rewards.sums[place{p.TopicId, p.Epoch}], toInt(p.ContributorsSpent)
		switch {
		case b.rewards.paymentErr != nil:
			return check(name, false, "%s", b.rewards.paymentErr)
		case !sums.amounts.Equal(spent) || !sums.in.Equal(sums.out):
			return check(name, false, "rewards of epoch %d of topic %d sum to %s, contributors_spent is %d; royalties in are %s, out %s",
				p.Epoch, p.TopicId, sums.amounts, p.ContributorsSpent, sums.in, sums.out)
		case i > 0 && b.rewards.payments[i-1].TopicId == p.TopicId && !p.follows(b.rewards.payments[i-1]):
			return check(name, false, "contributors_total %d, left_total %d or accrual %v of epoch %d of topic %d does not follow from the payment before", p.ContributorsTotal, p.LeftTotal, p.Accrual, p.Epoch, p.TopicId)
		}
	}
	return check(name, true, "to the unit")
}

func (b *Books) checkRewards() Check {
	const name = "total = total of the epoch before + amount, for every reward"
	if err := b.rewards.rewardErr; err != nil {
		return check(name, false, "%s", err)
	}
	return check(name, true, "to the unit")
}

func (b *Books) checkImmature() Check {
	const name = "immature = rewards of epochs that wait, for every topic"
	for _, paid := range b.rewards.topics {
		last, then := b.givenBy(paid.TopicId, paid.Last), b.givenBy(paid.TopicId, paid.Mature)
		if waits := b.rewards.waiting[paid.TopicId]; !waits.Equal(last.Sub(then)) {
			return check(name, false, "accounts of topic %d hold %s, its epochs after %d gave %s uweal", paid.TopicId, waits, paid.Mature, last.Sub(then))
		}
	}
	return check(name, true, "%s uweal", b.immature)
}

// givenBy is what a topic's epochs up to a kept one gave to contributors; nothing for epoch 0.
func (b *Books) givenBy(topicID, epoch uint64) math.Int {
	return orZero(b.rewards.totals[place{topicID, epoch}])
}

// complain keeps the first error.
func complain(first *error, err error) {
	if *first == nil {
		*first = err
	}
}
