// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/scoring/types"
)

// explainedEpochs is over how many epochs the decision about a contribution's window is looked for.
const explainedEpochs = 128

// Frontier returns what an epoch left of a topic's frontier, and what it decided.
func (q queryServer) Frontier(ctx context.Context, req *types.QueryFrontierRequest) (*types.QueryFrontierResponse, error) {
	number := req.Epoch
	if number == 0 {
		clock, err := q.clock(ctx, req.TopicId)
		if err != nil {
			return nil, err
		}
		number = clock.FrontierEpoch
	}
	record, err := q.Frontiers.Get(ctx, collections.Join(req.TopicId, number))
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "epoch %d of topic %d left no frontier: it was void, paid by another rule, or was deleted", number, req.TopicId)
	}
	if err != nil {
		return nil, err
	}
	res := &types.QueryFrontierResponse{Frontier: record}
	of := collections.NewSuperPrefixedTripleRange[uint64, uint64, uint64](req.TopicId, number)
	return res, q.Windows.Walk(ctx, of, func(_ collections.Triple[uint64, uint64, uint64], outcome types.WindowOutcome) (bool, error) {
		res.Outcomes = append(res.Outcomes, outcome)
		return false, nil
	})
}

// Ledger is a topic's frontier as its last epoch under that rule left it; an empty one before the first (x/topic's error for
// an unknown topic).
func (k *Keeper) Ledger(ctx context.Context, topicID uint64) (types.Ledger, error) {
	topic, err := k.topic.GetTopic(ctx, topicID)
	if err != nil {
		return types.Ledger{}, err
	}
	clock, err := k.Clocks.Get(ctx, topicID)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return types.Ledger{}, err
	}
	params := types.FrontierParams(topic.Scoring)
	if clock.FrontierEpoch == 0 {
		return types.Ledger{TopicId: topicID, Baseline: topic.Scoring.Baseline, Top: topic.Scoring.Baseline, Threshold: params.EpsMin}, nil
	}
	record, err := k.frontierOf(ctx, topicID, clock.FrontierEpoch)
	if err != nil {
		return types.Ledger{}, err
	}
	endings, err := k.endings(ctx, topicID)
	if err != nil {
		return types.Ledger{}, err
	}
	return types.NewLedger(record, params, endings)
}

// explainFrontier adds where a contribution stands at the frontier.
func (q queryServer) explainFrontier(ctx context.Context, epoch types.Epoch, x *types.ContributionExplanation) error {
	x.RewardRule = epoch.Scoring.RewardRule
	if !epoch.PaysFrontier() {
		return nil
	}
	record, err := q.Frontiers.Get(ctx, collections.Join(epoch.TopicId, epoch.Number))
	if err != nil {
		return err
	}
	state, err := record.Unpack()
	if err != nil {
		return err
	}
	x.Window = types.FindWindow(&state, x.ContributionId)
	for i := range record.Shares {
		if record.Shares[i].ContributionId == x.ContributionId {
			x.Share = &record.Shares[i]
		}
	}
	for number := epoch.Number; number > 0 && number+explainedEpochs > epoch.Number; number-- {
		outcome, err := q.Windows.Get(ctx, collections.Join3(epoch.TopicId, number, x.ContributionId))
		if err == nil {
			x.Outcome = &outcome
			return nil
		}
		if !errors.Is(err, collections.ErrNotFound) {
			return err
		}
	}
	return nil
}
