// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cosmossdk.io/math"

	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
)

// NewHouse is one in which nobody voted yet.
func NewHouse(power math.LegacyDec) House {
	zero := math.LegacyZeroDec()
	return House{Power: power, Voted: zero, Yes: zero, Abstain: zero, No: zero, NoWithVeto: zero, Share: zero}
}

// Add counts power for a vote that may be split, as x/gov does: each option has its weight's part, and all of the power voted.
func (h *House) Add(power math.LegacyDec, options govv1.WeightedVoteOptions) {
	for _, option := range options {
		weight, err := math.LegacyNewDecFromStr(option.Weight)
		if err != nil {
			continue // x/gov took the vote, so it cannot be.
		}
		if sum := h.option(option.Option); sum != nil {
			*sum = sum.Add(power.Mul(weight))
		}
	}
	h.Voted = h.Voted.Add(power)
}

// option is the sum of an option; nil for one that does not exist.
func (h *House) option(option govv1.VoteOption) *math.LegacyDec {
	switch option {
	case govv1.OptionYes:
		return &h.Yes
	case govv1.OptionAbstain:
		return &h.Abstain
	case govv1.OptionNo:
		return &h.No
	case govv1.OptionNoWithVeto:
		return &h.NoWithVeto
	default:
		return nil
	}
}

// Plus is both houses together.
func (h House) Plus(other House) House {
	return House{
		Power: h.Power.Add(other.Power), Voted: h.Voted.Add(other.Voted), Yes: h.Yes.Add(other.Yes), Abstain: h.Abstain.Add(other.Abstain),
		No: h.No.Add(other.No), NoWithVeto: h.NoWithVeto.Add(other.NoWithVeto), Share: h.Share.Add(other.Share),
	}
}

// Results are the sums as x/gov takes them.
func (h House) Results() map[govv1.VoteOption]math.LegacyDec {
	return map[govv1.VoteOption]math.LegacyDec{
		govv1.OptionYes: h.Yes, govv1.OptionAbstain: h.Abstain, govv1.OptionNo: h.No, govv1.OptionNoWithVeto: h.NoWithVeto,
	}
}

func (h House) powers() []math.LegacyDec {
	return []math.LegacyDec{h.Power, h.Voted, h.Yes, h.Abstain, h.No, h.NoWithVeto, h.Share}
}

// Together is the sum of both houses, which decides.
func (t ProposalTally) Together() House { return t.Stake.Plus(t.Merit) }

// SetShares fills in what part of all power each house is, rounded down; nothing where nobody has power.
func (t *ProposalTally) SetShares() {
	total := t.Stake.Power.Add(t.Merit.Power)
	if total.IsPositive() {
		t.Stake.Share = t.Stake.Power.QuoTruncate(total)
		t.Merit.Share = math.LegacyOneDec().Sub(t.Stake.Share)
	}
	if t.Merit.Power.IsZero() {
		t.Merit.Share = math.LegacyZeroDec()
	}
}

// MeritPower is what all merit weighs together beside a power of stake, in whole units, rounded down: merit_share of both is merit's.
func (p Params) MeritPower(stake math.Int) math.Int {
	return stake.MulRaw(int64(p.MeritShareBp)).QuoRaw(int64(BasisPoints - p.MeritShareBp))
}
