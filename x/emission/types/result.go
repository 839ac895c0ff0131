// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/split"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// CheckResult refuses with ErrMalformedResult an epoch that cannot be paid by: incentives that
// are not one a contribution, ids that do not rise, or incentives above 1.
func CheckResult(ids, incentive []uint64) error {
	if len(incentive) != len(ids) {
		return errorsmod.Wrapf(ErrMalformedResult, "%d incentives for %d contributions", len(incentive), len(ids))
	}
	last := uint64(0)
	for i, id := range ids {
		if id <= last || id == Top {
			return errorsmod.Wrapf(ErrMalformedResult, "contribution %d after %d, expected rising ids from 1", id, last)
		}
		if incentive[i] > FractionOne {
			return errorsmod.Wrapf(ErrMalformedResult, "incentive of contribution %d is %d, expected at most %d", id, incentive[i], FractionOne)
		}
		last = id
	}
	return nil
}

// CheckDividends refuses with ErrMalformedResult dividends above 1.
func CheckDividends(validators []scoringtypes.ValidatorResult) error {
	for _, v := range validators {
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
