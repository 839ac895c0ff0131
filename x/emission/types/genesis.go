// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/issuance"
)

// maxIndexBits is what a topic_index of a genesis may have: more than all that can ever be
// issued, and so little that no product with it leaves the 256 bits of a number.
const maxIndexBits = 128

// DefaultGenesis begins a chain on which no topic has a share yet.
func DefaultGenesis() *GenesisState {
	return &GenesisState{Params: DefaultParams()}
}

// Validate refuses with ErrInvalidGenesis a state that this module could not have exported
// nor a new chain begin with. What only the bank and x/topic know is checked at InitGenesis.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return errorsmod.Wrap(ErrInvalidGenesis, err.Error())
	}
	if err := g.validateVoting(); err != nil {
		return err
	}
	if g.Issuance == nil {
		return g.validateNew()
	}
	for _, validate := range []func() error{g.validateIssuance, g.validateTopicAccounts, g.validateRewardAccounts, g.validatePayments} {
		if err := validate(); err != nil {
			return err
		}
	}
	for _, check := range g.books().Checks() {
		if !check.Ok {
			return invalid("%s does not hold: %s", check.Name, check.Detail)
		}
	}
	return nil
}

// books are the books of an exported state.
func (g GenesisState) books() *Books {
	books := NewBooks(*g.Issuance)
	for _, account := range g.TopicAccounts {
		books.AddTopicAccount(account)
	}
	for _, row := range g.RewardAccounts {
		books.AddRow(row)
	}
	for _, account := range g.SettledAccounts {
		books.AddSettled(account)
	}
	for _, payment := range g.Payments {
		books.AddPayment(payment)
	}
	return books
}

// validateNew holds a new chain to shares only.
func (g GenesisState) validateNew() error {
	if len(g.RewardAccounts)+len(g.SettledAccounts)+len(g.Payments) > 0 {
		return invalid("there are rewards or payments without issuance: a new chain has none, an exported one has its issuance")
	}
	sum, last := uint64(0), uint64(0)
	for _, a := range g.TopicAccounts {
		if err := rising("topic account", last, a.TopicId); err != nil {
			return err
		}
		if a.Accrued != 0 || a.AccruedCarryBp != 0 || a.Paused || !orZero(a.IndexSeen).IsZero() {
			return invalid("topic account %d has accrued without issuance: set only topic_id and share_bp on a new chain", a.TopicId)
		}
		if a.ShareBp > BasisPoints {
			return invalid("topic account %d has %d basis points, expected at most %d", a.TopicId, a.ShareBp, BasisPoints)
		}
		if a.FloorBp > a.ShareBp {
			return invalid("topic account %d has a floor of %d above its share of %d basis points", a.TopicId, a.FloorBp, a.ShareBp)
		}
		sum, last = sum+uint64(a.ShareBp), a.TopicId
	}
	if sum > BasisPoints {
		return invalid("shares of topics sum to %d basis points, expected at most %d", sum, BasisPoints)
	}
	return nil
}

func (g GenesisState) validateIssuance() error {
	i := g.Issuance
	if _, err := issuance.CarryFromBytes(i.Carry); err != nil {
		return invalid("issuance: %s", err)
	}
	if i.LastTimeMs < 0 {
		return invalid("issuance: last_time_ms is %d, expected at least 0", i.LastTimeMs)
	}
	if index := orZero(i.TopicIndex); index.IsNegative() || index.BigIntMut().BitLen() > maxIndexBits {
		return invalid("issuance: topic_index is %s, expected 0 to 2^%d", index, maxIndexBits)
	}
	outstanding := toInt(i.GenesisSupply).Add(toInt(i.Minted)).Sub(toInt(i.Burnt))
	if !outstanding.Equal(toInt(i.LastSupply)) {
		return invalid("issuance: genesis_supply %d + minted %d - burnt %d is not last_supply %d", i.GenesisSupply, i.Minted, i.Burnt, i.LastSupply)
	}
	if i.LastSupply > CapUweal {
		return invalid("issuance: last_supply is %d, expected at most the cap %d", i.LastSupply, CapUweal)
	}
	return nil
}

