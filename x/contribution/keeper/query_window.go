// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// NextWindow implements types.QueryServer: what is committed next can enter at the
// first epoch start at which every commit before it is settled and a place can be
// free.
func (s queryServer) NextWindow(ctx context.Context, req *types.QueryNextWindowRequest) (*types.QueryNextWindowResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	topic, state, err := s.keeper.topicAndState(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	switch {
	case topic.Status != topictypes.STATUS_ACTIVE:
		return &types.QueryNextWindowResponse{Reason: fmt.Sprintf("topic %d is %s: no epoch begins", topic.Id, topic.Status)}, nil
	case state.EpochHeight == 0:
		return &types.QueryNextWindowResponse{Reason: fmt.Sprintf("no epoch of topic %d has begun yet: the first one takes in what is settled", topic.Id), Epoch: 1}, nil
	}
	last, err := s.keeper.lastCommit(ctx, topic.Id)
	if err != nil {
		return nil, err
	}
	return window(ctx, topic, state, last), nil
}

// window finds the epoch start and says what it waits for.
func window(ctx context.Context, topic topictypes.Topic, state types.TopicState, last types.Contribution) *types.QueryNextWindowResponse {
	blocks := int64(topic.Schedule.EpochBlocks)                                                            //nolint:gosec // bounded by the topic's params
	epochs := max(1, (sdk.UnwrapSDKContext(ctx).BlockHeight()-state.EpochHeight)/blocks+1)                 // the next start
	reason := fmt.Sprintf("epoch %d begins; what was revealed by then enters", state.Epoch+uint64(epochs)) //nolint:gosec // positive
	if room := int64(state.EpochsUntilRoom(topic.Schedule)); room > epochs {
		epochs = room
		reason = fmt.Sprintf("all %d places are immune; the first immunity ends after %d more scored epochs", state.Places, room)
	}
	if settled := (last.RevealDeadline - state.EpochHeight + blocks - 1) / blocks; settled > epochs {
		epochs = settled
		reason = fmt.Sprintf("contribution %d was committed and may be revealed until block %d; what comes after it waits until it is", last.Id, last.RevealDeadline)
	}
	return &types.QueryNextWindowResponse{
		Height: state.HeightAfter(topic.Schedule, uint32(epochs)), Reason: reason, Epoch: state.Epoch + uint64(epochs), //nolint:gosec // positive
	}
}

// lastCommit is the commit of a topic that can be revealed the longest; none has
// an id of 0.
func (k Keeper) lastCommit(ctx context.Context, topicID uint64) (last types.Contribution, err error) {
	rng := collections.NewPrefixedPairRange[uint64, uint64](topicID)
	err = k.contributions.Indexes.Pending.keys.Walk(ctx, rng, func(key topicKey) (bool, error) {
		c, err := k.contributions.Get(ctx, key.K2())
		if err == nil && !c.IsShown() && c.RevealDeadline > last.RevealDeadline {
			last = c
		}
		return false, err
	})
	return last, err
}
