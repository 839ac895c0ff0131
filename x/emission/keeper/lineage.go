// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/weal-network/weal/pkg/royalty"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"

	"github.com/weal-network/weal/x/emission/types"
)

// lineage looks up parents, and stops after a bounded number of ancestors outside of the
// scored set: how deep and wide a lineage is, its owners decide, and not the block.
type lineage struct {
	contribution types.ContributionKeeper
	held         *heldReader
	ancestors    uint32
	// tile is the last that was read; nil before.
	tile *contributiontypes.LineageTile
	// found is where parents puts what it returns.
	found []royalty.Parent
	err   error
}

// parents are those of id that royalties go to, or none where the lookup ends. What would go to one that is quarantined or
// removed stays where it is. They hold until the next call. An error ends it and is kept.
func (l *lineage) parents(ctx context.Context, id uint64, scored bool) []royalty.Parent {
	if l.err != nil || !scored && !l.reaches() {
		return nil
	}
	if l.tile == nil || !l.tile.Covers(id) {
		tile, err := l.contribution.LineageTile(ctx, id)
		if err != nil {
			l.err = err
			return nil
		}
		l.tile = &tile
	}
	l.found = l.found[:0]
	for _, p := range l.tile.Parents(id) {
		held, err := l.held.find(ctx, p.Id)
		if err != nil {
			l.err = err
			return nil
		}
		if held == nil {
			l.found = append(l.found, royalty.Parent{ID: p.Id, ShareBP: p.ShareBp})
		}
	}
	return l.found
}

// reaches counts an ancestor that was not scored, and says whether it is looked up.
func (l *lineage) reaches() bool {
	l.ancestors = min(l.ancestors+1, types.MaxAncestors+1)
	return l.ancestors <= types.MaxAncestors
}
