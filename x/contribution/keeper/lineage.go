// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/contribution/types"
)

// maxLineageSteps bounds how many ancestors one query looks at, whatever a page holds.
const maxLineageSteps = 10_000

// linkParents notes a child with each of its parents, and them with it.
func (k Keeper) linkParents(ctx context.Context, parents []types.Parent, child uint64) error {
	if len(parents) == 0 {
		return nil
	}
	for _, p := range parents {
		if err := k.children.Set(ctx, collections.Join(p.Id, child)); err != nil {
			return err
		}
	}
	tile, err := k.LineageTile(ctx, child)
	if err != nil {
		return err
	}
	tile.Add(child, parents)
	return k.lineage.Set(ctx, types.LineageTileOf(child), tile.Pack())
}

// LineageTile is what a contribution was built on, and those with ids around it.
func (k Keeper) LineageTile(ctx context.Context, id uint64) (types.LineageTile, error) {
	number := types.LineageTileOf(id)
	packed, err := k.lineage.Get(ctx, number)
	if errors.Is(err, collections.ErrNotFound) {
		return types.NewLineageTile(number), nil
	}
	if err != nil {
		return types.LineageTile{}, err
	}
	return types.UnpackLineageTile(number, packed)
}

// ancestors walks up the lineage of a contribution, and returns those with an id
// below the given one, in falling order, each once, at most limit; next is where to
// go on, 0 when nothing is left. As parents have lower ids than their children, the
// highest id that is not visited yet is never reached again.
func (k Keeper) ancestors(ctx context.Context, id, below uint64, limit int) (found []types.Contribution, next uint64, err error) {
	start, err := k.GetContribution(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	var open idHeap
	open.pushParents(start.Parents)
	for steps := 0; len(open) > 0; steps++ {
		ancestor := open.pop()
		if len(found) == limit || steps == maxLineageSteps {
			return found, ancestor + 1, nil
		}
		c, err := k.GetContribution(ctx, ancestor)
		if err != nil {
			return nil, 0, err
		}
		open.pushParents(c.Parents)
		if ancestor < below || below == 0 {
			found = append(found, c)
		}
	}
	return found, 0, nil
}
