// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"time"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Commit takes a commitment to an artifact under the next id, for a price that is
// burnt. It refuses while the topic is not active, does not admit the account, has
// max_pending waiting, has no place that could become free, or costs more than the
// contributor would pay.
func (k Keeper) Commit(ctx context.Context, m *types.MsgCommitContribution) (types.Contribution, error) {
	topic, err := k.topic.GetTopic(ctx, m.TopicId)
	if err != nil {
		return types.Contribution{}, err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return types.Contribution{}, err
	}
	state, err := k.topicState(ctx, topic.Id)
	if err != nil {
		return types.Contribution{}, err
	}
	if err := k.checkCommit(ctx, topic, state, params, m.Contributor); err != nil {
		return types.Contribution{}, err
	}
	price, err := checkPrice(ctx, topic, state, m.MaxPrice)
	if err != nil {
		return types.Contribution{}, err
	}
	if err := k.payPrice(ctx, m.Contributor, price); err != nil {
		return types.Contribution{}, err
	}
	if !topic.Sandbox {
		if err := k.setTopicState(ctx, state.Bought(topic.Pricing, nowMs(ctx))); err != nil {
			return types.Contribution{}, err
		}
	}
	id, err := k.nextID.Next(ctx)
	if err != nil {
		return types.Contribution{}, err
	}
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	c := types.Contribution{
		Id:              id,
		TopicId:         topic.Id,
		Contributor:     m.Contributor,
		Payout:          m.Contributor,
		Hash:            m.Hash,
		CommittedHeight: height,
		RevealDeadline:  height + types.RevealBlocks(params, topic.Schedule),
		Status:          types.STATUS_COMMITTED,
		Price:           price,
		BondDue:         bondOf(topic),
	}
	return c, k.set(ctx, c)
}

// checkCommit checks all but the price.
func (k Keeper) checkCommit(ctx context.Context, topic topictypes.Topic, state types.TopicState, params types.Params, contributor string) error {
	if err := k.checkPayable(contributor); err != nil {
		return err
	}
	if err := k.checkAccess(ctx, topic, contributor); err != nil {
		return err
	}
	return k.checkRoom(ctx, topic, state, params.MaxPending)
}

// checkAccess checks that the topic takes contributions, and this account's.
func (k Keeper) checkAccess(ctx context.Context, topic topictypes.Topic, contributor string) error {
	if isRetired(topic) {
		return errorsmod.Wrapf(types.ErrTopicNotActive, "topic %d is retired, for good: choose another one", topic.Id)
	}
	if topic.IsGuarded() {
		return errorsmod.Wrapf(types.ErrTopicNotActive,
			"topic %d was paused by a guardian, see %s: what was committed before can still be revealed; commit again when it is resumed, by itself at %s",
			topic.Id, topic.Pause.ReasonUri, time.UnixMilli(topic.Pause.UntilMs).UTC().Format(time.RFC3339))
	}
	if topic.Status != topictypes.STATUS_ACTIVE {
		return errorsmod.Wrapf(types.ErrTopicNotActive, "topic %d is %s: what was committed before can still be revealed; commit again when it is resumed", topic.Id, topic.Status)
	}
	if topic.Access == topictypes.ACCESS_OPEN {
		return nil
	}
	addr, err := k.addressCodec.StringToBytes(contributor)
	if err != nil {
		return errorsmod.Wrapf(types.ErrInvalidAddress, "contributor %q: %s", contributor, err)
	}
	admitted, err := k.admission.IsAdmitted(ctx, admissiontypes.ROLE_CONTRIBUTOR, topic.Id, addr)
	if err != nil {
		return err
	}
	if !admitted {
		return errorsmod.Wrapf(types.ErrNotAdmitted, "%s is not admitted as a contributor of topic %d: ask the people to admit it by a proposal", contributor, topic.Id)
	}
	return nil
}

// checkRoom checks that one more may wait, and for a place that can come free.
func (k Keeper) checkRoom(ctx context.Context, topic topictypes.Topic, state types.TopicState, maxPending uint32) error {
	full, err := k.pendingReaches(ctx, topic.Id, maxPending)
	if err != nil {
		return err
	}
	if full {
		return errorsmod.Wrapf(types.ErrTooManyPending, "%d or more wait for the next epoch of topic %d, the most that may: commit again after it began, from block %d",
			maxPending, topic.Id, state.HeightAfter(topic.Schedule, 1)+1)
	}
	if epochs := state.EpochsUntilRoom(topic.Schedule); epochs > 0 {
		return errorsmod.Wrapf(types.ErrTopicFull, "all %d places of topic %d are taken and immune: one can come free after %d more scored epochs of %d blocks, at block %d if none of them is void, so commit again then",
			state.Places, topic.Id, epochs, topic.Schedule.EpochBlocks, state.HeightAfter(topic.Schedule, epochs)+1)
	}
	return nil
}

// pendingReaches reports whether bound or more contributions of the topic wait.
// It walks at most bound keys: cheaper than a counter that every commit of the
// topic would have to write.
func (k Keeper) pendingReaches(ctx context.Context, topicID uint64, bound uint32) (bool, error) {
	count := uint32(0)
	rng := collections.NewPrefixedPairRange[uint64, uint64](topicID)
	err := k.contributions.Indexes.Pending.keys.Walk(ctx, rng, func(topicKey) (bool, error) {
		count++
		return count >= bound, nil
	})
	return count >= bound, err
}
