// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestWhoeverMissesAndIsNotSuspendedIsRememberedInBoundedSpace(t *testing.T) {
	record := types.ValidatorRecord{}
	for number := uint64(1); number <= 500; number++ {
		epoch := types.Epoch{Number: number, MaxMisses: 3, MissWindow: 10_000, SuspendEpochs: 20}
		require.Equal(t, number > 3, record.Miss(epoch))
		require.LessOrEqual(t, len(record.RecentMisses), 4)
	}
	require.Equal(t, []uint64{497, 498, 499, 500}, record.RecentMisses)
	require.EqualValues(t, 500, record.Misses)
}
