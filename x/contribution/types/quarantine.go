// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// IsQuarantined reports whether the people look into it.
func (c Contribution) IsQuarantined() bool { return c.Status == STATUS_QUARANTINED }

// CheckJudgeable checks that the people can judge it: it was shown, is its
// contributor's own, and was not removed.
func (c Contribution) CheckJudgeable() error {
	switch {
	case !c.IsShown():
		return errorsmod.Wrapf(ErrWrongStatus, "contribution %d is not revealed yet: nobody can judge what nobody has seen; wait for its reveal, by block %d", c.Id, c.RevealDeadline)
	case c.Status == STATUS_DUPLICATE:
		return errorsmod.Wrapf(ErrWrongStatus, "contribution %d is a duplicate: name the contribution that owns its digest", c.Id)
	case c.Status == STATUS_REMOVED:
		return errorsmod.Wrapf(ErrWrongStatus, "contribution %d was removed: that is final", c.Id)
	default:
		return nil
	}
}

// Quarantined returns the contribution as it is while it is looked into. One that
// competes gives up its place, so that no place is held by what is not measured; a
// release lets it wait for one again, by its id ahead of all newer ones. What was
// said in its favour is void; a guardian only puts it aside.
func (c Contribution) Quarantined(q Quarantine) Contribution {
	q.Before = c.Status
	if c.Status == STATUS_ACTIVE {
		q.Before = STATUS_REVEALED
	}
	if q.UntilMs > 0 {
		q.Endorsement = c.Endorsement
	}
	c.Quarantine, c.Endorsement = &q, nil
	c.Status = STATUS_QUARANTINED
	return c
}

// Released returns the contribution with the status that the quarantine interrupted.
func (c Contribution) Released() Contribution {
	c.Status = c.Quarantine.Before
	c.Endorsement, c.Quarantine = c.Quarantine.Endorsement, nil
	return c
}
