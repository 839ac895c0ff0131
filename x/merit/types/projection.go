// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
)

// Rules are what a proposal needs, of x/gov's parameters.
type Rules struct {
	// Quorum is of all power, Veto of what voted, Threshold of what voted and did not abstain.
	Quorum, Veto, Threshold math.LegacyDec
	// BurnNoQuorum and BurnVeto say what becomes of the deposit.
	BurnNoQuorum, BurnVeto bool
}

// NewRules are those of a proposal.
func NewRules(params govv1.Params, expedited bool) (Rules, error) {
	rules := Rules{BurnNoQuorum: params.BurnVoteQuorum, BurnVeto: params.BurnVoteVeto}
	threshold := params.Threshold
	if expedited {
		threshold = params.ExpeditedThreshold
	}
	for _, field := range []struct {
		to   *math.LegacyDec
		text string
	}{{&rules.Quorum, params.Quorum}, {&rules.Veto, params.VetoThreshold}, {&rules.Threshold, threshold}} {
		value, err := math.LegacyNewDecFromStr(field.text)
		if err != nil {
			return rules, errorsmod.Wrapf(ErrAccounting, "parameters of x/gov: %s", err)
		}
		*field.to = value
	}
	return rules, nil
}

// Project says what would become of a proposal, in the order in which x/gov asks.
func (r Rules) Project(h House) Projection {
	if h.Power.TruncateInt().IsZero() {
		return Projection{Reason: "nobody has stake that is bonded"}
	}
	turnout := h.Voted.Quo(h.Power)
	if turnout.LT(r.Quorum) {
		return Projection{BurnsDeposit: r.BurnNoQuorum, Reason: fmt.Sprintf("%s of all power voted, the quorum is %s", percent(turnout), percent(r.Quorum))}
	}
	decided := h.Voted.Sub(h.Abstain)
	if decided.IsZero() {
		return Projection{Reason: "all that voted abstained"}
	}
	if veto := h.NoWithVeto.Quo(h.Voted); veto.GT(r.Veto) {
		return Projection{BurnsDeposit: r.BurnVeto, Reason: fmt.Sprintf("%s of what voted is a veto, it takes more than %s", percent(veto), percent(r.Veto))}
	}
	yes := h.Yes.Quo(decided)
	if yes.GT(r.Threshold) {
		return Projection{Passes: true, Reason: fmt.Sprintf("%s of what did not abstain is for it, it takes more than %s; %s of all power voted, the quorum is %s",
			percent(yes), percent(r.Threshold), percent(turnout), percent(r.Quorum))}
	}
	return Projection{Reason: fmt.Sprintf("%s of what did not abstain is for it, it takes more than %s", percent(yes), percent(r.Threshold))}
}

// percent writes a part with four digits, rounded down.
func percent(part math.LegacyDec) string {
	basis := part.MulInt64(BasisPoints).TruncateInt64()
	return fmt.Sprintf("%d.%02d%%", basis/100, basis%100)
}
