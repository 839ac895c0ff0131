// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func (f *fixture) canSubmit(who string, topicID uint64) *types.QueryCanSubmitResponse {
	resp, err := f.query.CanSubmit(f.ctx, &types.QueryCanSubmitRequest{TopicId: topicID, Contributor: account(who).String()})
	require.NoError(f.t, err)
	return resp
}

func (f *fixture) window() *types.QueryNextWindowResponse {
	resp, err := f.query.NextWindow(f.ctx, &types.QueryNextWindowRequest{TopicId: openID})
	require.NoError(f.t, err)
	return resp
}

func TestWhoAsksIsToldWhatACommitWouldBe(t *testing.T) {
	f := newFixture(t)
	require.Equal(t, &types.QueryCanSubmitResponse{CanSubmit: true, Price: 1_000, Bond: 500, Balance: fortune}, f.canSubmit("alice", openID))

	cases := map[string]struct {
		prepare func(f *fixture)
		topic   uint64
		code    uint32
		height  int64
		says    string
	}{
		"the topic is paused":     {func(f *fixture) { f.topics[openID].Status = topictypes.STATUS_PAUSED }, openID, 5, 0, "commit again when it is resumed"},
		"the topic is retired":    {func(f *fixture) { f.topics[openID].Status = topictypes.STATUS_RETIRED }, openID, 5, 0, "choose another one"},
		"the topic is closed":     {func(*fixture) {}, closedID, 4, 0, "not admitted"},
		"the account is poor":     {func(f *fixture) { f.bank.balances[account("alice").String()] = 1_499 }, openID, 26, 0, "expected 1000 for the price and 500 for the bond"},
		"the account is a module": {func(f *fixture) { f.bank.blocked[account("alice").String()] = true }, openID, 29, 0, "takes no coins"},
		"too many wait": {func(f *fixture) {
			f.atHeight(50).begin(3)
			params := types.DefaultParams()
			params.MaxPending = 1
			f.setParams(params)
			f.atHeight(60).commit("bob", "b")
		}, openID, 6, 71, "from block 71"},
		"every place is immune": {func(f *fixture) {
			f.topics[openID].Schedule.MaxActive = 1
			f.revealed("bob", "b")
			f.atHeight(50).begin(3)
		}, openID, 7, 91, "at block 91"},
		"every place is immune for one more epoch": {func(f *fixture) {
			f.topics[openID].Schedule.MaxActive = 1
			f.revealed("bob", "b")
			f.end(3, f.atHeight(50).begin(3), []uint64{1})
			f.atHeight(70).begin(4)
		}, openID, 7, 91, "at block 91"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			tc.prepare(f)
			resp := f.canSubmit("alice", tc.topic)
			require.False(t, resp.CanSubmit)
			require.Equal(t, tc.code, resp.Code)
			require.Equal(t, tc.height, resp.Height)
			require.Contains(t, resp.Reason, tc.says)
		})
	}
}

func TestTheHeightThatAFullTopicNamesIsTrue(t *testing.T) {
	f := newFixture(t)
	f.topics[openID].Schedule.MaxActive = 1
	id := f.revealed("bob", "b")
	f.atHeight(50)
	pinned := f.begin(1)
	height := f.canSubmit("alice", openID).Height
	for epoch := uint64(1); f.ctx.BlockHeight() < height-1; epoch++ {
		require.False(t, f.canSubmit("alice", openID).CanSubmit, "block %d", f.ctx.BlockHeight())
		f.atHeight(f.ctx.BlockHeight() + 20)
		f.end(epoch, pinned, []uint64{1})
		pinned = f.begin(epoch + 1)
	}
	require.True(t, f.atHeight(height).canSubmit("alice", openID).CanSubmit)
	require.Equal(t, types.STATUS_ACTIVE, f.status(id))
}

func TestTheNextWindowSaysWhatItWaitsFor(t *testing.T) {
	f := newFixture(t)
	require.Contains(t, f.window().Reason, "no epoch of topic 1 has begun yet")
	f.atHeight(50).begin(3)
	require.Equal(t, &types.QueryNextWindowResponse{Height: 70, Epoch: 4, Reason: "epoch 4 begins; what was revealed by then enters"}, f.window())
	f.atHeight(55).commit("alice", "a")
	require.Equal(t, &types.QueryNextWindowResponse{
		Height: 90, Epoch: 5, Reason: "contribution 1 was committed and may be revealed until block 75; what comes after it waits until it is",
	}, f.window())
	f.atHeight(56).reveal("alice", "a", 1)
	require.Equal(t, int64(70), f.window().Height)
	f.topics[openID].Schedule.MaxActive = 1
	f.atHeight(70).begin(4)
	require.Equal(t, &types.QueryNextWindowResponse{
		Height: 110, Epoch: 6, Reason: "all 1 places are immune; the first immunity ends after 2 more scored epochs",
	}, f.window())
	require.Equal(t, int64(110), f.atHeight(109).window().Height)
	f.topics[openID].Status = topictypes.STATUS_PAUSED
	require.Contains(t, f.window().Reason, "no epoch begins")
}

func TestQuestionsAboutSubmittingNameWhatIsWrong(t *testing.T) {
	f := newFixture(t)
	for _, err := range []error{
		second(f.query.Price(f.ctx, nil)), second(f.query.CanSubmit(f.ctx, nil)), second(f.query.NextWindow(f.ctx, nil)),
		second(f.query.Ancestors(f.ctx, nil)), second(f.query.Children(f.ctx, nil)),
	} {
		require.ErrorIs(t, err, types.ErrInvalidRequest)
	}
	require.ErrorIs(t, second(f.query.CanSubmit(f.ctx, &types.QueryCanSubmitRequest{TopicId: openID, Contributor: "x"})), types.ErrInvalidAddress)
	require.ErrorIs(t, second(f.query.CanSubmit(f.ctx, &types.QueryCanSubmitRequest{TopicId: 9, Contributor: account("alice").String()})), errNoTopic)
	require.ErrorIs(t, second(f.query.Price(f.ctx, &types.QueryPriceRequest{TopicId: 9})), errNoTopic)
	require.ErrorIs(t, second(f.query.NextWindow(f.ctx, &types.QueryNextWindowRequest{TopicId: 9})), errNoTopic)
}

func second[T any](_ T, err error) error { return err }
