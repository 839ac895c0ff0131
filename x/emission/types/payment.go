// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// NewEpochPayment adds up what an epoch's budget was spent on. The caller has split the
// budget, so that rewards and dividends together are at most the budget.
func NewEpochPayment(topicID, epoch, budget uint64, rewards []Reward, dividends []Dividend) EpochPayment {
	p := EpochPayment{TopicId: topicID, Epoch: epoch, Budget: budget, Rewards: rewards, Dividends: dividends}
	for _, reward := range rewards {
		p.ContributorsSpent += reward.Amount
	}
	for _, dividend := range dividends {
		p.ScoringSpent += dividend.Amount
	}
	p.Carried = budget - p.ContributorsSpent - p.ScoringSpent
	return p
}

// MaturesAt is the epoch of the topic whose payment makes these rewards claimable.
func (p EpochPayment) MaturesAt(params Params) uint64 {
	return p.Epoch + uint64(params.MaturityEpochs)
}

// RewardOf is what the payment gave a contribution, or 0.
func (p EpochPayment) RewardOf(id uint64) uint64 {
	for _, reward := range p.Rewards {
		if reward.ContributionId == id {
			return reward.Amount
		}
	}
	return 0
}

// FillRewards writes what each contribution of a list that rises was given beside it; reward is as long as ids, or empty
// where nobody asks.
func (p EpochPayment) FillRewards(ids, reward []uint64) {
	at := 0
	for _, r := range p.Rewards {
		for at < len(reward) && ids[at] < r.ContributionId {
			at++
		}
		if at < len(reward) && ids[at] == r.ContributionId {
			reward[at] = r.Amount
		}
	}
}

// CheckSums refuses with ErrAccounting a payment that does not add up to the unit.
func (p EpochPayment) CheckSums() error {
	rewards, in, out := math.ZeroInt(), math.ZeroInt(), math.ZeroInt()
	for _, r := range p.Rewards {
		received := toInt(r.Earned).Add(toInt(r.RoyaltiesIn))
		if !received.Equal(toInt(r.RoyaltiesOut).Add(toInt(r.Amount))) {
			return p.wrong("contribution %d earned %d and got %d in royalties, passed on %d and keeps %d", r.ContributionId, r.Earned, r.RoyaltiesIn, r.RoyaltiesOut, r.Amount)
		}
		rewards, in, out = rewards.Add(toInt(r.Amount)), in.Add(toInt(r.RoyaltiesIn)), out.Add(toInt(r.RoyaltiesOut))
	}
	dividends := math.ZeroInt()
	for _, d := range p.Dividends {
		dividends = dividends.Add(toInt(d.Amount))
	}
	spent := rewards.Add(dividends).Add(toInt(p.Carried))
	switch {
	case !in.Equal(out):
		return p.wrong("royalties in are %s, out %s", in, out)
	case !rewards.Equal(toInt(p.ContributorsSpent)):
		return p.wrong("rewards sum to %s, contributors_spent is %d", rewards, p.ContributorsSpent)
	case !dividends.Equal(toInt(p.ScoringSpent)):
		return p.wrong("dividends sum to %s, scoring_spent is %d", dividends, p.ScoringSpent)
	case !spent.Equal(toInt(p.Budget)):
		return p.wrong("rewards, dividends and carried sum to %s, budget is %d", spent, p.Budget)
	}
	return nil
}

func (p EpochPayment) wrong(format string, args ...any) error {
	return errorsmod.Wrapf(errorsmod.Wrapf(ErrAccounting, format, args...), "epoch %d of topic %d", p.Epoch, p.TopicId)
}

func toInt(amount uint64) math.Int { return math.NewIntFromUint64(amount) }
