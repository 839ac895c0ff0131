// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// Explain says why a contribution or a validator got what it got in an epoch.
func (q queryServer) Explain(ctx context.Context, req *types.QueryExplainRequest) (*types.QueryExplainResponse, error) {
	if (req.ContributionId == 0) == (req.Operator == "") {
		return nil, errorsmod.Wrap(types.ErrInvalidMessage, "name a contribution or a validator, and not both")
	}
	number, err := q.scored(ctx, req.TopicId, req.Epoch)
	if err != nil {
		return nil, err
	}
	epoch, err := q.epoch(ctx, req.TopicId, number)
	if err != nil {
		return nil, err
	}
	if req.Operator != "" {
		return q.explainValidator(ctx, epoch, req.Operator)
	}
	return q.explainContribution(ctx, epoch, req.ContributionId)
}

// counted is a scored epoch with all that its result was made of.
type counted struct {
	epoch   types.Epoch
	result  types.EpochResult
	tally   types.Tally
	outcome types.Outcome
}

// counted loads a scored epoch; one that is not has no result to explain (ErrNotFound).
func (q queryServer) counted(ctx context.Context, epoch types.Epoch) (counted, error) {
	c := counted{epoch: epoch}
	key := collections.Join(epoch.TopicId, epoch.Number)
	outcome, err := q.Outcomes.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return c, errorsmod.Wrapf(types.ErrNotFound, "epoch %d of topic %d has no result: its status is %s %s", epoch.Number, epoch.TopicId, epoch.Status, epoch.VoidReason)
	}
	if err != nil {
		return c, err
	}
	c.outcome = outcome
	if c.tally, err = q.Tallies.Get(ctx, key); err != nil {
		return c, err
	}
	ids, err := q.pinnedSet(ctx, epoch.TopicId, epoch.Number)
	if err != nil {
		return c, err
	}
	c.result, err = q.result(ctx, ids, c.tally, outcome)
	return c, err
}

// weight is a score's weight in the row of a validator, in 2^-32.
func (c counted) weight(i int, score uint16) uint64 {
	return uint64(fixed.FromRatio(uint64(c.outcome.Weighed(i, score, c.epoch.Scoring.Sharpness)), c.outcome.RowSums[i]))
}

func (q queryServer) explainContribution(ctx context.Context, epoch types.Epoch, id uint64) (*types.QueryExplainResponse, error) {
	c, err := q.counted(ctx, epoch)
	if err != nil {
		return nil, err
	}
	index, found := slices.BinarySearch(c.result.ContributionIds, id)
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "contribution %d was not measured in epoch %d of topic %d", id, epoch.Number, epoch.TopicId)
	}
	x := types.ExplainContribution(&c.result, index)
	if x.Scores, err = q.givenScores(ctx, c, index); err != nil {
		return nil, err
	}
	for _, v := range c.tally.Voters {
		if v.Active() {
			x.Validators++
		}
	}
	if err := q.explainFrontier(ctx, epoch, &x); err != nil {
		return nil, err
	}
	return &types.QueryExplainResponse{Lines: x.Lines(), Contribution: &x}, nil
}

// givenScores are what the validators that count, and were to score it, gave a contribution.
func (q queryServer) givenScores(ctx context.Context, c counted, index int) ([]types.GivenScore, error) {
	operators, err := q.operatorsOf(c.epoch)
	if err != nil {
		return nil, err
	}
	marks, err := c.marksOf(index)
	if err != nil {
		return nil, err
	}
	id := c.result.ContributionIds[index]
	var given []types.GivenScore
	for i, voter := range c.tally.Voters {
		if !voter.Active() || (marks != nil && !coverage.Assigned(marks, len(c.tally.Voters), i, index%types.TileSize)) {
			continue
		}
		packed, err := q.Keeper.Rows.Get(ctx, collections.Join4(c.epoch.TopicId, c.epoch.Number, uint32(index/types.TileSize), operators[i]))
		if err != nil && !errors.Is(err, collections.ErrNotFound) {
			return nil, err
		}
		score, err := scoreOf(packed, id)
		if err != nil {
			return nil, err
		}
		own, err := voter.OwnIDs()
		if err != nil {
			return nil, err
		}
		given = append(given, types.GiveScore(voter, id, score, c.weight(i, score), slices.Contains(own, id)))
	}
	return given, nil
}

// scoreOf finds a contribution's score in a packed row; 0 when it is not in it.
func scoreOf(packed []byte, id uint64) (uint16, error) {
	score := make([]uint16, 1)
	_, err := row.Scatter(score, packed, []uint64{id})
	return score[0], err
}

func (q queryServer) explainValidator(ctx context.Context, epoch types.Epoch, name string) (*types.QueryExplainResponse, error) {
	i, err := q.validatorOf(epoch, name)
	if err != nil {
		return nil, err
	}
	operator, err := q.operator(name)
	if err != nil {
		return nil, err
	}
	c, err := q.counted(ctx, epoch)
	if err != nil {
		return nil, err
	}
	entries, err := q.rowOf(ctx, epoch.TopicId, epoch.Number, operator)
	if err != nil {
		return nil, err
	}
	own, err := c.tally.Voters[i].OwnIDs()
	if err != nil {
		return nil, err
	}
	entries, asked, err := c.asked(i, entries, own)
	if err != nil {
		return nil, err
	}
	x := types.ExplainValidator(&c.result, c.tally.Voters[i], i)
	x.Assigned, x.Skipped, x.Ignored = asked.Assigned, asked.Skipped, asked.Ignored
	x.StartTokens, x.Own, x.DividendRule = epoch.Validators[i].Tokens, own, epoch.Scoring.DividendRule
	x.Sharpness = epoch.Scoring.Sharpness
	x.AddRow(&c.result, entries, func(score uint16) uint64 { return c.weight(i, score) })
	if x.Bonds, err = q.countBonds(ctx, epoch, operator, len(c.result.ContributionIds)); err != nil {
		return nil, err
	}
	record, err := q.record(ctx, epoch.TopicId, operator, name)
	if err != nil {
		return nil, err
	}
	x.Misses = record.Misses
	return &types.QueryExplainResponse{Lines: x.Lines(), Validator: &x}, nil
}

// countBonds counts the contributions that a validator has bonds in after an epoch.
func (q queryServer) countBonds(ctx context.Context, epoch types.Epoch, operator []byte, n int) (uint32, error) {
	count := 0
	for tile := range types.Tiles(n) {
		packed, err := q.Keeper.Bonds.Get(ctx, collections.Join4(epoch.TopicId, epoch.Number, uint32(tile), operator))
		if errors.Is(err, collections.ErrNotFound) {
			continue
		}
		if err != nil {
			return 0, err
		}
		entries, err := row.Decode(packed, types.TileSize)
		if err != nil {
			return 0, err
		}
		count += len(entries)
	}
	return uint32(count), nil
}
