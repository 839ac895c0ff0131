// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Audit recounts what must always hold: the module's account has the sum of the
// bonds; active sets agree with statuses and are bounded; digests are owned by the
// lowest id that showed them; and no id stands above the next one. It reads all
// that is stored, so it is for tests and simulations.
func (k Keeper) Audit(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return errorsmod.Wrap(err, "the state is no sound genesis")
	}
	for _, check := range []func(context.Context, *types.GenesisState) error{k.checkBonds, k.checkSets, k.checkDigests, k.checkLineage} {
		if err := check(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

// checkSets checks each set against the index of statuses.
func (k Keeper) checkSets(ctx context.Context, g *types.GenesisState) error {
	for _, state := range g.TopicStates {
		set, _, err := k.settledSet(ctx, state.TopicId)
		if err != nil {
			return err
		}
		active, err := k.withStatus(ctx, nil, state.TopicId, types.STATUS_ACTIVE, topictypes.MaxActive+1)
		if err != nil {
			return err
		}
		if !slices.Equal(set.IDs(), active) && len(set.IDs())+len(active) > 0 {
			return errorsmod.Wrapf(types.ErrAccounting, "the set of topic %d has %v, but active are %v", state.TopicId, set.IDs(), active)
		}
		if len(active) > topictypes.MaxActive {
			return errorsmod.Wrapf(types.ErrAccounting, "%d contributions of topic %d are active, more than any topic may have", len(active), state.TopicId)
		}
	}
	return nil
}

// checkLineage checks that the tiles say of each contribution what it says itself.
func (k Keeper) checkLineage(ctx context.Context, g *types.GenesisState) error {
	for _, c := range g.Contributions {
		tile, err := k.LineageTile(ctx, c.Id)
		if err != nil {
			return err
		}
		if parents := tile.Parents(c.Id); !slices.Equal(parents, c.Parents) {
			return errorsmod.Wrapf(types.ErrAccounting, "contribution %d was built on %v, but its tile says %v", c.Id, c.Parents, parents)
		}
	}
	return nil
}

// checkDigests checks that the digests are those of the contributions, no more and
// no less, each owned by the lowest id that showed it.
func (k Keeper) checkDigests(ctx context.Context, g *types.GenesisState) error {
	type shown struct {
		topicID uint64
		sha256  string
	}
	seen := make(map[shown]bool, len(g.Contributions))
	for _, c := range g.Contributions {
		if !c.IsShown() {
			continue
		}
		owner, err := k.digests.Get(ctx, collections.Join(c.TopicId, c.Artifact.Sha256))
		if err != nil {
			return errorsmod.Wrapf(types.ErrAccounting, "contribution %d has a digest that nobody owns: %s", c.Id, err)
		}
		key := shown{c.TopicId, string(c.Artifact.Sha256)}
		if !seen[key] && owner != c.Id {
			return errorsmod.Wrapf(types.ErrAccounting, "contribution %d was the first with its digest, but %d owns it", c.Id, owner)
		}
		seen[key] = true
	}
	count := 0
	err := k.digests.Walk(ctx, nil, func(collections.Pair[uint64, []byte], uint64) (bool, error) {
		count++
		return false, nil
	})
	if err == nil && count != len(seen) {
		return errorsmod.Wrapf(types.ErrAccounting, "%d digests are owned, but %d were shown", count, len(seen))
	}
	return err
}
