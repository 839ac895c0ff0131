// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// lostInMessage is from how many accounts a removal takes merit at once; four teams of the largest size.
const lostInMessage = 64

var (
	_ scoringtypes.ScoringHooks           = ScoringHooks{}
	_ contributiontypes.ContributionHooks = ContributionHooks{}
)

// ScoringHooks note that an epoch was paid. They come after those of x/emission.
type ScoringHooks struct{ k *Keeper }

// ScoringHooks are called by x/scoring.
func (k *Keeper) ScoringHooks() ScoringHooks { return ScoringHooks{k} }

// AfterEpochOpened does nothing.
func (ScoringHooks) AfterEpochOpened(context.Context, uint64, uint64) error { return nil }

// BeginRewards does nothing: what is not paid yet is no merit.
func (ScoringHooks) BeginRewards(context.Context, scoringtypes.ScoredEpoch) error { return nil }

// GoOnRewards has nothing to do.
func (ScoringHooks) GoOnRewards(context.Context, scoringtypes.ScoredEpoch, int) (int, bool, error) {
	return 0, true, nil
}

// Rewards are none: merit is nobody's money.
func (ScoringHooks) Rewards(_ context.Context, _, _ uint64, ids []uint64) ([]uint64, error) {
	return make([]uint64, len(ids)), nil
}

// AfterEpochScored has what was paid recorded.
func (h ScoringHooks) AfterEpochScored(ctx context.Context, epoch scoringtypes.ScoredEpoch) error {
	if len(epoch.IDs) == 0 {
		return nil
	}
	return h.k.enqueue(ctx, epoch.TopicID, epoch.Number)
}

// ContributionHooks take merit away with what gave it.
type ContributionHooks struct{ k *Keeper }

// ContributionHooks are called by x/contribution.
func (k *Keeper) ContributionHooks() ContributionHooks { return ContributionHooks{k} }

// AfterContributionQuarantined does nothing: nobody is judged yet.
func (ContributionHooks) AfterContributionQuarantined(context.Context, uint64) error { return nil }

// AfterContributionReleased does nothing.
func (ContributionHooks) AfterContributionReleased(context.Context, uint64) error { return nil }

// AfterContributionWithdrawn does nothing: what was given for it stays.
func (ContributionHooks) AfterContributionWithdrawn(context.Context, uint64) error { return nil }

// AfterContributionRemoved takes away what the contribution gave.
func (h ContributionHooks) AfterContributionRemoved(ctx context.Context, id uint64) error {
	_, err := h.k.lose(ctx, id, lostInMessage)
	return err
}
