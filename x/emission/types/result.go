// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// CheckResult refuses with ErrMalformedResult an epoch's result that cannot be paid by:
// vectors of other lengths, ids that do not rise, or fractions above 1.
func CheckResult(result scoringtypes.EpochResult) error {
	if len(result.Incentive) != len(result.ContributionIds) {
		return errorsmod.Wrapf(ErrMalformedResult, "%d incentives for %d contributions", len(result.Incentive), len(result.ContributionIds))
	}
	last := uint64(0)
	for i, id := range result.ContributionIds {
		if id <= last {
			return errorsmod.Wrapf(ErrMalformedResult, "contribution %d after %d, expected rising ids from 1", id, last)
		}
		if result.Incentive[i] > FractionOne {
			return errorsmod.Wrapf(ErrMalformedResult, "incentive of contribution %d is %d, expected at most %d", id, result.Incentive[i], FractionOne)
		}
		last = id
	}
	for _, v := range result.Validators {
		if v.Dividend > FractionOne {
			return errorsmod.Wrapf(ErrMalformedResult, "dividend of validator %s is %d, expected at most %d", v.Operator, v.Dividend, FractionOne)
		}
	}
	return nil
}

// ShareDividends shares the scoring budget: each validator has the part that its dividend
// says, in the result's order. Nothing is made larger because others earned less: what
// dividends leave to 1 is earned by nobody.
func ShareDividends(budget uint64, validators []scoringtypes.ValidatorResult) []uint64 {
	weights := make([]uint64, len(validators)+1)
	unearned := FractionOne
	for i, v := range validators {
		weights[i] = v.Dividend
		unearned -= min(unearned, v.Dividend)
	}
	weights[len(validators)] = unearned
	return split.Proportional(budget, weights)[:len(validators)]
}
