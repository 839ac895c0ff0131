// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/reliability"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Suspended reports whether the validator may not score an epoch of the topic.
func (r ValidatorRecord) Suspended(epoch uint64) bool { return epoch < r.ResumeEpoch }

// Missed reports whether the voter committed and did not reveal.
func (v Voter) Missed() bool { return v.Committed && !v.Revealed }

// Miss counts a miss in an epoch, and returns whether there were more in its window than it allows. It remembers one more than
// are allowed: who is not suspended for them, as too many missed together, can miss as long as that lasts.
func (r *ValidatorRecord) Miss(e Epoch) (tooMany bool) {
	r.Misses++
	if e.MissWindow == 0 || e.SuspendEpochs == 0 {
		r.RecentMisses = nil
		return false
	}
	recent := reliability.Recent(r.RecentMisses, e.Number, uint64(e.MissWindow))
	r.RecentMisses = recent[max(0, len(recent)-int(e.MaxMisses)-1):]
	return len(r.RecentMisses) > int(e.MaxMisses)
}

// Suspend keeps the validator from scoring the epochs after one; what it missed is forgotten with that.
func (r *ValidatorRecord) Suspend(e Epoch) {
	r.ResumeEpoch, r.RecentMisses = e.Number+1+uint64(e.SuspendEpochs), nil
	r.Suspensions++
}

// Score moves the averages on by a scored epoch.
func (r *ValidatorRecord) Score(v Voter, trust uint64) {
	missed := fixed.Q32(0)
	if v.Missed() {
		missed = fixed.One
	}
	r.Trust = int64(reliability.Move(fixed.Q32(r.Trust), fixed.Q32(trust), r.ScoredEpochs))
	r.Missing = int64(reliability.Move(fixed.Q32(r.Missing), missed, r.ScoredEpochs))
	r.ScoredEpochs++
}

// validate checks a record of a genesis (ErrInvalidGenesis).
func (r ValidatorRecord) validate() error {
	for _, average := range []int64{r.Trust, r.Missing} {
		if average < 0 || average > int64(fixed.One) {
			return errorsmod.Wrapf(ErrInvalidGenesis, "an average is %s, expected 0 to 1", fixed.Q32(average))
		}
	}
	rising := slices.IsSorted(r.RecentMisses) && len(slices.Compact(slices.Clone(r.RecentMisses))) == len(r.RecentMisses)
	if len(r.RecentMisses) > maxMisses+1 || !rising {
		return errorsmod.Wrapf(ErrInvalidGenesis, "recent misses are %v, expected at most %d that rise", r.RecentMisses, maxMisses+1)
	}
	return nil
}

// Loss says why a voter's dividend in a scored epoch was less than its part of the power; false when it was not.
func (r EpochResult) Loss(e Epoch, v Voter, index int) (DividendLoss, bool) {
	loss := DividendLoss{Epoch: e.Number, Dividend: r.Validators[index].Dividend}
	of := r.RevealedPower
	if !v.Revealed {
		of += v.Power
	}
	loss.Power = uint64(fixed.FromRatio(v.Power, of))
	switch {
	case v.Power == 0:
		loss.Reason = "it had no power when the epoch ended: it was not bonded, jailed, or no longer admitted"
	case v.Missed():
		loss.Reason = "it committed and did not reveal"
	case !v.Revealed:
		loss.Reason = "it did not commit"
	case loss.Dividend >= loss.Power-loss.Power>>16: // the rest is what rounding took
		return DividendLoss{}, false
	default:
		loss.Reason = r.lossOfScores(e, index, loss.Power)
	}
	return loss, true
}

// lossOfScores says which half of a dividend was short, for a voter that revealed.
func (r EpochResult) lossOfScores(e Epoch, index int, power uint64) string {
	v := r.Validators[index]
	bonds := fmt.Sprintf("its bonds earned %s, of a power of %s: its scores were cut to the consensus, or it holds less in what has incentive; its trust was %s", share(v.BondDividend), share(power), share(v.Trust))
	if e.Scoring.DividendRule != topictypes.DIVIDEND_RULE_INNOVATION {
		return bonds
	}
	merit := innovation.DefaultParams().Merit(fixed.Q32(v.InnovationAverage), fixed.Q32(r.InnovationMedian))
	if merit == fixed.One {
		return bonds
	}
	why := fmt.Sprintf("the half for innovation was paid to %s, as its average is %s beside a median of %s", merit, signed(v.InnovationAverage), signed(r.InnovationMedian))
	if v.BondDividend < power {
		why += "; " + bonds
	}
	return why
}
