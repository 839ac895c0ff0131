// SPDX-License-Identifier: Apache-2.0

package types

import "github.com/weal-network/weal/pkg/split"

// Budget is how an epoch's budget is parted before anybody earns, in uweal.
type Budget struct {
	// Contributors share theirs by the reward rule of the topic.
	Contributors uint64
	// Steward is the most that the steward has.
	Steward uint64
	// Scorers have theirs by dividends.
	Scorers uint64
}

// NewBudget parts what a topic has accrued by contributorsBp, of which stewardBp, both of the whole budget and in basis
// points, may be the steward's.
func NewBudget(accrued uint64, contributorsBp, stewardBp uint32) Budget {
	stewardBp = min(stewardBp, contributorsBp)
	parts := split.BasisPoints(accrued, contributorsBp-stewardBp, stewardBp, BasisPoints-contributorsBp)
	return Budget{Contributors: parts[0], Steward: parts[1], Scorers: parts[2]}
}

// Total is the whole budget.
func (b Budget) Total() uint64 { return b.Contributors + b.Steward + b.Scorers }

// StewardCut is what the steward has, given what contributors earned together: as much of what may be the steward's as they
// earned of theirs, floored. So a topic in which nobody earns anything has nothing for its steward either, and what is
// carried over is not cut again and again.
func (b Budget) StewardCut(earned uint64) uint64 {
	return split.Floor(b.Steward, earned, b.Contributors)
}
