// SPDX-License-Identifier: Apache-2.0

package types

// IsPending reports whether it waits for an epoch's start.
func (c Contribution) IsPending() bool {
	return c.Status == STATUS_COMMITTED || c.Status == STATUS_REVEALED
}

// Competes reports whether it is measured or waits to be.
func (c Contribution) Competes() bool {
	return c.Status == STATUS_REVEALED || c.Status == STATUS_ACTIVE
}

// IsShown reports whether it was revealed.
func (c Contribution) IsShown() bool {
	return c.Status != STATUS_COMMITTED && c.Status != STATUS_UNSPECIFIED
}

// IsOver reports whether it has left the competition for good.
func (c Contribution) IsOver() bool {
	return c.Status.IsOver()
}

// IsOver reports whether nothing leads back into the competition.
func (s Status) IsOver() bool {
	switch s {
	case STATUS_DUPLICATE, STATUS_PRUNED, STATUS_WITHDRAWN, STATUS_SUPERSEDED, STATUS_REMOVED:
		return true
	case STATUS_UNSPECIFIED, STATUS_COMMITTED, STATUS_REVEALED, STATUS_ACTIVE, STATUS_QUARANTINED:
		return false
	default:
		return false
	}
}

// IsRefundable reports whether its bond waits to be given back. A bond is held
// while the contribution competes and while it is quarantined.
func (c Contribution) IsRefundable() bool {
	return c.Bond > 0 && c.IsOver()
}

// Ended returns the contribution out of the competition, with how it left.
func (c Contribution) Ended(status Status, ending Ending) Contribution {
	c.Status = status
	c.Ending = &ending
	c.Quarantine = nil
	return c
}
