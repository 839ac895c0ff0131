// SPDX-License-Identifier: Apache-2.0

package types

import (
	"math/big"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/split"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
)

// Validate refuses coins that are malformed, too few for the epochs or too many with
// ErrInvalidFunding.
func (m MsgFundTopic) Validate() error {
	switch {
	case m.Epochs == 0 || m.Epochs > MaxStreamEpochs:
		return errorsmod.Wrapf(ErrInvalidFunding, "%d epochs, expected 1 to %d", m.Epochs, MaxStreamEpochs)
	case len(m.Coins) == 0 || len(m.Coins) > MaxStreamDenoms:
		return errorsmod.Wrapf(ErrInvalidFunding, "%d coins, expected 1 to %d", len(m.Coins), MaxStreamDenoms)
	}
	if err := m.Coins.Validate(); err != nil {
		return errorsmod.Wrapf(ErrInvalidFunding, "coins: %s: name each denom once, in alphabetical order, with an amount above 0", err)
	}
	least := math.NewInt(int64(m.Epochs) * MinStreamPart)
	for _, coin := range m.Coins {
		if coin.Amount.LT(least) {
			return errorsmod.Wrapf(ErrInvalidFunding, "%s for %d epochs, expected at least %d an epoch, %s in all: give more or for fewer epochs", coin, m.Epochs, MinStreamPart, least)
		}
		if coin.Amount.BigInt().BitLen() > MaxStreamBits {
			return errorsmod.Wrapf(ErrInvalidFunding, "%s is above 2^%d", coin, MaxStreamBits)
		}
	}
	return nil
}

// Fee is what a sponsor pays for its streams, in uweal.
func (m MsgFundTopic) Fee(params Params) uint64 {
	return params.StreamFee * uint64(m.Epochs) * uint64(len(m.Coins))
}

// Validate refuses streams that do not rise or are too many with ErrStreamNotFound.
func (m MsgEndStreams) Validate() error {
	if len(m.StreamIds) == 0 || len(m.StreamIds) > MaxStreams {
		return errorsmod.Wrapf(ErrStreamNotFound, "%d streams, expected 1 to %d", len(m.StreamIds), MaxStreams)
	}
	last := uint64(0)
	for _, id := range m.StreamIds {
		if id <= last {
			return errorsmod.Wrapf(ErrStreamNotFound, "stream %d after %d, expected rising ids from 1: sort them and name each once", id, last)
		}
		last = id
	}
	return nil
}

// TakePart takes an epoch's part: what is left by the epochs that are left, floored, so that
// the last takes all of it.
func (s *Stream) TakePart() sdk.Coin {
	part := sdk.NewCoin(s.Left.Denom, s.Left.Amount.QuoRaw(int64(s.EpochsLeft)))
	s.Left = s.Left.Sub(part)
	s.EpochsLeft--
	return part
}

// NewPotShares leaves out contributions without incentive.
func NewPotShares(ids, incentives []uint64) PotShares {
	var shares PotShares
	for i, id := range ids {
		if incentives[i] > 0 {
			shares.ContributionIds = append(shares.ContributionIds, id)
			shares.Incentives = append(shares.Incentives, incentives[i])
		}
	}
	return shares
}

// Total is the sum of the incentives.
func (s PotShares) Total() *big.Int {
	total, term := new(big.Int), new(big.Int)
	for _, incentive := range s.Incentives {
		total.Add(total, term.SetUint64(incentive))
	}
	return total
}

// Part is what a contribution with that incentive of total gets of the pot: floored, so that
// parts do not depend on one another and a pot can be shared over many blocks.
func (p Pot) Part(incentive uint64, total *big.Int) sdk.Coins {
	var part sdk.Coins
	for _, coin := range p.Coins {
		amount := new(big.Int).SetUint64(incentive)
		amount.Quo(amount.Mul(amount, coin.Amount.BigInt()), total)
		if amount.Sign() > 0 {
			part = append(part, sdk.NewCoin(coin.Denom, math.NewIntFromBigInt(amount)))
		}
	}
	return part
}

// Rest is what of the pot nobody was given so far.
func (p Pot) Rest() sdk.Coins { return p.Coins.Sub(p.Given...) }

// IsWorthSharing is whether a carry is enough for a pot of its own.
func (c SponsorCarry) IsWorthSharing() bool {
	for _, coin := range c.Coins {
		if coin.Amount.GTE(math.NewInt(MinStreamPart)) {
			return true
		}
	}
	return false
}

// AddShared shares coins among a contribution's payees by the largest remainder.
func (p *Payments) AddShared(payees []contributiontypes.Payee, coins sdk.Coins) {
	shares := make([]uint64, len(payees))
	for i, payee := range payees {
		shares[i] = uint64(payee.ShareBp)
	}
	for _, coin := range coins {
		for i, part := range split.Large(coin.Amount.BigInt(), shares) {
			if part.Sign() > 0 {
				p.AddSponsored(payees[i].Address, sdk.NewCoin(coin.Denom, math.NewIntFromBigInt(part)))
			}
		}
	}
}
