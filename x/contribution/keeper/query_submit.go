// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Price implements types.QueryServer.
func (s queryServer) Price(ctx context.Context, req *types.QueryPriceRequest) (*types.QueryPriceResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	topic, state, err := s.keeper.topicAndState(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	if topic.Sandbox {
		return &types.QueryPriceResponse{Affordable: true}, nil
	}
	now := nowMs(ctx)
	resp := &types.QueryPriceResponse{
		Price:      state.Level(topic.Pricing, now).Price(),
		PriceAfter: state.Bought(topic.Pricing, now).Level(topic.Pricing, now).Price(),
		Bond:       bondOf(topic),
		Affordable: true,
	}
	if req.MaxPrice > 0 {
		resp.WaitSeconds, resp.Affordable = state.SecondsUntil(topic.Pricing, now, req.MaxPrice)
	}
	return resp, nil
}

// CanSubmit implements types.QueryServer. It asks what a commit asks, in the same
// order, with nothing hidden but the hash.
func (s queryServer) CanSubmit(ctx context.Context, req *types.QueryCanSubmitRequest) (*types.QueryCanSubmitResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	k := s.keeper
	addr, err := k.addressCodec.StringToBytes(req.Contributor)
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrInvalidAddress, "contributor %q: %s; expected an account's bech32 address", req.Contributor, err)
	}
	topic, state, err := k.topicAndState(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	resp := &types.QueryCanSubmitResponse{
		Bond: bondOf(topic), Balance: k.bank.SpendableCoin(ctx, addr, types.Denom).Amount.Uint64(),
	}
	if !topic.Sandbox {
		resp.Price = state.Level(topic.Pricing, nowMs(ctx)).Price()
	}
	refusal := k.checkCommit(ctx, topic, state, params, req.Contributor)
	if refusal == nil && resp.Balance < resp.Price+resp.Bond {
		refusal = errorsmod.Wrapf(types.ErrCannotPay, "%s has %d%s, expected %d for the price and %d for the bond, and fees: fund the account",
			req.Contributor, resp.Balance, types.Denom, resp.Price, resp.Bond)
	}
	if refusal == nil {
		resp.CanSubmit = true
		return resp, nil
	}
	_, resp.Code, _ = errorsmod.ABCIInfo(refusal, false)
	resp.Reason, resp.Height = refusal.Error(), changeHeight(topic, state, refusal)
	return resp, nil
}

// changeHeight is the first height at which a refusal can be void, 0 if that does
// not come with time.
func changeHeight(topic topictypes.Topic, state types.TopicState, refusal error) int64 {
	switch {
	case state.EpochHeight == 0:
		return 0
	case errors.Is(refusal, types.ErrTooManyPending):
		return state.HeightAfter(topic.Schedule, 1) + 1
	case errors.Is(refusal, types.ErrTopicFull):
		return state.HeightAfter(topic.Schedule, state.EpochsUntilRoom(topic.Schedule)) + 1
	default:
		return 0
	}
}

func (k Keeper) topicAndState(ctx context.Context, topicID uint64) (topictypes.Topic, types.TopicState, error) {
	topic, err := k.topic.GetTopic(ctx, topicID)
	if err != nil {
		return topic, types.TopicState{}, err
	}
	state, err := k.topicState(ctx, topicID)
	return topic, state, err
}
