// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/power"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/pkg/yuma"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// maxTokens holds a validator's tokens within what 256 of them can be added up of without
// overflow. It is 1700 times all WEAL that there can ever be.
const maxTokens = uint64(1) << 55

// Voter is one validator's part of a ballot.
type Voter struct {
	// Operator is its operator address, bech32.
	Operator string
	// Tokens count for it, in uweal: the lower of the epoch's start and its close; 0 when it may no longer score.
	Tokens uint64
	// Committed is whether it committed.
	Committed bool
	// Row is what it revealed; nil when it revealed nothing.
	Row []byte
	// Bonds are its stored bonds, packed; nil for none.
	Bonds []byte
	// Own are the contributions that it may not score, in any order.
	Own []uint64
}

// Ballot is all that an epoch's outcome depends on. It knows no store: the same ballot gives the
// same outcome anywhere.
type Ballot struct {
	// Epoch is the epoch with its parameters.
	Epoch Epoch
	// IDs are the pinned contributions, rising.
	IDs []uint64
	// Voters are in the order of the epoch's validators.
	Voters []Voter
}

// Outcome is what a ballot comes to.
type Outcome struct {
	// VoidReason is why there is no result; empty when there is one.
	VoidReason string
	// Result is the consensus, without the height of the close.
	Result EpochResult
	// Bonds are the voters' new bonds, packed, by voter; empty for a voter that has none.
	Bonds [][]byte
}

// Count runs the consensus. It fails on records that contradict each other (ErrInconsistent)
// and never on anything that a validator revealed.
func (b Ballot) Count() (Outcome, error) {
	result, active := b.tally()
	if reason := b.void(result); reason != "" {
		return Outcome{VoidReason: reason}, nil
	}
	input, err := b.matrix(result, active)
	if err != nil {
		return Outcome{}, err
	}
	params, err := engineParams(b.Epoch.Scoring)
	if err != nil {
		return Outcome{}, err
	}
	var engine yuma.Engine
	output, err := engine.Run(params, input)
	if err != nil {
		return Outcome{}, errorsmod.Wrap(ErrInconsistent, err.Error())
	}
	return b.outcome(result, active, output)
}

// tally caps the power and adds it up. Whoever revealed and has power left is active.
func (b Ballot) tally() (EpochResult, []bool) {
	tokens := make([]uint64, len(b.Voters))
	for i, v := range b.Voters {
		tokens[i] = min(v.Tokens, maxTokens)
	}
	result := EpochResult{TopicId: b.Epoch.TopicId, Epoch: b.Epoch.Number, ContributionIds: b.IDs}
	active := make([]bool, len(b.Voters))
	for i, p := range power.Cap(tokens, b.Epoch.PowerCapBp) {
		v := b.Voters[i]
		result.Validators = append(result.Validators, ValidatorResult{
			Operator: v.Operator, Power: p, Committed: v.Committed, Revealed: v.Row != nil,
		})
		result.TotalPower += p
		if v.Row != nil && p > 0 {
			active[i] = true
			result.RevealedPower += p
		}
	}
	return result, active
}

// void says why the epoch has no result, or nothing.
func (b Ballot) void(tally EpochResult) string {
	switch {
	case len(b.IDs) == 0:
		return "no contribution was there to be measured"
	case tally.TotalPower == 0:
		return "no validator had scoring power"
	case !enough(tally.RevealedPower, tally.TotalPower, b.Epoch.MinRevealBp):
		return fmt.Sprintf("validators with %d of %d uweal revealed, less than %d basis points", tally.RevealedPower, tally.TotalPower, b.Epoch.MinRevealBp)
	}
	return ""
}

// matrix lays rows and bonds out, contribution by contribution, with each validator's scores of its
// own contributions taken out.
func (b Ballot) matrix(tally EpochResult, active []bool) (yuma.Input, error) {
	n := len(b.IDs)
	input := yuma.Input{
		Validators:    len(b.Voters),
		Contributions: n,
		Power:         make([]uint64, len(b.Voters)),
		Active:        active,
		Scores:        yuma.Matrix{Values: make([]uint16, len(b.Voters)*n)},
		Bonds:         yuma.Matrix{Values: make([]uint16, len(b.Voters)*n)},
	}
	for i, v := range b.Voters {
		input.Power[i] = tally.Validators[i].Power
		bonds, err := projectBonds(v.Bonds, b.IDs)
		if err != nil {
			return yuma.Input{}, errorsmod.Wrap(err, v.Operator)
		}
		copy(input.Bonds.Values[i*n:], bonds)
		if !active[i] {
			continue
		}
		entries, err := ParseRow(v.Row, b.IDs)
		if err != nil {
			return yuma.Input{}, errorsmod.Wrapf(ErrInconsistent, "stored row of %s: %s", v.Operator, err)
		}
		copy(input.Scores.Values[i*n:], row.Project(without(entries, v.Own), b.IDs))
	}
	return input, nil
}

// without drops the entries of some contributions.
func without(entries []row.Entry, ids []uint64) []row.Entry {
	if len(ids) == 0 {
		return entries
	}
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	return slices.DeleteFunc(entries, func(e row.Entry) bool {
		_, own := slices.BinarySearch(sorted, e.ID)
		return own
	})
}

// outcome packs what the engine found. Old bonds pay under some rules, but nobody who did not reveal.
func (b Ballot) outcome(result EpochResult, active []bool, output yuma.Output) (Outcome, error) {
	n := len(b.IDs)
	result.Consensus = fractions(output.Consensus)
	result.Incentive = fractions(output.Incentive)
	result.Quality = make([]uint32, n)
	for j, q := range output.Quality {
		result.Quality[j] = uint32(q)
	}
	bonds := make([][]byte, len(b.Voters))
	for i := range b.Voters {
		if active[i] {
			result.Validators[i].Trust = uint64(output.Trust[i])
			result.Validators[i].Dividend = uint64(output.Dividends[i])
		}
		packed, err := packBonds(b.IDs, output.Bonds.Values[i*n:(i+1)*n])
		if err != nil {
			return Outcome{}, errorsmod.Wrapf(ErrInconsistent, "pinned set: %s", err)
		}
		bonds[i] = packed
	}
	return Outcome{Result: result, Bonds: bonds}, nil
}

// fractions copies shares, of which none is below 0, as the store keeps them.
func fractions(values []fixed.Q32) []uint64 {
	out := make([]uint64, len(values))
	for i, v := range values {
		out[i] = uint64(max(v, 0))
	}
	return out
}

// engineParams translates a topic's parameters; the topic module holds their bounds.
func engineParams(s topictypes.Scoring) (yuma.Params, error) {
	params := yuma.Params{
		Kappa:              fixed.FromBasisPoints(s.KappaBp),
		BondPenalty:        fixed.FromBasisPoints(s.BondPenaltyBp),
		BondsMovingAverage: fixed.FromBasisPoints(s.BondsMovingAverageBp),
	}
	switch s.Rule {
	case topictypes.RULE_YUMA2:
		params.Rule = yuma.YUMA2
	case topictypes.RULE_YUMA3:
		params.Rule = yuma.YUMA3
	default:
		return yuma.Params{}, errorsmod.Wrapf(ErrInconsistent, "rule %s has no engine", s.Rule)
	}
	return params, nil
}
