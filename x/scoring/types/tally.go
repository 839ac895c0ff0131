// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/power"
	"github.com/weal-network/weal/pkg/row"
)

// maxTokens holds a validator's tokens within what 256 of them can be added up of without
// overflow. It is 1700 times all WEAL that there can ever be.
const maxTokens = uint64(1) << 55

// NewTally caps the power of an epoch's voters and adds it up.
func NewTally(epoch Epoch, voters []Voter) Tally {
	tally := Tally{TopicId: epoch.TopicId, Epoch: epoch.Number, Voters: voters}
	tokens := make([]uint64, len(voters))
	for i, v := range voters {
		tokens[i] = min(v.Tokens, maxTokens)
	}
	for i, p := range power.Cap(tokens, epoch.PowerCapBp) {
		voters[i].Power = p
		tally.TotalPower += p
		if voters[i].Active() {
			tally.RevealedPower += p
		}
	}
	return tally
}

// Active reports whether the voter takes part: it revealed, and has power left.
func (v Voter) Active() bool { return v.Revealed && v.Power > 0 }

// OwnIDs are the contributions whose scores by the voter count as 0, rising (ErrInconsistent).
func (v Voter) OwnIDs() ([]uint64, error) {
	own, err := row.DecodeIDs(v.Own, MaxEntries)
	if err != nil {
		return nil, errorsmod.Wrapf(ErrInconsistent, "own contributions of %s: %s", v.Operator, err)
	}
	return own, nil
}

// Own are the contributions of each voter's own (ErrInconsistent).
func (t Tally) Own() ([][]uint64, error) {
	own := make([][]uint64, len(t.Voters))
	for i, v := range t.Voters {
		var err error
		if own[i], err = v.OwnIDs(); err != nil {
			return nil, err
		}
	}
	return own, nil
}

// Void says why an epoch of n contributions has no result, or nothing.
func (t Tally) Void(n int, minRevealBp uint32) string {
	switch {
	case n == 0:
		return "no contribution was there to be measured"
	case t.TotalPower == 0:
		return "no validator had scoring power"
	case !enough(t.RevealedPower, t.TotalPower, minRevealBp):
		return fmt.Sprintf("validators with %d of %d uweal revealed, less than %d basis points", t.RevealedPower, t.TotalPower, minRevealBp)
	}
	return ""
}

// Powers are the voters' powers, and who of them takes part.
func (t Tally) Powers() (powers []uint64, active []bool) {
	powers, active = make([]uint64, len(t.Voters)), make([]bool, len(t.Voters))
	for i, v := range t.Voters {
		powers[i], active[i] = v.Power, v.Active()
	}
	return powers, active
}

// Result is the part of an epoch's result that the tally makes.
func (t Tally) Result(ids []uint64) EpochResult {
	result := EpochResult{
		TopicId: t.TopicId, Epoch: t.Epoch, ContributionIds: ids, Validators: make([]ValidatorResult, len(t.Voters)),
		RevealedPower: t.RevealedPower, TotalPower: t.TotalPower,
	}
	for i, v := range t.Voters {
		result.Validators[i] = ValidatorResult{Operator: v.Operator, Power: v.Power, Committed: v.Committed, Revealed: v.Revealed}
	}
	return result
}
