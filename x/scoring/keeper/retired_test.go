// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestTheRunningEpochOfARetiredTopicEndsAndNoOtherBegins(t *testing.T) {
	w := running(t)
	require.NoError(t, w.k.TopicHooks().BeforeStewardRetires(w.ctx, 1))
	w.topics.find(1).Status = topictypes.STATUS_RETIRED
	require.NoError(t, w.k.TopicHooks().AfterTopicRetired(w.ctx, 1))
	w.commit("ann", 1, 1, scoreRow(1, 2, 3))
	w.to(40)
	clock, err := w.k.Clocks.Get(w.ctx, 1)
	require.NoError(t, err)
	require.Equal(t, uint64(1), clock.Epoch)
	waiting, err := w.k.Closings.Iterate(w.ctx, nil)
	require.NoError(t, err)
	defer waiting.Close()
	require.False(t, waiting.Valid(), "the epoch that was running has been closed")
}
