// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// errDeleted says that what windows look back on is no longer stored.
var errDeleted = errors.New("epoch is no longer stored")

// checkFrontier decides again about the windows that were due, and finds again what is paid for the frontier. What is
// measured lies in earlier epochs; where these are deleted, it is only said that nothing was compared.
func (e *epoch) checkFrontier(ctx context.Context) error {
	if err := same(e, e.result.RewardRule, e.record.Scoring.RewardRule, "reward rule of the result"); err != nil || !e.record.PaysFrontier() {
		return err
	}
	res, err := e.Queries.Frontier(ctx, &types.QueryFrontierRequest{TopicId: e.record.TopicId, Epoch: e.record.Number})
	if err != nil {
		return err
	}
	stored := res.Frontier
	if err := e.checkShares(e.result.Shares, stored.Shares); err != nil {
		return err
	}
	again, outcomes, err := e.countFrontier(ctx, stored)
	if errors.Is(err, errDeleted) {
		e.report.Unchecked = fmt.Sprintf("the frontier: %s", err)
		return nil
	}
	if err != nil {
		return err
	}
	if err := e.checkOutcomes(res.Outcomes, outcomes); err != nil {
		return err
	}
	if err := e.checkShares(stored.Shares, again.Shares); err != nil {
		return err
	}
	if err := same(e, hex.EncodeToString(stored.State), hex.EncodeToString(again.State), "state of the frontier"); err != nil {
		return err
	}
	return same(e, stored.String(), again.String(), "frontier")
}

// countFrontier starts from what the last epoch left and comes to what this one leaves.
func (e *epoch) countFrontier(ctx context.Context, stored types.FrontierEpoch) (again types.FrontierEpoch, outcomes []types.WindowOutcome, err error) {
	var last types.FrontierEpoch
	var before []uint64
	if stored.FromEpoch > 0 {
		res, err := e.Queries.Frontier(ctx, &types.QueryFrontierRequest{TopicId: e.record.TopicId, Epoch: stored.FromEpoch})
		if err != nil {
			return again, nil, deleted(err, stored.FromEpoch)
		}
		last = res.Frontier
	}
	run, err := types.StartFrontier(e.record, last, stored.Endings(), stored.Time)
	if err != nil {
		return again, nil, err
	}
	if run.Record.Remembers(last) {
		if _, before, _, err = (past{e, ctx}).Past(last.Epoch); err != nil {
			return again, nil, err
		}
	}
	if err := e.checkCommon(ctx, last, before); err != nil {
		return again, nil, err
	}
	outcomes, err = run.Count(e.ballot, before, past{e, ctx})
	return run.Record, outcomes, err
}

// checkCommon finds again what all validators were to score where the scoring is shared out.
func (e *epoch) checkCommon(ctx context.Context, last types.FrontierEpoch, before []uint64) error {
	if !e.record.SharesOut() {
		return same(e, len(e.record.Common), 0, "length of what all validators score")
	}
	var best types.Best
	if e.record.BondsEpoch > 0 {
		archive := past{e, ctx}
		_, ids, _, err := archive.Past(e.record.BondsEpoch)
		if err != nil {
			return err
		}
		qualities, err := archive.Qualities(e.record.BondsEpoch, ids)
		if err != nil {
			return err
		}
		for j, quality := range qualities {
			best.Add(ids[j], quality)
		}
	}
	common, err := types.Common(e.record, e.ids, last, before, best)
	if err != nil {
		return err
	}
	packed, err := row.EncodeIDs(common)
	if err != nil {
		return err
	}
	return same(e, hex.EncodeToString(e.record.Common), hex.EncodeToString(packed), "contributions that all validators score")
}

func (e *epoch) checkShares(stored, computed []types.RewardShare) error {
	if err := same(e, len(stored), len(computed), "number of shares of the frontier"); err != nil {
		return err
	}
	for i, share := range computed {
		if err := same(e, stored[i], share, "share of the frontier of contribution %d, in 2^-32", share.ContributionId); err != nil {
			return err
		}
	}
	return nil
}

func (e *epoch) checkOutcomes(stored, computed []types.WindowOutcome) error {
	if err := same(e, len(stored), len(computed), "number of windows that were decided"); err != nil {
		return err
	}
	for i := range computed {
		if err := same(e, stored[i].String(), computed[i].String(), "decision about contribution %d", computed[i].ContributionId); err != nil {
			return err
		}
	}
	return nil
}

// deleted is errDeleted where a node has no such epoch, or what it answered.
func deleted(err error, epoch uint64) error {
	if status.Code(err) == codes.NotFound {
		return fmt.Errorf("%w: %d", errDeleted, epoch)
	}
	return err
}

// past asks a node for earlier epochs, as types.Archive.
type past struct {
	*epoch
	ctx context.Context // lives as long as one check, behind an interface that knows none
}

var _ types.Archive = past{}

// Past implements types.Archive.
func (p past) Past(number uint64) (types.Epoch, []uint64, types.Tally, error) {
	epoch, err := p.Queries.Epoch(p.ctx, &types.QueryEpochRequest{TopicId: p.record.TopicId, Epoch: number})
	if err != nil {
		return types.Epoch{}, nil, types.Tally{}, deleted(err, number)
	}
	tally, err := p.Queries.Tally(p.ctx, &types.QueryTallyRequest{TopicId: p.record.TopicId, Epoch: number})
	if err != nil {
		return types.Epoch{}, nil, types.Tally{}, deleted(err, number)
	}
	return epoch.Epoch, epoch.ContributionIds, tally.Tally, nil
}

// Qualities implements types.Archive.
func (p past) Qualities(number uint64, ids []uint64) ([]uint16, error) {
	res, err := p.Queries.Result(p.ctx, &types.QueryResultRequest{TopicId: p.record.TopicId, Epoch: number})
	if err != nil {
		return nil, deleted(err, number)
	}
	if len(res.Result.Quality) != len(ids) {
		return nil, fmt.Errorf("%w: %d qualities of %d contributions in epoch %d", ErrDiffers, len(res.Result.Quality), len(ids), number)
	}
	qualities := make([]uint16, len(ids))
	for j, q := range res.Result.Quality {
		qualities[j] = uint16(q)
	}
	return qualities, nil
}

// WalkRows implements types.Archive.
func (p past) WalkRows(number uint64, tile uint32, visit func(operator string, packed []byte) error) error {
	res, err := p.Queries.Rows(p.ctx, &types.QueryRowsRequest{TopicId: p.record.TopicId, Epoch: number, Tile: tile})
	if err != nil {
		return deleted(err, number)
	}
	for _, row := range res.Rows {
		if err := visit(row.Operator, row.Row); err != nil {
			return err
		}
	}
	return nil
}

// Contributor implements types.Archive.
func (p past) Contributor(id uint64) (string, error) { return p.Checker.Contributor(p.ctx, id) }
