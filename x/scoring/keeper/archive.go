// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// archive reads what is stored of a topic's epochs, in one block.
type archive struct {
	*Keeper
	ctx     context.Context // lives as long as one step's context, behind an interface that knows none
	topicID uint64
}

var _ types.Archive = archive{}

// Past implements types.Archive.
func (a archive) Past(number uint64) (epoch types.Epoch, ids []uint64, tally types.Tally, err error) {
	key := collections.Join(a.topicID, number)
	if ids, err = a.pinnedSet(a.ctx, a.topicID, number); errors.Is(err, collections.ErrNotFound) {
		return epoch, nil, tally, nil
	}
	if err != nil {
		return epoch, nil, tally, err
	}
	if epoch, err = a.Epochs.Get(a.ctx, key); err != nil {
		return epoch, nil, tally, err
	}
	tally, err = a.Tallies.Get(a.ctx, key)
	return epoch, ids, tally, err
}

// Qualities implements types.Archive.
func (a archive) Qualities(epoch uint64, ids []uint64) ([]uint16, error) {
	qualities := make([]uint16, 0, len(ids))
	for tile := range types.Tiles(len(ids)) {
		packed, err := a.Results.Get(a.ctx, collections.Join3(a.topicID, epoch, uint32(tile)))
		if err != nil {
			return nil, err
		}
		if qualities, err = types.AppendQualities(qualities, packed); err != nil {
			return nil, err
		}
	}
	return qualities, nil
}

// WalkRows implements types.Archive.
func (a archive) WalkRows(epoch uint64, tile uint32, visit func(operator string, packed []byte) error) error {
	of := collections.NewSuperPrefixedQuadRange3[uint64, uint64, uint32, []byte](a.topicID, epoch, tile)
	return a.Rows.Walk(a.ctx, of, func(key tileKey, packed []byte) (bool, error) {
		operator, err := a.operators.BytesToString(key.K4())
		if err != nil {
			return true, err
		}
		return false, visit(operator, packed)
	})
}

// Contributor implements types.Archive.
func (a archive) Contributor(id uint64) (string, error) {
	c, err := a.contribution.GetContribution(a.ctx, id)
	return c.Contributor, err
}

// ContributionHooks note who is no longer paid, until the topic's frontier takes notice.
type ContributionHooks struct{ k *Keeper }

// ContributionHooks are called by x/contribution.
func (k *Keeper) ContributionHooks() ContributionHooks { return ContributionHooks{k} }

// AfterContributionQuarantined does nothing: what the people look into keeps its place, and is not scored.
func (ContributionHooks) AfterContributionQuarantined(context.Context, uint64) error { return nil }

// AfterContributionReleased does nothing: it enters again as others do.
func (ContributionHooks) AfterContributionReleased(context.Context, uint64) error { return nil }

// AfterContributionWithdrawn ends its pay with the topic's next epoch.
func (h ContributionHooks) AfterContributionWithdrawn(ctx context.Context, id uint64) error {
	return h.k.end(ctx, id, false)
}

// AfterContributionRemoved takes it out of the frontier with the topic's next epoch.
func (h ContributionHooks) AfterContributionRemoved(ctx context.Context, id uint64) error {
	return h.k.end(ctx, id, true)
}

// end notes that a contribution was withdrawn or removed, in a topic that has a frontier or will have one.
func (k *Keeper) end(ctx context.Context, id uint64, removed bool) error {
	contribution, err := k.contribution.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	clock, err := k.Clocks.Get(ctx, contribution.TopicId)
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	has, err := k.hasFrontier(ctx, clock)
	if err != nil || !has {
		return err
	}
	return k.Endings.Set(ctx, collections.Join(contribution.TopicId, id), removed)
}

// hasFrontier reports whether a topic has a frontier, or its last epoch will leave the first one.
func (k *Keeper) hasFrontier(ctx context.Context, clock types.Clock) (bool, error) {
	if clock.FrontierEpoch > 0 || clock.Epoch == 0 {
		return clock.FrontierEpoch > 0, nil
	}
	epoch, err := k.Epochs.Get(ctx, collections.Join(clock.TopicId, clock.Epoch))
	return epoch.PaysFrontier(), err
}
