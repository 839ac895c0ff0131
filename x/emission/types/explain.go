// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"
	"strings"

	"github.com/weal-network/weal/pkg/split"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
)

// Explain shows the way of what a payment gave a contribution: reward is what its tile says, or nil, payees whom its
// rewards go to now, account all that it has, paid how far the topic is paid, and maturesEpoch the epoch whose payment makes the reward
// claimable, if it is not yet.
func Explain(payment EpochPayment, reward *Reward, payees []contributiontypes.Payee, account RewardAccount, paid PaidEpochs, maturesEpoch uint64) *QueryExplainResponse {
	payment.Dividends = nil
	x := &QueryExplainResponse{
		Payment: payment, DueBp: payment.Accrual.DueBp(), ScorersPart: payment.Budget - payment.ContributorsPart,
		Unearned: payment.ContributorsPart - payment.ContributorsSpent - payment.StewardCut,
		Reward:   Reward{ContributionId: account.ContributionId}, Matured: payment.Epoch <= paid.Mature, Account: account,
		Claimable: splitAmong(payees, account.Mature),
	}
	if reward != nil {
		x.Reward = *reward
		x.Split = splitAmong(payees, reward.Amount)
	}
	if !x.Matured {
		x.MaturesEpoch = maturesEpoch
	}
	x.Lines = x.lines()
	return x
}

// splitAmong shares an amount as a claim does.
func splitAmong(payees []contributiontypes.Payee, amount uint64) []Payment {
	var payments Payments
	payments.AddSplit(payees, amount)
	return payments.List()
}

// AddSplit shares an amount in uweal among a contribution's payees by the largest remainder, so that not a unit is lost;
// whose part is nothing is no recipient.
func (p *Payments) AddSplit(payees []contributiontypes.Payee, amount uint64) {
	shares := make([]uint32, len(payees))
	for i, payee := range payees {
		shares[i] = payee.ShareBp
	}
	for i, part := range split.BasisPoints(amount, shares...) {
		if part > 0 {
			p.Add(payees[i].Address, part)
		}
	}
}

// lines say it in plain words.
func (x *QueryExplainResponse) lines() []string {
	p, a, r := x.Payment, x.Payment.Accrual, x.Reward
	lines := []string{
		fmt.Sprintf("blocks were due %d uweal since the topic's payment before began, %d of it for topics at large", a.Provision, a.TopicsPart),
		fmt.Sprintf("topic %d accrued %d of that by its share, and %d were carried over: epoch %d had a budget of %d", p.TopicId, a.Accrued, a.Carried, p.Epoch, p.Budget),
		fmt.Sprintf("%d of the budget were for contributors, %d for scorers", p.ContributorsPart, x.ScorersPart),
	}
	if p.StewardCut > 0 {
		lines = append(lines, fmt.Sprintf("the steward %s had %d of the contributors' part", p.Steward, p.StewardCut))
	}
	lines = append(lines,
		fmt.Sprintf("contributions earned %d together; contribution %d had a weight of %d of %d and earned %d", p.ContributorsSpent, r.ContributionId, r.Weight, p.Weights, r.Earned),
		fmt.Sprintf("it got %d in royalties from those built on it, passed %d on to its parents, and keeps %d", r.RoyaltiesIn, r.RoyaltiesOut, r.Amount))
	return append(lines, x.payoutLines()...)
}

// payoutLines say who has the reward, and when.
func (x *QueryExplainResponse) payoutLines() []string {
	var lines []string
	if len(x.Split) > 0 {
		parts := make([]string, len(x.Split))
		for i, part := range x.Split {
			parts[i] = fmt.Sprintf("%s %d", part.Recipient, part.Amount)
		}
		lines = append(lines, "that is for "+strings.Join(parts, ", "))
	}
	switch {
	case x.Account.Frozen:
		lines = append(lines, "the contribution is quarantined: what was mature before can be claimed, the rest once it is released")
	case x.Account.TakenBack > 0:
		lines = append(lines, "the contribution was removed: what was not mature by then was burnt")
	case x.Matured:
		lines = append(lines, "it is mature")
	default:
		lines = append(lines, fmt.Sprintf("it can be claimed once epoch %d of topic %d is paid, or a later one if that is void", x.MaturesEpoch, x.Payment.TopicId))
	}
	return append(lines, fmt.Sprintf("all its rewards together: %d immature, %d can be claimed, %d were paid out, %d were taken back",
		x.Account.Immature, x.Account.Mature, x.Account.Claimed, x.Account.TakenBack))
}

// Floor is what the reward's weight has of a part without what is left over; Earned is that or a unit more.
func (p EpochPayment) Floor(weight uint64) uint64 {
	return split.Floor(p.ContributorsSpent, weight, p.Weights)
}
