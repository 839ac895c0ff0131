// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	"github.com/weal-network/weal/pkg/royalty"

	"github.com/weal-network/weal/x/emission/types"
)

// lineage looks up parents, and stops after a bounded number of ancestors outside of the
// scored set: how deep and wide a lineage is, its owners decide, and not the block.
type lineage struct {
	contribution types.ContributionKeeper
	held         *heldReader
	scored       []uint64
	ancestors    uint32
	err          error
}

// parents are those of id that royalties go to, or none where the lookup ends. What would go to one that is quarantined or
// removed stays where it is. An error ends it and is kept.
func (l *lineage) parents(ctx context.Context, id uint64) []royalty.Parent {
	if l.err != nil || !l.reaches(id) {
		return nil
	}
	found, err := l.contribution.Parents(ctx, id)
	if err != nil {
		l.err = err
		return nil
	}
	parents := make([]royalty.Parent, 0, len(found))
	for _, p := range found {
		held, err := l.held.find(ctx, p.Id)
		if err != nil {
			l.err = err
			return nil
		}
		if held == nil {
			parents = append(parents, royalty.Parent{ID: p.Id, ShareBP: p.ShareBp})
		}
	}
	return parents
}

func (l *lineage) reaches(id uint64) bool {
	if _, scored := slices.BinarySearch(l.scored, id); scored {
		return true
	}
	l.ancestors = min(l.ancestors+1, types.MaxAncestors+1)
	return l.ancestors <= types.MaxAncestors
}