func (g GenesisState) validateTopicAccounts() error {
	last := uint64(0)
	for _, a := range g.TopicAccounts {
		if err := rising("topic account", last, a.TopicId); err != nil {
			return err
		}
		seen := orZero(a.IndexSeen)
		switch {
		case a.ShareBp > BasisPoints:
			return invalid("topic account %d has %d basis points, expected at most %d", a.TopicId, a.ShareBp, BasisPoints)
		case a.FloorBp > a.ShareBp:
			return invalid("topic account %d has a floor of %d above its share of %d basis points", a.TopicId, a.FloorBp, a.ShareBp)
		case seen.IsNegative() || seen.GT(orZero(g.Issuance.TopicIndex)):
			return invalid("topic account %d has seen index %s, expected 0 to topic_index %s", a.TopicId, seen, orZero(g.Issuance.TopicIndex))
		case a.AccruedCarryBp >= BasisPoints:
			return invalid("topic account %d has accrued_carry_bp %d, expected below %d", a.TopicId, a.AccruedCarryBp, BasisPoints)
		}
		last = a.TopicId
	}
	return nil
}

func (g GenesisState) validateRewardAccounts() error {
	last := uint64(0)
	for _, row := range g.RewardAccounts {
		if err := rising("reward accounts of topic", last, row.TopicId); err != nil {
			return err
		}
		if err := validateAccounts(row.Accounts); err != nil {
			return err
		}
		last = row.TopicId
	}
	for _, a := range g.SettledAccounts {
		if a.Immature != 0 {
			return invalid("settled account %d has %d uweal immature, expected none", a.ContributionId, a.Immature)
		}
	}
	return validateAccounts(g.SettledAccounts)
}

func validateAccounts(accounts []RewardAccount) error {
	last := uint64(0)
	for _, a := range accounts {
		if err := rising("reward account", last, a.ContributionId); err != nil {
			return err
		}
		last = a.ContributionId
	}
	return nil
}

// validatePayments holds payments to their order: by topic and epoch, and those that have
// matured before those that wait.
func (g GenesisState) validatePayments() error {
	var last EpochPayment
	for i, p := range g.Payments {
		if i == 0 || p.TopicId != last.TopicId {
			if err := rising("payments of topic", last.TopicId, p.TopicId); err != nil {
				return err
			}
			last = EpochPayment{Matured: true}
		}
		if err := rising("payment of epoch", last.Epoch, p.Epoch); err != nil {
			return err
		}
		if p.Matured && !last.Matured {
			return invalid("payment of epoch %d of topic %d has matured before an older one", p.Epoch, p.TopicId)
		}
		if err := validateRewards(p); err != nil {
			return err
		}
		last = p
	}
	return nil
}

func validateRewards(p EpochPayment) error {
	last := uint64(0)
	for _, r := range p.Rewards {
		if err := rising("reward of contribution", last, r.ContributionId); err != nil {
			return err
		}
		last = r.ContributionId
	}
	for _, d := range p.Dividends {
		if d.Operator == "" || d.Amount == 0 {
			return invalid("payment of epoch %d of topic %d has a dividend of %d for %q, expected an amount and an operator", p.Epoch, p.TopicId, d.Amount, d.Operator)
		}
	}
	return nil
}

func rising(what string, last, id uint64) error {
	if id <= last {
		return invalid("%s %d after %d, expected rising ids from 1", what, id, last)
	}
	return nil
}

func invalid(format string, args ...any) error {
	return errorsmod.Wrapf(ErrInvalidGenesis, format, args...)
}

// orZero reads a number that JSON left out.
func orZero(i math.Int) math.Int {
	if i.IsNil() {
		return math.ZeroInt()
	}
	return i
}
