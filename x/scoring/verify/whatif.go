// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"slices"

	"github.com/weal-network/weal/x/scoring/types"
)

// Comparison is what an epoch came to, and what it would have come to under other parameters.
type Comparison struct {
	// Epoch is the epoch's record, with the parameters that it had.
	Epoch types.Epoch
	// IDs are the contributions, rising; Operators the validators.
	IDs       []uint64
	Operators []string
	// Before and After are both results.
	Before, After Outcome
}

// Outcome is what an epoch came to.
type Outcome struct {
	// Void is why there is no result; empty when there is one.
	Void string
	// Incentive is each contribution's, and Dividend each validator's, in 2^-32 of the whole.
	Incentive, Dividend []uint64
}

// WhatIf computes a closed epoch twice, as it was and with its parameters changed, from the same rows and bonds. It returns
// ErrDiffers if the rows or bonds are not what they should be, ErrNotClosed, or what the node answered.
func (c Checker) WhatIf(ctx context.Context, topicID, number uint64, change func(*types.Epoch)) (Comparison, error) {
	e, err := c.load(ctx, topicID, number)
	if err != nil {
		return Comparison{}, err
	}
	out := Comparison{Epoch: e.record, IDs: e.ids}
	for _, v := range e.tally.Voters {
		out.Operators = append(out.Operators, v.Operator)
	}
	for _, get := range []func(context.Context) error{e.checkReveals, e.checkStart} {
		if err := get(ctx); err != nil {
			return Comparison{}, err
		}
	}
	if out.Before, err = outcome(e.ballot); err != nil {
		return Comparison{}, err
	}
	changed := e.ballot
	change(&changed.Epoch)
	if !changed.Epoch.Scoring.TakesCoverage() {
		changed.Assigned = nil // what was not asked for is a 0 then
	}
	changed.Tally = types.NewTally(changed.Epoch, slices.Clone(e.tally.Voters))
	out.After, err = outcome(changed)
	return out, err
}

// outcome counts a ballot, and leaves it as it was: a count publishes what it found in Known.
func outcome(b types.Ballot) (Outcome, error) {
	b.Known.Published = slices.Clone(b.Known.Published)
	b.Known.Last, b.Known.Fast, b.Known.Slow = slices.Clone(b.Known.Last), slices.Clone(b.Known.Fast), slices.Clone(b.Known.Slow)
	count, err := b.Count()
	if err != nil || count.VoidReason != "" {
		return Outcome{Void: count.VoidReason}, err
	}
	out := Outcome{Incentive: count.Result.Incentive}
	for _, v := range count.Result.Validators {
		out.Dividend = append(out.Dividend, v.Dividend)
	}
	return out, nil
}
