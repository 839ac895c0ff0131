// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestQueriesSayWhyThereIsNothing(t *testing.T) {
	tests := map[string]struct {
		ask      func(w *world) error
		expected error
		says     string
	}{
		"an epoch of an unknown topic": {func(w *world) error {
			_, err := w.queries.Epoch(w.ctx, &types.QueryEpochRequest{TopicId: 9})
			return err
		}, topictypes.ErrTopicNotFound, ""},
		"an epoch that was not opened yet": {func(w *world) error {
			_, err := w.queries.Epoch(w.ctx, &types.QueryEpochRequest{TopicId: 1, Epoch: 5})
			return err
		}, types.ErrNotFound, "topic 1 opened 2 epochs so far, and the next one begins at height 23"},
		"a result of an unknown topic": {func(w *world) error {
			_, err := w.queries.Result(w.ctx, &types.QueryResultRequest{TopicId: 9, Epoch: 1})
			return err
		}, topictypes.ErrTopicNotFound, ""},
		"a result of an open epoch": {func(w *world) error {
			_, err := w.queries.Result(w.ctx, &types.QueryResultRequest{TopicId: 1, Epoch: 2})
			return err
		}, types.ErrNotFound, "status is EPOCH_STATUS_OPEN"},
		"a row of no epoch": {func(w *world) error {
			_, err := w.queries.Row(w.ctx, &types.QueryRowRequest{TopicId: 1, Epoch: 0, Operator: operatorName("ann")})
			return err
		}, types.ErrNotFound, "opened 2 epochs"},
		"a row of no operator": {func(w *world) error {
			_, err := w.queries.Row(w.ctx, &types.QueryRowRequest{TopicId: 1, Epoch: 1, Operator: accountName("ann")})
			return err
		}, types.ErrInvalidMessage, "operator"},
		"a scorer of no operator": {func(w *world) error {
			_, err := w.queries.Scorer(w.ctx, &types.QueryScorerRequest{Operator: ""})
			return err
		}, types.ErrInvalidMessage, "operator"},
		"a metagraph of an unknown topic": {func(w *world) error {
			_, err := w.queries.Metagraph(w.ctx, &types.QueryMetagraphRequest{TopicId: 9})
			return err
		}, topictypes.ErrTopicNotFound, ""},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			w := running(t)
			w.to(13)
			err := tc.ask(w)
			require.ErrorIs(t, err, tc.expected)
			require.ErrorContains(t, err, tc.says)
		})
	}
}

func TestARowIsShownAsFarAsItIsKnown(t *testing.T) {
	w := running(t)
	row := func() *types.QueryRowResponse {
		res, err := w.queries.Row(w.ctx, &types.QueryRowRequest{TopicId: 1, Epoch: 1, Operator: operatorName("ann")})
		require.NoError(t, err)
		return res
	}
	require.Equal(t, &types.QueryRowResponse{}, row())
	hash := commitMsg("ann", 1, 1, scoreRow(7, 0, 9)).Hash
	w.commit("ann", 1, 1, scoreRow(7, 0, 9))
	require.Equal(t, &types.QueryRowResponse{Hash: hash}, row())
	w.to(10)
	w.reveal("ann", 1, 1, scoreRow(7, 0, 9))
	salt := saltOf("ann", 1)
	require.Equal(t, &types.QueryRowResponse{Hash: hash, Revealed: true, Salt: salt[:], Scores: []types.Score{
		{ContributionId: 1, Score: 7}, {ContributionId: 2, Score: 0}, {ContributionId: 3, Score: 9},
	}}, row())
}

func TestZeroMeansTheLastEpochAndTheLastResult(t *testing.T) {
	w := running(t)
	w.scoreEpoch(scoreRow(1, 2, 3))
	w.to(24) // epoch 2 is void, epoch 3 is open
	epoch, err := w.queries.Epoch(w.ctx, &types.QueryEpochRequest{TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, uint64(3), epoch.Epoch.Number)
	require.Equal(t, []uint64{1, 2, 3}, epoch.ContributionIds)
	result, err := w.queries.Result(w.ctx, &types.QueryResultRequest{TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, uint64(1), result.Result.Epoch)
}

func TestTheMetagraphBeforeTheFirstEpochIsItsClock(t *testing.T) {
	w := newWorld(t)
	w.topic(1, 10, 3)
	meta, err := w.queries.Metagraph(w.ctx, &types.QueryMetagraphRequest{TopicId: 1})
	require.NoError(t, err)
	require.Equal(t, &types.QueryMetagraphResponse{Clock: types.Clock{TopicId: 1, NextStart: 3}, Height: 1}, meta)
}

func TestTheMetagraphShowsTheRunningEpochAndTheLastResult(t *testing.T) {
	w := running(t)
	w.scoreEpoch(scoreRow(10, 20, 30))
	w.contributions.sets[1] = []uint64{2, 3, 4}
	w.to(13)
	w.commit("ann", 1, 2, scoreRow(0, 5)[3:])
	meta, err := w.queries.Metagraph(w.ctx, &types.QueryMetagraphRequest{TopicId: 1})
	require.NoError(t, err)
	result := w.hooks.results[0]

	require.Equal(t, uint64(2), meta.Epoch.Number)
	require.Equal(t, uint64(1), meta.ResultEpoch)
	require.Equal(t, int64(13), meta.Height)
	require.Equal(t, []types.MetagraphContribution{
		{Id: 2, Contributor: "contributor", Sha256: []byte{2}, Quality: 20, Consensus: result.Consensus[1], Incentive: result.Incentive[1], Scored: true},
		{Id: 3, Contributor: "contributor", Sha256: []byte{3}, Quality: 30, Consensus: result.Consensus[2], Incentive: result.Incentive[2], Scored: true},
		{Id: 4, Contributor: "contributor", Sha256: []byte{4}},
	}, meta.Contributions)
	require.Len(t, meta.Validators, 4)
	for i, v := range meta.Validators {
		require.Equal(t, result.Validators[i].Operator, v.Operator)
		require.Equal(t, result.Validators[i].Dividend, v.Dividend)
		require.NotZero(t, v.Dividend)
		require.Equal(t, v.Operator == operatorName("ann"), v.Committed)
		require.False(t, v.Revealed)
		require.Equal(t, types.ValidatorRecord{
			TopicId: 1, Operator: v.Operator, LastRevealEpoch: 1, LastRevealHeight: 10, Trust: int64(v.Trust), ScoredEpochs: 1,
		}, v.Record)
	}
}
