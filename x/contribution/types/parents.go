// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

const (
	// MaxParents is how many contributions one may be built on.
	MaxParents = 8
	// MaxParentShareBp is what all parents together may be given of a child's
	// rewards, so that whoever does the work keeps at least half.
	MaxParentShareBp = 5_000
)

// ValidateParents checks the declared lineage of contribution id: at most
// MaxParents of rising ids below id (so that lineage has no circle), each with a
// share, together at most MaxParentShareBp. Whether they exist is for the keeper.
func ValidateParents(id uint64, parents []Parent) error {
	if len(parents) > MaxParents {
		return errorsmod.Wrapf(ErrInvalidParents, "%d parents, expected at most %d: name the closest", len(parents), MaxParents)
	}
	var last, sum uint64
	for i, p := range parents {
		if p.Id <= last {
			return errorsmod.Wrapf(ErrInvalidParents, "parents[%d] has id %d after %d: sort them by id, each once, from 1", i, p.Id, last)
		}
		if p.Id >= id {
			return errorsmod.Wrapf(ErrInvalidParents, "parents[%d] has id %d, expected one below the contribution's own %d: only what was committed before can be built on", i, p.Id, id)
		}
		if p.ShareBp == 0 || p.ShareBp > MaxParentShareBp {
			return errorsmod.Wrapf(ErrInvalidParents, "parents[%d] has a share of %d basis points, expected 1 to %d", i, p.ShareBp, MaxParentShareBp)
		}
		last = p.Id
		sum += uint64(p.ShareBp)
	}
	if sum > MaxParentShareBp {
		return errorsmod.Wrapf(ErrInvalidParents, "shares are %d basis points together, expected at most %d: lower them", sum, MaxParentShareBp)
	}
	return nil
}
