// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/weal-network/weal/x/scoring/types"
)

// checkResult runs the consensus again and compares every number of it.
func (e *epoch) checkResult(ctx context.Context) error {
	var err error
	if e.count, err = e.ballot.Count(); err != nil {
		return err
	}
	res, err := e.Queries.Result(ctx, &types.QueryResultRequest{TopicId: e.record.TopicId, Epoch: e.record.Number})
	if err != nil {
		return err
	}
	e.result = res.Result
	if err := e.checkContributions(); err != nil {
		return err
	}
	return e.checkVoters()
}

func (e *epoch) checkContributions() error {
	stored, computed := e.result, e.count.Result
	for _, list := range []struct {
		name   string
		length int
	}{
		{"contributions", len(stored.ContributionIds)},
		{"qualities", len(stored.Quality)},
		{"consensus", len(stored.Consensus)},
		{"incentives", len(stored.Incentive)},
		{"rewards", len(stored.Reward)},
	} {
		if err := same(e, list.length, len(e.ids), "number of %s in the result", list.name); err != nil {
			return err
		}
	}
	for j, id := range e.ids {
		if err := same(e, stored.ContributionIds[j], id, "contribution %d of the result", j); err != nil {
			return err
		}
		if err := same(e, stored.Quality[j], computed.Quality[j], "quality of contribution %d", id); err != nil {
			return err
		}
		if err := same(e, stored.Consensus[j], computed.Consensus[j], "consensus on contribution %d, in 2^-32", id); err != nil {
			return err
		}
		if err := same(e, stored.Incentive[j], computed.Incentive[j], "incentive of contribution %d, in 2^-32", id); err != nil {
			return err
		}
	}
	return nil
}

func (e *epoch) checkVoters() error {
	stored, computed := e.result, e.count.Result
	if err := same(e, len(stored.Validators), len(computed.Validators), "number of validators in the result"); err != nil {
		return err
	}
	if err := same(e, len(e.outcome.RowSums), len(computed.Validators), "number of sums of rows"); err != nil {
		return err
	}
	if err := same(e, fmt.Sprint(e.outcome.Peaks), fmt.Sprint(e.count.Outcome.Peaks), "largest scores of rows"); err != nil {
		return err
	}
	for i, v := range computed.Validators {
		if err := same(e, stored.Validators[i].Trust, v.Trust, "trust of %s, in 2^-32", v.Operator); err != nil {
			return err
		}
		if err := same(e, stored.Validators[i].Dividend, v.Dividend, "dividend of %s, in 2^-32", v.Operator); err != nil {
			return err
		}
		if err := same(e, stored.Validators[i], v, "result of %s", v.Operator); err != nil {
			return err
		}
		if err := same(e, e.outcome.RowSums[i], e.count.RowSums[i], "sum of the row of %s", v.Operator); err != nil {
			return err
		}
	}
	if err := same(e, stored.InnovationMedian, computed.InnovationMedian, "median of the innovation averages, in 2^-32"); err != nil {
		return err
	}
	if err := same(e, stored.RevealedPower, computed.RevealedPower, "power that revealed, in the result"); err != nil {
		return err
	}
	return same(e, stored.TotalPower, computed.TotalPower, "power of all, in the result")
}

// checkRoot hashes the results again, with what was paid for them.
func (e *epoch) checkRoot(ctx context.Context) error {
	res, err := e.Queries.Proof(ctx, &types.QueryProofRequest{TopicId: e.record.TopicId, Epoch: e.record.Number, ContributionId: e.ids[0]})
	if err != nil {
		return err
	}
	root := e.result.Root()
	return same(e, hex.EncodeToString(res.Root), hex.EncodeToString(root[:]), "Merkle root of the results")
}
