// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

var (
	_ scoringtypes.ScoringHooks = ScoringHooks{}
	_ topictypes.TopicHooks     = TopicHooks{}
)

// ScoringHooks pay an epoch while x/scoring closes it: the budget is shared, all contributions are gone over piece by
// piece, and then it counts.
type ScoringHooks struct{ k *Keeper }

// ScoringHooks are called by x/scoring.
func (k *Keeper) ScoringHooks() ScoringHooks { return ScoringHooks{k} }

// AfterEpochOpened pins the parameters by which the epoch will be paid.
func (h ScoringHooks) AfterEpochOpened(ctx context.Context, topicID, epoch uint64) error {
	return h.k.pinParams(ctx, topicID, epoch)
}

// BeginRewards shares what the topic has accrued.
func (h ScoringHooks) BeginRewards(ctx context.Context, epoch scoringtypes.ScoredEpoch) error {
	return h.k.beginPayment(ctx, epoch)
}

// GoOnRewards works out what the next contributions are given.
func (h ScoringHooks) GoOnRewards(ctx context.Context, epoch scoringtypes.ScoredEpoch, pieces int) (done int, whole bool, err error) {
	p, err := h.k.openPayer(ctx, epoch)
	if err != nil {
		return 0, false, err
	}
	done, err = p.goOn(ctx, pieces)
	return done, p.work.Whole(), err
}

// Rewards are what an epoch gives contributions, royalties settled.
func (h ScoringHooks) Rewards(ctx context.Context, topicID, epoch uint64, ids []uint64) ([]uint64, error) {
	return h.k.amounts(ctx, topicID, epoch, ids)
}

// AfterEpochScored makes the payment count. The caller runs it in a context that it drops on error.
func (h ScoringHooks) AfterEpochScored(ctx context.Context, epoch scoringtypes.ScoredEpoch) error {
	if err := h.k.finishPayment(ctx, epoch); err != nil {
		return err
	}
	return h.k.fillPotOrSay(ctx, epoch)
}

// TopicHooks stop and resume a topic's accrual.
type TopicHooks struct{ k *Keeper }

// TopicHooks are called by x/topic.
func (k *Keeper) TopicHooks() TopicHooks { return TopicHooks{k} }

// AfterTopicCreated does nothing: a topic accrues once it is given a share.
func (TopicHooks) AfterTopicCreated(context.Context, uint64) error { return nil }

// AfterTopicPaused stops the accrual.
func (h TopicHooks) AfterTopicPaused(ctx context.Context, topicID uint64) error {
	return h.k.setPaused(ctx, topicID, true)
}

// AfterTopicResumed lets the topic accrue again, from now on.
func (h TopicHooks) AfterTopicResumed(ctx context.Context, topicID uint64) error {
	return h.k.setPaused(ctx, topicID, false)
}

// BeforeStewardRetires refuses while the topic has a share, or has accrued what its
// contributors may still earn: then only the people may end it.
func (h TopicHooks) BeforeStewardRetires(ctx context.Context, topicID uint64) error {
	return h.k.checkNothingAtStake(ctx, topicID)
}

// AfterTopicRetired takes the topic's share off, so that others can be given it, and lets nobody wait for what was earned. What it
// accrued stays: the running epoch is paid from it.
func (h TopicHooks) AfterTopicRetired(ctx context.Context, topicID uint64) error {
	if err := h.k.endShare(ctx, topicID); err != nil {
		return err
	}
	if err := h.k.matureRetired(ctx, topicID); err != nil {
		return err
	}
	return h.k.endSponsoring(ctx, topicID)
}
