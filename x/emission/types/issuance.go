// SPDX-License-Identifier: Apache-2.0

package types

import (
	"math/bits"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/issuance"
	"github.com/weal-network/weal/pkg/split"
)

// Parts are how one block's provision is shared, in uweal. Topics is what was minted for
// the topics of TopicsPart; what belongs to shares that no topic holds is not minted.
type Parts struct {
	Security, Topics, Community, TopicsPart uint64
}

// Total is what the block mints.
func (p Parts) Total() uint64 { return p.Security + p.Topics + p.Community }

// NewIssuance begins with the supply of genesis, in uweal.
func NewIssuance(supply uint64) Issuance {
	carry := issuance.Carry(0).Bytes()
	return Issuance{
		GenesisSupply: supply,
		LastSupply:    supply,
		Carry:         carry[:],
		TopicIndex:    math.ZeroInt(),
	}
}

// ObserveBurn records what the supply fell by since the last block and returns it.
func (i *Issuance) ObserveBurn(supply uint64) uint64 {
	burnt := i.UnobservedBurn(supply)
	i.Burnt += burnt
	i.LastSupply = supply
	return burnt
}

// UnobservedBurn is what the supply has fallen by since the last block.
func (i Issuance) UnobservedBurn(supply uint64) uint64 {
	if supply >= i.LastSupply {
		return 0
	}
	return i.LastSupply - supply
}

// Issue takes the provision for the time since the last block, given the supply now, and
// shares it. accruingBp are the shares of all topics that accrue, together. The first call
// only remembers the time; a time before the last one issues nothing and is forgotten, so
// that no span is ever issued for twice.
func (i *Issuance) Issue(params Params, supply uint64, nowMs int64, accruingBp uint64) (Parts, error) {
	carry, err := issuance.CarryFromBytes(i.Carry)
	if err != nil {
		return Parts{}, errorsmod.Wrap(ErrAccounting, err.Error())
	}
	if i.LastTimeMs == 0 {
		i.LastTimeMs = nowMs
		return Parts{}, nil
	}
	schedule := issuance.Schedule{Cap: CapUweal, HalfLifeMs: HalfLifeMs, MaxGapMs: params.MaxGapMs}
	amount, next := schedule.Provision(supply, nowMs-i.LastTimeMs, carry)
	packed := next.Bytes()
	i.Carry = packed[:]
	i.LastTimeMs = max(i.LastTimeMs, nowMs)
	i.Provision += amount

	shares := split.BasisPoints(amount, params.IssueShares()...)
	parts := Parts{Security: shares[0], Topics: i.accrue(shares[1], accruingBp), Community: shares[2], TopicsPart: shares[1]}
	i.Minted += parts.Total()
	i.LastSupply = supply + parts.Total()
	return parts, nil
}

// accrue adds to the index what a topic with the whole share is due, and returns what to
// mint for those that accrue: the floor of their part, with the fraction carried over.
// As their shares are at most the whole it is never more than part.
func (i *Issuance) accrue(part, accruingBp uint64) uint64 {
	i.TopicIndex = i.TopicIndex.Add(math.NewIntFromUint64(part))
	hi, lo := bits.Mul64(part, accruingBp)
	lo, carry := bits.Add64(lo, i.TopicCarryBp, 0)
	minted, rest := bits.Div64(hi+carry, lo, BasisPoints)
	i.TopicCarryBp = rest
	return minted
}
