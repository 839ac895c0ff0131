// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

func TestTheRewardsOfAnEpochCanBeReadFromAnyContributionOn(t *testing.T) {
	f := newFixture(t)
	require.NoError(t, f.k.Payments.Set(f.ctx, collections.Join(uint64(1), uint64(3)), types.EpochPayment{TopicId: 1, Epoch: 3}))
	tile := func(epoch uint64, ids ...uint64) {
		var rewards []types.Reward
		for _, id := range ids {
			rewards = append(rewards, types.Reward{ContributionId: id, Amount: id * 10})
		}
		require.NoError(t, f.k.RewardTiles.Set(f.ctx, collections.Join3(uint64(1), epoch, ids[0]), types.RewardTile{TopicId: 1, Epoch: epoch, Rewards: rewards}))
	}
	tile(3, 2, 4)
	tile(3, 6, 8)
	tile(4, 1, 9)
	for from, want := range map[uint64][]uint64{0: {2, 4, 6, 8}, 2: {2, 4, 6, 8}, 3: {4, 6, 8}, 5: {6, 8}, 8: {8}, 9: nil} {
		var got []uint64
		require.NoError(t, f.k.EpochRewards(f.ctx, 1, 3, from, func(id, amount uint64) (bool, error) {
			require.Equal(t, id*10, amount)
			got = append(got, id)
			return false, nil
		}))
		require.Equal(t, want, got, "from %d", from)
	}
	calls := 0
	require.NoError(t, f.k.EpochRewards(f.ctx, 1, 3, 0, func(uint64, uint64) (bool, error) { calls++; return calls == 3, nil }))
	require.Equal(t, 3, calls)
	failed := errors.New("no more")
	require.ErrorIs(t, f.k.EpochRewards(f.ctx, 1, 3, 0, func(uint64, uint64) (bool, error) { return false, failed }), failed)
	require.NoError(t, f.k.EpochRewards(f.ctx, 1, 4, 0, func(uint64, uint64) (bool, error) { return false, failed }), "epoch 4 is not paid, whatever stands of it")
}
