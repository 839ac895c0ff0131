// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/issuance"
)

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
	if err := g.validateParamsToCome(); err != nil {
		return err
	}
	if err := g.validateVoting(); err != nil {
		return err
	}
	if err := g.validateSponsoring(); err != nil {
		return err
	}
	if g.Issuance == nil {
		return g.validateNew()
	}
	for _, validate := range []func() error{g.validateIssuance, g.validateTopicAccounts, g.validateTiles, g.validateAccounts, g.validateStewards, g.validatePayments, g.validatePaid} {
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
	for _, paid := range g.PaidEpochs {
		books.AddPaidEpochs(paid)
	}
	for _, payment := range g.Payments {
		books.AddPayment(payment)
	}
	for _, tile := range g.RewardTiles {
		books.AddTile(tile)
	}
	for _, account := range g.SettledAccounts {
		books.AddSettled(account)
	}
	for _, account := range g.HeldAccounts {
		books.AddHeld(account)
	}
	for _, account := range g.StewardAccounts {
		books.AddStewardAccount(account)
	}
	return books
}

// validateNew holds a new chain to shares only.
func (g GenesisState) validateNew() error {
	if len(g.RewardTiles)+len(g.SettledAccounts)+len(g.Payments)+len(g.PaidEpochs)+len(g.PaymentWorks)+len(g.Homes)+len(g.HeldAccounts)+len(g.StewardAccounts) > 0 {
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
	if i.Minted > i.Provision {
		return invalid("issuance: minted is %d, expected at most what blocks were due, %d", i.Minted, i.Provision)
	}
	if index := orZero(i.TopicIndex); index.IsNegative() || index.GT(toInt(i.Provision)) {
		return invalid("issuance: topic_index is %s, expected 0 to what blocks were due, %d", index, i.Provision)
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
