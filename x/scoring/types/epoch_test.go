// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestFirstEpochsAreStaggeredByIdWithinAnEpochAndSixteenBlocks(t *testing.T) {
	tests := map[string]struct {
		height  int64
		id      uint64
		blocks  uint64
		expects int64
	}{
		"topic 1 begins in the block after the next":    {10, 1, 100, 12},
		"topic 15 begins 15 blocks after the next":      {10, 15, 100, 26},
		"topic 16 begins in the next block again":       {10, 16, 100, 11},
		"short epochs are spread over one epoch":        {10, 5, 4, 12},
		"genesis stands at height 0":                    {0, 1, 20, 2},
		"a schedule of no blocks does not divide by it": {10, 5, 0, 11},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, tc.expects, types.FirstStart(tc.height, tc.id, tc.blocks))
		})
	}
}

func TestEveryHeightIsInAtMostOneWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks := rapid.Uint64Range(2, 50).Draw(t, "epoch_blocks")
		topic := topictypes.Topic{Id: 1, Schedule: topictypes.Schedule{
			EpochBlocks: blocks, RevealBlocks: rapid.Uint64Range(1, blocks-1).Draw(t, "reveal_blocks"),
		}}
		epoch := types.NewEpoch(topic, 1, 100, types.DefaultParams())
		var commits, reveals uint64
		for height := int64(90); height < 200; height++ {
			commit, reveal := epoch.CheckCommit(height) == nil, epoch.CheckReveal(height) == nil
			require.False(t, commit && reveal)
			if commit {
				commits++
			}
			if reveal {
				reveals++
			}
		}
		require.Equal(t, topic.Schedule.RevealBlocks, reveals)
		require.Equal(t, blocks-topic.Schedule.RevealBlocks, commits)
	})
}

func TestAClosedEpochTakesNothing(t *testing.T) {
	epoch := types.NewEpoch(newTopic(), 1, 100, types.DefaultParams())
	epoch.Status = types.EPOCH_STATUS_SCORED
	require.ErrorIs(t, epoch.CheckCommit(101), types.ErrNoOpenEpoch)
	require.ErrorIs(t, epoch.CheckReveal(109), types.ErrRevealTooLate)
}

func newTopic() topictypes.Topic {
	return topictypes.Topic{Id: 1, Schedule: topictypes.Schedule{EpochBlocks: 10, RevealBlocks: 3}}
}
