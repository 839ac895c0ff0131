// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/royalty"
	"github.com/weal-network/weal/pkg/split"
)

// NewPaymentWork begins to pay an epoch: division shares the contributors' part of the budget without what may be the
// steward's; what nobody earns is carried for carryEpochs.
func NewPaymentWork(topicID, epoch uint64, accrual Accrual, budget Budget, division split.Division, steward string, carryEpochs uint32) PaymentWork {
	work := PaymentWork{
		TopicId: topicID, Epoch: epoch, Accrual: accrual, Budget: budget.Total(), ContributorsPart: budget.Contributors + budget.Steward, Division: division.Bytes(), Below: Top,
		CarryEpochs: carryEpochs, StewardCut: budget.StewardCut(division.Total()),
	}
	if work.StewardCut > 0 {
		work.Steward = steward
	}
	return work
}

// Top is above every contribution.
const Top = ^uint64(0)

// Whole reports whether all contributions are settled.
func (w PaymentWork) Whole() bool { return w.Below == 1 }

// NoteRemoved notes that a contribution was removed.
func (w *PaymentWork) NoteRemoved(id uint64) {
	if !slices.Contains(w.Removed, id) {
		w.Removed = append(w.Removed, id)
	}
}

// Waiting are the royalties that wait, by falling id.
func (w PaymentWork) Waiting() []royalty.Reward {
	waiting := make([]royalty.Reward, len(w.Royalties))
	for i, r := range w.Royalties {
		waiting[i] = royalty.Reward{ID: r.ContributionId, Amount: r.Amount}
	}
	return waiting
}

// SetWaiting keeps the royalties that wait.
func (w *PaymentWork) SetWaiting(waiting []royalty.Reward) {
	w.Royalties = make([]WaitingRoyalty, len(waiting))
	for i, r := range waiting {
		w.Royalties[i] = WaitingRoyalty{ContributionId: r.ID, Amount: r.Amount}
	}
}

// NewEpochPayment adds up what an epoch's budget was spent on, given how its contributors' part was shared, the topic's payment
// before it, and the last one that is carry_epochs older or more; either is zero where there is none. The caller has split the
// budget, so that all together is at most the budget.
func NewEpochPayment(work PaymentWork, division split.Division, before, carriedSince EpochPayment, dividends []Dividend) EpochPayment {
	contributorsSpent := division.Total()
	p := EpochPayment{
		ContributorsPart: work.ContributorsPart, Weights: division.Weights(), Accrual: work.Accrual,
		TopicId: work.TopicId, Epoch: work.Epoch, Budget: work.Budget, Dividends: dividends,
		ContributorsSpent: contributorsSpent, ContributorsTotal: before.ContributorsTotal + contributorsSpent,
		Steward: work.Steward, StewardCut: work.StewardCut,
	}
	for _, dividend := range dividends {
		p.ScoringSpent += dividend.Amount
	}
	p.LeftTotal = before.LeftTotal + p.ContributorsSpent + p.StewardCut + p.ScoringSpent
	p.Burnt = carriedSince.stillCarried(p.LeftTotal)
	p.LeftTotal += p.Burnt
	p.Carried = p.Budget - p.Left()
	return p
}

// Left is what left the topic's account with the payment.
func (p EpochPayment) Left() uint64 {
	return p.ContributorsSpent + p.StewardCut + p.ScoringSpent + p.Burnt
}

// stillCarried is how much of what the payment carried the topic still holds, when all that has left it comes to leftTotal: what is
// oldest leaves first. It is at most what the topic holds.
func (p EpochPayment) stillCarried(leftTotal uint64) uint64 {
	return p.Carried - min(p.Carried, leftTotal-p.LeftTotal)
}

// CheckSums refuses with ErrAccounting a payment that does not add up to the unit.
func (p EpochPayment) CheckSums() error {
	dividends := math.ZeroInt()
	for _, d := range p.Dividends {
		dividends = dividends.Add(toInt(d.Amount))
	}
	spent := toInt(p.ContributorsSpent).Add(toInt(p.StewardCut)).Add(dividends).Add(toInt(p.Carried)).Add(toInt(p.Burnt))
	switch {
	case !dividends.Equal(toInt(p.ScoringSpent)):
		return p.wrong("dividends sum to %s, scoring_spent is %d", dividends, p.ScoringSpent)
	case !spent.Equal(toInt(p.Budget)):
		return p.wrong("rewards, steward's cut, dividends, carried and burnt sum to %s, budget is %d", spent, p.Budget)
	case (p.StewardCut > 0) != (p.Steward != ""):
		return p.wrong("steward %q was given %d, expected a steward and an amount or neither", p.Steward, p.StewardCut)
	}
	return nil
}

// follows reports whether the totals are those of the topic's payment before and what this one spent.
func (p EpochPayment) follows(before EpochPayment) bool {
	left := toInt(before.LeftTotal).Add(toInt(p.ContributorsSpent)).Add(toInt(p.StewardCut)).Add(toInt(p.ScoringSpent)).Add(toInt(p.Burnt))
	return toInt(before.ContributorsTotal).Add(toInt(p.ContributorsSpent)).Equal(toInt(p.ContributorsTotal)) && left.Equal(toInt(p.LeftTotal)) && p.accrualFollows(before)
}

// CheckSum refuses with ErrAccounting a reward that does not add up to the unit.
func (r Reward) CheckSum() error {
	received := toInt(r.Earned).Add(toInt(r.RoyaltiesIn))
	if !received.Equal(toInt(r.RoyaltiesOut).Add(toInt(r.Amount))) {
		return errorsmod.Wrapf(ErrAccounting, "contribution %d earned %d and got %d in royalties, passed on %d and keeps %d",
			r.ContributionId, r.Earned, r.RoyaltiesIn, r.RoyaltiesOut, r.Amount)
	}
	return nil
}

func (p EpochPayment) wrong(format string, args ...any) error {
	return errorsmod.Wrapf(errorsmod.Wrapf(ErrAccounting, format, args...), "epoch %d of topic %d", p.Epoch, p.TopicId)
}

func toInt(amount uint64) math.Int { return math.NewIntFromUint64(amount) }
