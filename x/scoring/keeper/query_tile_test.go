// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestWhatAnEpochIsComputedFromIsShownByTiles(t *testing.T) {
	w := scoredTwice(t)
	rows, err := w.queries.Rows(w.ctx, &types.QueryRowsRequest{TopicId: 1, Epoch: 2})
	require.NoError(t, err)
	require.Equal(t, uint32(1), rows.Tiles)
	require.Len(t, rows.Rows, 3)
	for _, r := range rows.Rows {
		require.Equal(t, scoreRow(10, 20, 30), r.Row)
		require.NotEqual(t, operatorName("bob"), r.Operator, "bob did not reveal")
	}

	commits, err := w.queries.Commits(w.ctx, &types.QueryCommitsRequest{TopicId: 1, Epoch: 2})
	require.NoError(t, err)
	require.Len(t, commits.Commits, 4)
	require.Len(t, commits.Reveals, 3)

	bonds, err := w.queries.Bonds(w.ctx, &types.QueryBondsRequest{TopicId: 1, Epoch: 1})
	require.NoError(t, err)
	require.Equal(t, uint32(1), bonds.Tiles)
	require.Len(t, bonds.Bonds, 4)

	beyond, err := w.queries.Rows(w.ctx, &types.QueryRowsRequest{TopicId: 1, Epoch: 2, Tile: 7})
	require.NoError(t, err)
	require.Empty(t, beyond.Rows)
}

func TestTilesOfNoEpochAreNotFound(t *testing.T) {
	w := scoredTwice(t)
	_, err := w.queries.Rows(w.ctx, &types.QueryRowsRequest{TopicId: 1, Epoch: 9})
	require.ErrorIs(t, err, types.ErrNotFound)
	_, err = w.queries.Commits(w.ctx, &types.QueryCommitsRequest{TopicId: 1, Epoch: 9})
	require.ErrorIs(t, err, types.ErrNotFound)
	_, err = w.queries.Bonds(w.ctx, &types.QueryBondsRequest{TopicId: 1, Epoch: 9})
	require.ErrorIs(t, err, types.ErrNotFound)
	_, err = w.queries.Tally(w.ctx, &types.QueryTallyRequest{TopicId: 1, Epoch: 9})
	require.ErrorIs(t, err, types.ErrNotFound)
	_, err = w.queries.Proof(w.ctx, &types.QueryProofRequest{TopicId: 1, Epoch: 9, ContributionId: 1})
	require.ErrorIs(t, err, types.ErrNotFound)
	_, err = w.queries.Explain(w.ctx, &types.QueryExplainRequest{TopicId: 1, Epoch: 2})
	require.ErrorIs(t, err, types.ErrInvalidMessage, "neither a contribution nor a validator")
}
