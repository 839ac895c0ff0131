// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/testutil/chain"
)

// TestBothExecutorsGiveTheSameHashOfEveryBlock plays one busy history, many transactions a
// block, on a chain that executes them one after the other and on one that does so side by
// side.
func TestBothExecutorsGiveTheSameHashOfEveryBlock(t *testing.T) {
	sequential, parallel := newWorld(t, quick), newWorld(t, quick, chain.WithExecutor("block-stm"))
	require.Equal(t, hex.EncodeToString(sequential.AppHash()), hex.EncodeToString(parallel.AppHash()))
	var count tally
	for range 60 {
		block := sequential.busyBlock()
		one, other := sequential.NextBlock(block...), parallel.NextBlock(block...)
		require.Equal(t, one.TxResults, other.TxResults, "height %d", sequential.Height())
		require.Equal(t, hex.EncodeToString(sequential.AppHash()), hex.EncodeToString(parallel.AppHash()), "height %d", sequential.Height())
		count.count(one.TxResults)
	}
	require.Greater(t, count.taken, 400)
	t.Logf("%d transactions were taken, %d refused", count.taken, count.refused)
}
