// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

const (
	// maxReliability is how many validators are shown.
	maxReliability = 256
	// lossEpochs is how many epochs back losses are shown.
	lossEpochs = 20
)

// noAlarm is why nobody is flagged for innovations that are nearly parallel.
const noAlarm = "no alarm: all validators measure on the same shards, so that the innovations of all that measure are nearly parallel, and a group that " +
	"measures once cannot be told from as many that measured; it is paid what they would be (docs/spec/incentives.md)"

// Reliability returns how validators have scored a topic, and why one of them was not paid in full.
func (q queryServer) Reliability(ctx context.Context, req *types.QueryReliabilityRequest) (*types.QueryReliabilityResponse, error) {
	clock, err := q.clock(ctx, req.TopicId)
	if err != nil {
		return nil, err
	}
	res := &types.QueryReliabilityResponse{Collusion: noAlarm}
	if req.Operator != "" {
		one, err := q.reliabilityOf(ctx, clock, req.Operator)
		res.Validators = append(res.Validators, one)
		return res, err
	}
	err = q.Records.Walk(ctx, collections.NewPrefixedPairRange[uint64, []byte](req.TopicId), func(_ collections.Pair[uint64, []byte], r types.ValidatorRecord) (bool, error) {
		res.Validators = append(res.Validators, types.Reliability{Record: r, Suspended: r.Suspended(clock.Epoch + 1)})
		return len(res.Validators) == maxReliability, nil
	})
	return res, err
}

// reliabilityOf is that of one validator, with what it lost.
func (q queryServer) reliabilityOf(ctx context.Context, clock types.Clock, name string) (types.Reliability, error) {
	operator, err := q.operator(name)
	if err != nil {
		return types.Reliability{}, err
	}
	record, err := q.record(ctx, clock.TopicId, operator, name)
	if err != nil {
		return types.Reliability{}, err
	}
	r := types.Reliability{Record: record, Suspended: record.Suspended(clock.Epoch + 1)}
	for number := clock.Epoch; number > 0 && number+lossEpochs > clock.Epoch; number-- {
		loss, lost, err := q.loss(ctx, clock.TopicId, number, record)
		if err != nil {
			return r, err
		}
		if lost {
			r.Losses = append(r.Losses, loss)
		}
	}
	return r, nil
}

// loss is what a validator lost in an epoch, if it is closed and still stored.
func (q queryServer) loss(ctx context.Context, topicID, number uint64, record types.ValidatorRecord) (types.DividendLoss, bool, error) {
	key := collections.Join(topicID, number)
	epoch, err := q.Epochs.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return types.DividendLoss{}, false, nil
	}
	if err != nil {
		return types.DividendLoss{}, false, err
	}
	i := slices.IndexFunc(epoch.Validators, func(v types.PinnedValidator) bool { return v.Operator == record.Operator })
	switch {
	case epoch.Status == types.EPOCH_STATUS_VOID:
		return types.DividendLoss{Epoch: number, Reason: fmt.Sprintf("the epoch was void: %s", epoch.VoidReason)}, true, nil
	case epoch.Status != types.EPOCH_STATUS_SCORED:
		return types.DividendLoss{}, false, nil
	case i < 0 && record.Suspended(number) && number+uint64(epoch.SuspendEpochs) >= record.ResumeEpoch:
		return types.DividendLoss{Epoch: number, Reason: fmt.Sprintf("it was suspended until epoch %d", record.ResumeEpoch)}, true, nil
	case i < 0:
		return types.DividendLoss{Epoch: number, Reason: "it was not among the validators of the epoch: not bonded, jailed, not admitted, suspended, or too small"}, true, nil
	}
	result, found, err := q.storedResult(ctx, topicID, number)
	if err != nil || !found {
		return types.DividendLoss{}, false, err
	}
	tally, err := q.Tallies.Get(ctx, key)
	if err != nil {
		return types.DividendLoss{}, false, err
	}
	loss, lost := result.Loss(epoch, tally.Voters[i], i)
	return loss, lost, nil
}
